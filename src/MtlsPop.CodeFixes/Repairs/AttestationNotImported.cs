using MtlsPop.Analyzers.Msal;

namespace MtlsPop.CodeFixes.Repairs;

/// <summary>The attestation step without its using. Where its package is not referenced, that comes first.</summary>
internal sealed class AttestationNotImported() : Repair("CS1061")
{
    public override PlannedEdit? Plan(FixContext context, MsalLibrary msal) =>
        context.Token.ValueText == MsalNames.WithAttestationSupport
        && msal.AttestationIsReferenced
        && context.Call?.Expression is MemberAccessExpressionSyntax { Expression: var receiver }
        && msal.Is(context.Semantics.GetTypeInfo(receiver, context.Cancellation).Type, MsalNames.ManagedIdentityRequestBuilder)
            ? new PlannedEdit($"Repair.Import.{MsalNames.AttestationAssembly}", $"using {MsalNames.AttestationAssembly};", _ =>
                { }) { Usings = [MsalNames.AttestationAssembly] }
            : null;
}
