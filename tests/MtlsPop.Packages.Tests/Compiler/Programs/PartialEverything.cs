// A type in many parts, with more parameters than one primary constructor may have.
// errors: CS0757 CS8863
internal sealed partial class Parts(IManagedIdentityApplication app)
{
    public partial string Name { get; set; }

    private partial Task<AuthenticationResult> AcquireAsync(string resource);

    partial void Seen(AuthenticationResult result);
}

internal sealed partial class Parts(IManagedIdentityApplication app, Parts other)
{
    public partial string Name { get => other.Name; set => Seen(AcquireAsync(value).Result); }

    private partial Task<AuthenticationResult> AcquireAsync(string resource) =>
        app.AcquireTokenForManagedIdentity(resource).WithMtlsProofOfPossession().ExecuteAsync();

    private partial Task<AuthenticationResult> AcquireAsync(string resource) => other.AcquireAsync(resource);

    partial void Seen(AuthenticationResult result) => Console.WriteLine(result.BindingCertificate.Thumbprint);
}
