// Federations whose both legs are bound: by a lambda, by a method, by a tuple from a helper, and one whose second leg is a bearer token on purpose.
using System.Security.Cryptography.X509Certificates;
using Microsoft.Identity.Client;
using Microsoft.Identity.Client.KeyAttestation;

namespace Contoso.Federation;

internal sealed class TwoLegs
{
    private static readonly string[] _scopes = ["https://graph.microsoft.com/.default"];
    private readonly IManagedIdentityApplication _identity;
    private readonly IConfidentialClientApplication _byLambda;
    private readonly IConfidentialClientApplication _byMethod;
    private readonly IConfidentialClientApplication _byHelper;

    public TwoLegs(IManagedIdentityApplication identity, string clientId, string tenantId)
    {
        _identity = identity;
        _byLambda = ConfidentialClientApplicationBuilder.Create(clientId).WithTenantId(tenantId)
            .WithClientAssertion(async (AssertionRequestOptions _, CancellationToken cancellation) =>
            {
                var first = await identity.AcquireTokenForManagedIdentity("api://AzureADTokenExchange")
                    .WithMtlsProofOfPossession()
                    .WithAttestationSupport()
                    .ExecuteAsync(cancellation)
                    .ConfigureAwait(false);
                return new ClientSignedAssertion { Assertion = first.AccessToken, TokenBindingCertificate = first.BindingCertificate };
            })
            .Build();
        _byMethod = ConfidentialClientApplicationBuilder.Create(clientId).WithTenantId(tenantId).WithClientAssertion(AssertAsync).Build();
        _byHelper = ConfidentialClientApplicationBuilder.Create(clientId).WithTenantId(tenantId)
            .WithClientAssertion(async (_, cancellation) =>
            {
                var (token, certificate) = await FirstLegAsync(cancellation).ConfigureAwait(false);
                var assertion = new ClientSignedAssertion { Assertion = token };
                assertion.TokenBindingCertificate = certificate;
                return assertion;
            })
            .Build();
    }

    public async Task<int> AllAsync(CancellationToken cancellationToken)
    {
        var byLambda = await _byLambda.AcquireTokenForClient(_scopes).WithMtlsProofOfPossession().ExecuteAsync(cancellationToken).ConfigureAwait(false);
        var byMethod = await _byMethod.AcquireTokenForClient(_scopes).WithMtlsProofOfPossession().ExecuteAsync(cancellationToken).ConfigureAwait(false);
        var bearer = await _byHelper.AcquireTokenForClient(_scopes).ExecuteAsync(cancellationToken).ConfigureAwait(false);
        return byLambda.AccessToken.Length + byMethod.AccessToken.Length + bearer.AccessToken.Length;
    }

    private async Task<ClientSignedAssertion> AssertAsync(AssertionRequestOptions options, CancellationToken cancellationToken)
    {
        var (token, certificate) = await FirstLegAsync(cancellationToken).ConfigureAwait(false);
        return new() { Assertion = token, TokenBindingCertificate = certificate };
    }

    private async Task<(string Token, X509Certificate2 Certificate)> FirstLegAsync(CancellationToken cancellationToken)
    {
        var result = await _identity.AcquireTokenForManagedIdentity("api://AzureADTokenExchange")
            .WithMtlsProofOfPossession()
            .WithAttestationSupport()
            .ExecuteAsync(cancellationToken)
            .ConfigureAwait(false);
        return (result.AccessToken, result.BindingCertificate);
    }
}
