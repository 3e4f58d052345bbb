using MtlsPop.Analyzers.Model;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Packages;

/// <summary>
/// A managed identity asks for a bound or attested token, and nothing that could attest its key is referenced.
/// <para>Reports: a managed identity that binds or attests where nothing that attests is referenced.</para>
/// <para>Leaves alone: an MSAL below the floor, which MPOP9001 reports; the preview package.</para>
/// </summary>
internal sealed class AttestationPackageMissing() : PackageRule(Rules.AttestationPackageMissing)
{
    public override PackageFault? Find(BindingStep step, Version floor)
    {
        var msal = step.Msal;
        return step.Identity == Identity.ManagedIdentity
            && (step.Attests || (step.Binds && !step.StandsWith(MsalNames.WithAttestationSupport)))
            && msal.Version >= floor
            && !msal.AttestationIsReferenced
            && !msal.PreviewBindingIsReferenced
                ? new PackageFault(msal.Version, PackageVersions.AttestationFor(msal.Version))
                : null;
    }

    public override (ProjectFile File, PackageItem Item)? PlaceIn(ProjectFiles files, MsalLibrary msal) => files.ReferenceOf(MsalNames.MsalAssembly);
}
