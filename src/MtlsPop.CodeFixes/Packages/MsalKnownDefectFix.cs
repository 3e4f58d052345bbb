using MtlsPop.Analyzers.Msal;
using MtlsPop.Analyzers.Packages;

namespace MtlsPop.CodeFixes.Packages;

[ExportCodeFixProvider(
    LanguageNames.CSharp,
    DocumentKinds = [nameof(TextDocumentKind.Document), nameof(TextDocumentKind.AdditionalDocument)],
    DocumentExtensions = [".cs", ".csproj", ".props", ".targets"])]
public sealed class MsalKnownDefectFix() : ProjectFileFix(Rules.MsalKnownDefect)
{
    private protected override ProjectEdit? Plan(ProjectFiles files, MsalLibrary msal, Version mending) =>
        new($"Raise {MsalNames.MsalAssembly} to {mending}", PackageLines.RaiseMsal(files, msal, mending));
}
