using MtlsPop.Analyzers.Msal;
using MtlsPop.CodeFixes.Runtime;

namespace MtlsPop.CodeFixes.Requests;

[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class AttestationMissingFix() : EditorCodeFix(Rules.AttestationMissing)
{
    private const string Attest = "MPOP1001.Attest";
    private const string Runtime = "MPOP1001.Runtime";

    private protected override IEnumerable<Edit> Plan(FixSite site)
    {
        if (site.Call is not { } binding || !site.References(Names.AttestationAssembly))
            yield break;

        yield return new Edit(Attest, "Attest the key: add '.WithAttestationSupport()'", editor =>
            editor.ReplaceNode(binding, (current, _) => Chain.Append((ExpressionSyntax)current, Names.WithAttestationSupport)))
        {
            Using = site.CanCall(binding, Names.WithAttestationSupport) ? null : Names.AttestationAssembly,
        };

        if (site.References(Names.RuntimeAssembly)
            && binding.Expression is MemberAccessExpressionSyntax { Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: Names.AcquireTokenForManagedIdentity } access } beginning }
            && site.Semantics.GetSymbolInfo(beginning, site.Cancellation).Symbol?.ContainingAssembly?.Name == Names.MsalAssembly
            && RuntimeRequest.ExecutionOf(beginning) is { } execution)
        {
            yield return new Edit(Runtime, $"Bind and attest by '{Names.AcquireMtlsPopTokenAsync}' of {Names.RuntimeAssembly}", editor =>
                editor.ReplaceNode(execution, (current, _) => RuntimeRequest.InPlaceOf((InvocationExpressionSyntax)current)))
            {
                Using = site.CanCall(access.Expression, Names.AcquireMtlsPopTokenAsync) ? null : Names.RuntimeNamespace,
            };
        }
    }
}
