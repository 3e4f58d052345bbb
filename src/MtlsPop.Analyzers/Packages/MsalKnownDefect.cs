using MtlsPop.Analyzers.Model;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Packages;

/// <summary>
/// A feature is used that is broken in the referenced MSAL.
/// <para>Reports: a feature that is broken in the referenced MSAL, by the table of known defects.</para>
/// <para>Leaves alone: an MSAL below the floor, which MPOP9001 reports.</para>
/// </summary>
internal sealed class MsalKnownDefect() : PackageRule(Rules.MsalKnownDefect)
{
    public override PackageFault? Find(BindingStep step, Version floor)
    {
        var msal = step.Msal.Version;
        if (msal < floor || FeatureOf(step) is not { } feature)
            return null;

        var defects = KnownDefects.Of(feature).ToArray();
        var symptoms = string.Join(", and ", defects.Where(defect => defect.IsIn(msal)).Select(defect => defect.Symptom));
        if (symptoms.Length == 0)
            return null;

        var good = KnownDefects.FirstGood(msal, defects);
        return good == msal
            ? new PackageFault(null, PackageVersions.Text(msal), symptoms, $"call '{MsalNames.WithClaims}' instead")
            : new PackageFault(good, PackageVersions.Text(msal), symptoms, $"raise {MsalNames.MsalAssembly} to {PackageVersions.Text(good)}");
    }

    public override (ProjectFile File, PackageItem Item)? PlaceIn(ProjectFiles files, MsalLibrary msal) => files.Place(MsalNames.MsalAssembly, msal.Version);

    private static Feature? FeatureOf(BindingStep step) => step switch
    {
        { Identity: Identity.Client, Binds: true, CertificateIsRenewed: true } => Feature.RenewedCertificateBinding,
        { Identity: not Identity.ManagedIdentity } => null,
        { Binds: true, Compiles: true } => Feature.ManagedIdentityBinding,
        { Attests: true, Compiles: true } => Feature.Attestation,
        { Binds: false, Attests: false, Compiles: false } when step.StandsWith(MsalNames.WithMtlsProofOfPossession) => Feature.ManagedIdentityClientClaims,
        _ => null,
    };
}
