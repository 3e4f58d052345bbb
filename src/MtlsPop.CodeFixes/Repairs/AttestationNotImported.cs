using MtlsPop.Analyzers.Msal;

namespace MtlsPop.CodeFixes.Repairs;

/// <summary>The attestation step without its using. Where its package is not referenced, that comes first.</summary>
internal sealed class AttestationNotImported() : Repair("CS1061")
{
    public override Edit? Plan(FixSite site, MsalLibrary msal) =>
        site.Token.ValueText == Names.WithAttestationSupport
        && msal.AttestationIsReferenced
        && site.Call?.Expression is MemberAccessExpressionSyntax { Expression: var receiver }
        && msal.Is(site.Semantics.GetTypeInfo(receiver, site.Cancellation).Type, Names.ManagedIdentityRequestBuilder)
            ? new Edit($"Repair.Import.{Names.AttestationAssembly}", $"using {Names.AttestationAssembly};", _ => { }) { Using = Names.AttestationAssembly }
            : null;
}
