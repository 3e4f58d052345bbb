using Microsoft.CodeAnalysis.Diagnostics;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Packages;

/// <summary>The least MSAL that a project accepts: the floor, which <c>mtlspop.minimum_msal_version</c> may raise.</summary>
internal static class MinimumVersion
{
    private const string Option = "mtlspop.minimum_msal_version";

    public static Version Of(AnalyzerConfigOptions options) =>
        options.TryGetValue(Option, out var text) && PackageVersions.Plain(text) is { } raised && raised > KnownDefects.Floor ? raised : KnownDefects.Floor;
}
