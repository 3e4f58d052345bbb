// The credential is one of several records, applied by an extension; whether the request is bound follows it, so that no combination is surely wrong.
using System.Security.Cryptography.X509Certificates;
using Microsoft.Identity.Client;
using Microsoft.Identity.Client.KeyAttestation;

namespace Contoso.Credentials;

internal abstract record Credential
{
    public sealed record Secret(string Value) : Credential;

    public sealed record Certificate(X509Certificate2 Value, bool SendChain = true) : Credential;

    public sealed record Federated(IManagedIdentityApplication Identity) : Credential;
}

internal static class CredentialExtensions
{
    public static ConfidentialClientApplicationBuilder With(this ConfidentialClientApplicationBuilder builder, Credential credential) => credential switch
    {
        Credential.Secret { Value: var secret } => builder.WithClientSecret(secret),
        Credential.Certificate(var certificate, var sendChain) => builder.WithCertificate(certificate, sendChain),
        Credential.Federated federated => builder.WithClientAssertion(async (_, cancellation) =>
        {
            var first = await federated.Identity.AcquireTokenForManagedIdentity("api://AzureADTokenExchange")
                .WithMtlsProofOfPossession()
                .WithAttestationSupport()
                .ExecuteAsync(cancellation)
                .ConfigureAwait(false);
            return new ClientSignedAssertion { Assertion = first.AccessToken, TokenBindingCertificate = first.BindingCertificate };
        }),
        _ => throw new NotSupportedException(),
    };
}

internal sealed class Tokens(Credential credential)
{
    private readonly IConfidentialClientApplication _app = ConfidentialClientApplicationBuilder.Create("00000000-0000-0000-0000-000000000001")
        .WithTenantId("contoso.com")
        .With(credential)
        .Build();

    public Task<AuthenticationResult> AcquireAsync(CancellationToken cancellationToken)
    {
        var request = _app.AcquireTokenForClient(["https://graph.microsoft.com/.default"]);
        if (credential is not Credential.Secret)
            request = request.WithMtlsProofOfPossession();
        return request.ExecuteAsync(cancellationToken);
    }
}
