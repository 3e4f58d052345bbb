using System.Runtime.CompilerServices;
using Microsoft.Identity.Client;
using Microsoft.Identity.Client.KeyAttestation;

namespace MtlsPop;

/// <summary>The only code that touches the attestation package, so that programs without attestation never load it.</summary>
internal static class KeyAttestation
{
    public static void EnsureAvailable() => Load(static () => Touch());

    public static AcquireTokenForManagedIdentityParameterBuilder Attest(AcquireTokenForManagedIdentityParameterBuilder builder)
    {
        Load(() => builder = Call(builder));
        return builder;
    }

    private static void Load(Action useThePackage)
    {
        try
        {
            useThePackage();
        }
        catch (Exception exception)
            when (exception is IOException or BadImageFormatException or TypeLoadException or MissingMemberException)
        {
            throw new MtlsPopException(MtlsPopError.AttestationUnavailable,
                "Attestation is required and Microsoft.Identity.Client.KeyAttestation could not be loaded: "
                + "add that package in the version of Microsoft.Identity.Client, or set RequireAttestation to false.",
                exception);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Touch() => GC.KeepAlive(typeof(ManagedIdentityAttestationExtensions));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static AcquireTokenForManagedIdentityParameterBuilder Call(AcquireTokenForManagedIdentityParameterBuilder builder) =>
        builder.WithAttestationSupport();
}
