using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Packages;

/// <summary>
/// A bound token is asked of an MSAL below the floor.
/// <para>Reports: a step that binds or attests on an MSAL below the floor, which mtlspop.minimum_msal_version may raise.</para>
/// <para>Leaves alone: other steps.</para>
/// </summary>
internal sealed class MsalTooOld() : PackageRule(Rules.MsalTooOld)
{
    public override PackageFault? Find(BindingStep step, Version floor)
    {
        if (step.Msal.Version >= floor || !(step.Binds || step.Attests))
            return null;

        var mending = floor > KnownDefects.Recommended ? floor : KnownDefects.Recommended;
        return new PackageFault(mending, PackageVersions.Text(step.Msal.Version), PackageVersions.Text(floor), PackageVersions.Text(mending));
    }

    public override (ProjectFile File, PackageItem Item)? PlaceIn(ProjectFiles files, MsalLibrary msal) => files.Place(MsalNames.MsalAssembly, msal.Version);
}
