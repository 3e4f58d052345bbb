using MtlsPop.Analyzers.Msal;
using MtlsPop.Analyzers.Packages;

namespace MtlsPop.CodeFixes.Packages;

[ExportCodeFixProvider(
    LanguageNames.CSharp,
    DocumentKinds = [nameof(TextDocumentKind.Document), nameof(TextDocumentKind.AdditionalDocument)],
    DocumentExtensions = [".cs", ".csproj", ".props", ".targets"])]
public sealed class LegacyBindingPackageFix() : ProjectFileFix(Rules.LegacyBindingPackage)
{
    private protected override ProjectEdit? Plan(ProjectFiles files, MsalLibrary msal, Version mending) =>
        new(
            $"Replace it by {MsalNames.AttestationAssembly} {PackageVersions.AttestationFor(msal.Version)}",
            PackageLines.ReplacePreview(files, msal));
}
