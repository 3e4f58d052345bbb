// What a method, a constructor or a field of another type does is known where the call can lead nowhere else; the finding stands in the type that is judged.
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Identity.Client;
using Microsoft.Identity.Client.KeyAttestation;

namespace Contoso.Parts;

internal static class Applications
{
    public static IConfidentialClientApplication Create(X509Certificate2 certificate) => ConfidentialClientApplicationBuilder
        .Create("id")
        .WithAuthority("https://login.microsoftonline.com/common")
        .WithCertificate(certificate)
        .Build();
}

internal static class Acquirer
{
    public static Task<AuthenticationResult> AcquireAsync(IConfidentialClientApplication app, CancellationToken cancellationToken) =>
        app.AcquireTokenForClient(["api://stock/.default"]).WithMtlsProofOfPossession().ExecuteAsync(cancellationToken);
}

internal static class Binding
{
    public static AcquireTokenForManagedIdentityParameterBuilder Bound(this AcquireTokenForManagedIdentityParameterBuilder request) => request.WithMtlsProofOfPossession();
}

internal abstract class Base(X509Certificate2 certificate)
{
    protected IConfidentialClientApplication App { get; } = ConfidentialClientApplicationBuilder
        .Create("id")
        .WithTenantId("contoso.com")
        .WithCertificate(certificate)
        .Build();
}

internal sealed class Derived(X509Certificate2 certificate) : Base(certificate)
{
    public Task<AuthenticationResult> GetAsync(CancellationToken cancellationToken) => App
        .AcquireTokenForClient(["api://stock/.default"])
        .WithMtlsProofOfPossession() // expect: MPOP2001
        .ExecuteAsync(cancellationToken);
}

internal sealed class Reports(X509Certificate2 certificate)
{
    private readonly IConfidentialClientApplication _app = Applications.Create(certificate);

    public Task<AuthenticationResult> GetAsync(CancellationToken cancellationToken) => _app
        .AcquireTokenForClient(["api://reports/.default"])
        .WithMtlsProofOfPossession() // expect: MPOP2001, MPOP2002
        .ExecuteAsync(cancellationToken);
}

internal sealed class Sender(IConfidentialClientApplication app, IManagedIdentityApplication machine)
{
    public async Task<AuthenticationHeaderValue> HeaderAsync(CancellationToken cancellationToken)
    {
        var result = await Acquirer.AcquireAsync(app, cancellationToken).ConfigureAwait(false);
        return new AuthenticationHeaderValue("Bearer", result.AccessToken); // expect: MPOP3002
    }

    public Task<AuthenticationResult> UnattestedAsync(CancellationToken cancellationToken) =>
        machine.AcquireTokenForManagedIdentity("https://vault.azure.net").Bound().ExecuteAsync(cancellationToken); // expect: MPOP1001

    public Task<AuthenticationResult> AttestedAsync(CancellationToken cancellationToken) =>
        machine.AcquireTokenForManagedIdentity("https://vault.azure.net").Bound().WithAttestationSupport().ExecuteAsync(cancellationToken);
}
