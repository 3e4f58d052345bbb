using Microsoft.CodeAnalysis.Diagnostics;
using MtlsPop.Analyzers.Model;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers;

/// <summary>The least MSAL that a project accepts: the floor, which <c>mtlspop.minimum_msal_version</c> may raise.</summary>
internal static class Minimum
{
    private const string Option = "mtlspop.minimum_msal_version";

    public static Version Of(AnalyzerConfigOptions options) =>
        options.TryGetValue(Option, out var text) && PackageVersions.Plain(text) is { } raised && raised > KnownDefects.Floor ? raised : KnownDefects.Floor;
}
