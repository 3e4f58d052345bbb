using Microsoft.CodeAnalysis;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Packages;

/// <summary>KeyAttestation in another version than MSAL. What the two hand each other changed with 4.84.0.</summary>
internal sealed class AttestationPackageMismatch() : PackageRule(Rules.AttestationPackageMismatch)
{
    private static readonly Version _change = new(4, 84);

    public override PackageFault? Find(BindingStep step, Version floor)
    {
        var msal = step.Msal.Version;
        if (!step.Attests || !step.Compiles || step.Msal.AttestationVersion is not { } attestation || PackageVersions.Same(attestation, msal))
            return null;

        var fails = attestation >= _change != msal >= _change;
        var consequence = fails ? "and attesting fails with a MissingMethodException" : "and nobody tests the two together";
        return new PackageFault(msal, PackageVersions.Text(attestation), PackageVersions.Text(msal), consequence, PackageVersions.AttestationFor(msal))
        {
            Severity = fails ? null : DiagnosticSeverity.Info,
        };
    }

    public override (ProjectFile File, PackageItem Item)? PlaceIn(ProjectFiles files, MsalLibrary msal) =>
        msal.AttestationVersion is { } attestation ? files.Place(MsalNames.AttestationAssembly, attestation) : null;
}
