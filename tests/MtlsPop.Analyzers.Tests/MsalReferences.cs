using System.Collections.Concurrent;

namespace MtlsPop.Analyzers.Tests;

/// <summary>A framework and a version of MSAL. Each pair is one object, which restores its packages and reads their metadata once.</summary>
internal static class MsalReferences
{
    private static readonly ConcurrentDictionary<(ReferenceAssemblies, string), ReferenceAssemblies> _known = new();

    public static ReferenceAssemblies For(ReferenceAssemblies framework, string msal) =>
        _known.GetOrAdd((framework, msal), _ => framework.AddPackages([new PackageIdentity("Microsoft.Identity.Client", msal)]));
}
