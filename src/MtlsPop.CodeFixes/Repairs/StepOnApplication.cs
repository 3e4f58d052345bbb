using MtlsPop.Analyzers.Msal;
using MtlsPop.Analyzers.Syntax;

namespace MtlsPop.CodeFixes.Repairs;

/// <summary>
/// A step of requests that is called on an application, or on its builder: it moves to the requests that the application makes in the same
/// type.
/// </summary>
internal sealed class StepOnApplication(string step) : Repair("CS1061", "CS1929")
{
    public override PlannedEdit? Plan(FixContext context, MsalLibrary msal)
    {
        if (CallAt(context) is not { Expression: MemberAccessExpressionSyntax { Expression: var application } } call
            || InvocationName.OfMember(call) != step
            || context.Semantics.GetTypeInfo(application, context.Cancellation).Type is not { } type
            || !msal.OwnsType(type)
            || type.Name.IndexOf("Application", StringComparison.Ordinal) < 0)
            return null;

        var requests = new ApplicationUses(context).Requests(call);
        if (requests.Count == 0 || !requests.All(request => Offers(request, msal)))
            return null;

        return new PlannedEdit($"Repair.Move.{step}", $"Move '.{step}()' to the request", editor =>
        {
            editor.ReplaceNode(call, (current, _) => ChainEditor.Without((InvocationExpressionSyntax)current));
            foreach (var request in requests)
            {
                if (!FluentChain.On(request).Any(later => InvocationName.OfMember(later) == step))
                    editor.ReplaceNode(request, (current, _) => ChainEditor.Append((ExpressionSyntax)current, step));
            }
        })
        {
            Usings = step == MsalNames.WithAttestationSupport ? [MsalNames.AttestationAssembly] : [],
        };
    }

    private bool Offers(InvocationExpressionSyntax request, MsalLibrary msal) =>
        InvocationName.OfMember(request) == MsalNames.AcquireTokenForClient
            ? step == MsalNames.WithMtlsProofOfPossession
            : step == MsalNames.WithAttestationSupport
                ? msal.AttestationIsReferenced
                : msal.Has("Microsoft.Identity.Client.ManagedIdentityPopExtensions");
}
