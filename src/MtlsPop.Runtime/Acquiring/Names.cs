using System.Text.RegularExpressions;

namespace MtlsPop;

/// <summary>What scopes, tenants and regions look like.</summary>
internal static partial class Names
{
    public static bool IsScope(string? scope) => !string.IsNullOrEmpty(scope) && !scope.Any(char.IsWhiteSpace);

    /// <summary>Whether it names one tenant: anything else would end up in the path of the authority.</summary>
    public static bool IsTenant(string tenant) =>
        Tenant().IsMatch(tenant) && tenant.ToLowerInvariant() is not ("common" or "organizations" or "consumers");

    // MSAL takes 'TryAutoDetect' for detection and this for a region's name, because it compares the case.
    public static bool IsRegion(string region) => Region().IsMatch(region) && region != "tryautodetect";

    [GeneratedRegex(@"\A[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?\z")]
    private static partial Regex Tenant();

    [GeneratedRegex(@"\A[a-z0-9]+\z")]
    private static partial Regex Region();
}
