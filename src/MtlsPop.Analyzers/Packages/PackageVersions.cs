using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Packages;

internal static class PackageVersions
{
    /// <summary>The version of the KeyAttestation package that was made with this MSAL. It was a preview at first.</summary>
    public static string AttestationFor(Version msal) => Attestation(Text(msal), msal);

    /// <summary>The same, where MSAL's version is written in another way, as a property for instance.</summary>
    public static string Attestation(string written, Version msal) => MsalLibrary.AttestationIsReleased(msal) ? written : written + "-preview";

    /// <summary>As packages are versioned: an assembly's version has a fourth number.</summary>
    public static string Text(Version version) => version.ToString(3);

    public static bool Same(Version left, Version right) => left.Major == right.Major && left.Minor == right.Minor && left.Build == right.Build;

    /// <summary>The number of a version as written, if it is a plain one: neither a range nor floating.</summary>
    public static Version? Plain(string text)
    {
        var number = text.Trim().Split('-', '+')[0];
        return Version.TryParse(number, out var version) && version.Build >= 0 ? version : null;
    }
}
