namespace Microsoft.Identity.Client.KeyAttestation;

public static class ManagedIdentityAttestationExtensions
{
    public static AcquireTokenForManagedIdentityParameterBuilder WithAttestationSupport(this AcquireTokenForManagedIdentityParameterBuilder builder) =>
        throw new NotSupportedException(
            "This is the compile-time stand-in of Microsoft.Identity.Client.KeyAttestation: add that package to the program that attests keys.");
}
