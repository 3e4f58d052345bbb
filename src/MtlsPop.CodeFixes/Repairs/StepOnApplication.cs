using MtlsPop.Analyzers.Msal;

namespace MtlsPop.CodeFixes.Repairs;

/// <summary>A step of requests that is called on an application, or on its builder: it moves to the requests that the application makes in the same type.</summary>
internal sealed class StepOnApplication(string step) : Repair("CS1061", "CS1929")
{
    public override Edit? Plan(FixSite site, MsalLibrary msal)
    {
        if (CallAt(site) is not { Expression: MemberAccessExpressionSyntax { Expression: var application } } call
            || ApplicationUses.NameOf(call) != step
            || site.Semantics.GetTypeInfo(application, site.Cancellation).Type is not { } type
            || !msal.OwnsType(type)
            || type.Name.IndexOf("Application", StringComparison.Ordinal) < 0)
            return null;

        var requests = new ApplicationUses(site).Requests(call);
        if (requests.Count == 0 || !requests.All(request => Offers(request, msal)))
            return null;

        return new Edit($"Repair.Move.{step}", $"Move '.{step}()' to the request", editor =>
        {
            editor.ReplaceNode(call, (current, _) => Chain.Without((InvocationExpressionSyntax)current));
            foreach (var request in requests)
            {
                if (!ApplicationUses.ChainFrom(request).Any(later => ApplicationUses.NameOf(later) == step))
                    editor.ReplaceNode(request, (current, _) => Chain.Append((ExpressionSyntax)current, step));
            }
        })
        {
            Using = step == Names.WithAttestationSupport ? Names.AttestationAssembly : null,
        };
    }

    private bool Offers(InvocationExpressionSyntax request, MsalLibrary msal) => ApplicationUses.NameOf(request) == Names.AcquireTokenForClient
        ? step == Names.WithMtlsProofOfPossession
        : step == Names.WithAttestationSupport ? msal.AttestationIsReferenced : msal.Has("Microsoft.Identity.Client.ManagedIdentityPopExtensions");
}
