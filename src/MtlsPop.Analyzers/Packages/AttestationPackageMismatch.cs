using Microsoft.CodeAnalysis;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Packages;

/// <summary>
/// KeyAttestation in another version than MSAL. What the two hand each other changed with 4.84.0.
/// <para>Reports: a step that attests where KeyAttestation has another version than MSAL.</para>
/// <para>Leaves alone: code that does not compile against it.</para>
/// </summary>
internal sealed class AttestationPackageMismatch() : PackageRule(Rules.AttestationPackageMismatch)
{
    public override PackageFault? Find(BindingStep step, Version floor)
    {
        var msal = step.Msal.Version;
        if (!step.Attests || !step.Compiles || step.Msal.AttestationVersion is not { } attestation || PackageVersions.Same(attestation, msal))
            return null;

        var fails = !step.Msal.CanAttestWith(attestation);
        var consequence = fails ? "and attesting fails with a MissingMethodException" : "and nobody tests the two together";
        return new PackageFault(msal, PackageVersions.Text(attestation), PackageVersions.Text(msal), consequence, PackageVersions.AttestationFor(msal))
        {
            Severity = fails ? null : DiagnosticSeverity.Info,
        };
    }

    public override (ProjectFile File, PackageItem Item)? PlaceIn(ProjectFiles files, MsalLibrary msal) =>
        msal.AttestationVersion is { } attestation ? files.Place(MsalNames.AttestationAssembly, attestation) : null;
}
