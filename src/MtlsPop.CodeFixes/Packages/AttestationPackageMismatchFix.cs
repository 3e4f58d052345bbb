using MtlsPop.Analyzers.Msal;
using MtlsPop.Analyzers.Packages;

namespace MtlsPop.CodeFixes.Packages;

[ExportCodeFixProvider(
    LanguageNames.CSharp,
    DocumentKinds = [nameof(TextDocumentKind.Document), nameof(TextDocumentKind.AdditionalDocument)],
    DocumentExtensions = [".cs", ".csproj", ".props", ".targets"])]
public sealed class AttestationPackageMismatchFix() : ProjectFileFix(Rules.AttestationPackageMismatch)
{
    private protected override ProjectEdit? Plan(ProjectFiles files, MsalLibrary msal, Version mending) =>
        new(
            $"Reference {MsalNames.AttestationAssembly} in version {PackageVersions.AttestationFor(msal.Version)}",
            PackageLines.AlignAttestation(files, msal));
}
