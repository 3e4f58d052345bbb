using MtlsPop.Analyzers.Msal;
using MtlsPop.Analyzers.Packages;

namespace MtlsPop.CodeFixes.Packages;

[ExportCodeFixProvider(
    LanguageNames.CSharp,
    DocumentKinds = [nameof(TextDocumentKind.Document), nameof(TextDocumentKind.AdditionalDocument)],
    DocumentExtensions = [".cs", ".csproj", ".props", ".targets"])]
public sealed class AttestationPackageMissingFix() : ProjectFileFix(Rules.AttestationPackageMissing)
{
    private protected override ProjectEdit? Plan(ProjectFiles files, MsalLibrary msal, Version mending) =>
        new(
            $"Reference {MsalNames.AttestationAssembly} {PackageVersions.AttestationFor(msal.Version)}",
            PackageLines.AddAttestation(files, msal));
}
