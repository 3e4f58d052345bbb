using MtlsPop.Analyzers.Model;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Packages;

/// <summary>
/// A managed identity binds where the preview package is referenced that did so before MSAL.
/// <para>Reports: a managed identity that binds where the preview package is referenced.</para>
/// <para>Leaves alone: clients; requests that do not bind.</para>
/// </summary>
internal sealed class LegacyBindingPackage() : PackageRule(Rules.LegacyBindingPackage)
{
    public override PackageFault? Find(BindingStep step, Version floor) =>
        step is { Identity: Identity.ManagedIdentity, Binds: true } && step.Msal.PreviewBindingIsReferenced ? new PackageFault(step.Msal.Version) : null;

    public override (ProjectFile File, PackageItem Item)? PlaceIn(ProjectFiles files, MsalLibrary msal) => files.ReferenceOf(MsalNames.PreviewBindingAssembly);
}
