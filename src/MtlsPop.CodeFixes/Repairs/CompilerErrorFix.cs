using System.Collections.Immutable;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.CodeFixes.Repairs;

/// <summary>Repairs samples that do not compile for a reason that the compiler cannot name.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class CompilerErrorFix() : EditorCodeFix("CS0103", "CS0246", "CS1061", "CS1503", "CS1660", "CS1739", "CS1929")
{
    private static readonly ImmutableArray<Repair> _repairs = ImmutableArray.Create<Repair>(
        new TypeNotImported("ManagedIdentityId", "Microsoft.Identity.Client.AppConfig"),
        new TypeNotImported("CertificateOptions", "Microsoft.Identity.Client.AppConfig"),
        new TypeNotImported("PoPOptions", "Microsoft.Identity.Client.AppConfig"),
        new TypeNotImported("MtlsBindingStrength", "Microsoft.Identity.Client.AppConfig"),
        new TypeNotImported("ClientSignedAssertion", "Microsoft.Identity.Client"),
        new TypeNotImported("AssertionRequestOptions", "Microsoft.Identity.Client"),
        new AttestationNotImported(),
        new ParameterMisspelled(),
        new CertificateCallbackNotImported(),
        new StepRenamed(),
        new StepOnApplication(MsalNames.WithMtlsProofOfPossession),
        new StepOnApplication(MsalNames.WithAttestationSupport));

    private protected override IEnumerable<PlannedEdit> Plan(FixContext context)
    {
        if (MsalLibrary.In(context.Compilation) is not { } msal)
            yield break;

        foreach (var repair in _repairs)
        {
            if (repair.Errors.Contains(context.Diagnostic.Id) && repair.Plan(context, msal) is { } edit)
                yield return edit;
        }
    }
}

/// <summary>A cause of errors, and how it is put right.</summary>
internal abstract class Repair(params string[] errors)
{
    public ImmutableArray<string> Errors { get; } = ImmutableArray.Create(errors);

    /// <summary>Null where the error has another cause.</summary>
    public abstract PlannedEdit? Plan(FixContext context, MsalLibrary msal);

    /// <summary>The call that does not compile: the compiler blames its name, or what it is called on.</summary>
    protected static InvocationExpressionSyntax? CallAt(FixContext context) => context.Diagnostic.Id == "CS1929"
        ? context.Root.FindNode(
            context.Diagnostic.Location.SourceSpan,
            getInnermostNodeForTie: true).Parent?.Parent as InvocationExpressionSyntax
        : context.Call;
}
