using System.Collections.Immutable;

namespace MtlsPop.Analyzers.Msal;

/// <summary>What of MSAL a bound request makes use of.</summary>
internal enum Feature
{
    ManagedIdentityBinding,
    RenewedCertificateBinding,
    Attestation,
    ManagedIdentityClientClaims,
}

/// <summary>A feature that is broken from one version on, until it was mended.</summary>
/// <param name="Feature">What is broken.</param>
/// <param name="From">The first bad version.</param>
/// <param name="Until">The first good version; null where the feature is gone for good.</param>
/// <param name="Symptom">What happens.</param>
/// <param name="Evidence">The change in MSAL's repository that broke or mended it.</param>
internal sealed record KnownDefect(Feature Feature, Version From, Version? Until, string Symptom, string Evidence)
{
    public bool IsIn(Version version) => version >= From && (Until is null || version < Until);
}

/// <summary>The one table of what is wrong in which MSAL. The pages of MPOP9001 and MPOP9002 print it.</summary>
internal static class KnownDefects
{
    /// <summary>The checklist's minimum. A project may raise it.</summary>
    public static readonly Version Floor = new(4, 82, 1);

    public static readonly ImmutableArray<KnownDefect> All = ImmutableArray.Create<KnownDefect>(
        new(Feature.ManagedIdentityBinding, new(4, 82, 0), new(4, 85, 2), "a managed identity silently gets a plain token on App Service and the like", "#6070"),
        new(Feature.ManagedIdentityBinding, new(4, 82, 0), new(4, 86, 1), "the old token comes back with the new certificate after a renewal", "#6123"),
        new(Feature.ManagedIdentityBinding, new(4, 85, 2), new(4, 89, 0), "a TLS failure of the token request is neither retried nor wrapped", "#6070"),
        new(Feature.RenewedCertificateBinding, new(4, 84, 2), new(4, 86, 1), "the old token comes back with the new certificate after a renewal", "#6123"),
        new(Feature.Attestation, new(4, 82, 0), new(4, 86, 0), "a request is sent unattested when its attestation fails", "#6081"),
        new(Feature.ManagedIdentityClientClaims, new(4, 87, 0), null, "'WithClaimsFromClient' is gone for managed identities", "#6113"));

    /// <summary>The least version from the floor on in which nothing in the table is broken that an upgrade mends.</summary>
    public static readonly Version Recommended = FirstGood(Floor, All);

    public static IEnumerable<KnownDefect> Of(Feature feature) => All.Where(defect => defect.Feature == feature);

    /// <summary>The least version, from the given one on, that has none of the defects that an upgrade mends.</summary>
    public static Version FirstGood(Version from, IEnumerable<KnownDefect> defects)
    {
        var good = from;
        foreach (var defect in defects.OrderBy(defect => defect.Until))
        {
            if (defect.Until is { } until && defect.IsIn(good))
                good = until;
        }

        return good;
    }
}
