using MtlsPop.Analyzers.Msal;
using MtlsPop.CodeFixes.Runtime;

namespace MtlsPop.CodeFixes.Requests;

[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class AttestationMissingFix() : EditorCodeFix(Rules.AttestationMissing)
{
    private const string Attest = "MPOP1001.Attest";
    private const string Runtime = "MPOP1001.Runtime";

    private protected override IEnumerable<PlannedEdit> Plan(FixContext context)
    {
        if (context.Call is not { } binding || !context.References(MsalNames.AttestationAssembly))
            yield break;

        yield return new PlannedEdit(Attest, "Attest the key: add '.WithAttestationSupport()'", editor =>
            editor.ReplaceNode(binding, (current, _) => ChainEditor.Append((ExpressionSyntax)current, MsalNames.WithAttestationSupport)))
        {
            Usings = context.CanCall(binding, MsalNames.WithAttestationSupport) ? [] : [MsalNames.AttestationAssembly],
        };

        if (context.References(MsalNames.RuntimeAssembly)
            && binding.Expression is MemberAccessExpressionSyntax { Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: MsalNames.AcquireTokenForManagedIdentity } access } beginning }
            && context.Semantics.GetSymbolInfo(beginning, context.Cancellation).Symbol?.ContainingAssembly?.Name == MsalNames.MsalAssembly
            && RuntimeRequest.ExecutionOf(beginning) is { } execution)
        {
            yield return new PlannedEdit(
                Runtime, $"Bind and attest by '{MsalNames.AcquireMtlsPopTokenAsync}' of {MsalNames.RuntimeAssembly}", editor =>
                editor.ReplaceNode(execution, (current, _) => RuntimeRequest.InPlaceOf((InvocationExpressionSyntax)current)))
            {
                Usings = RuntimeCall.MissingUsings(access.Expression, MsalNames.AcquireMtlsPopTokenAsync, context),
            };
        }
    }
}
