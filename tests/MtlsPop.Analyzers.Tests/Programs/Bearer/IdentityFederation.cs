// A managed identity's bearer token as an application's assertion, by a method of another type and by a lambda: nothing here is bound.
using Microsoft.Identity.Client;
using Microsoft.Identity.Client.AppConfig;

namespace Contoso.CrossTenant;

public sealed class IdentityAssertion(string? identity, string audience = "api://AzureADTokenExchange")
{
    private readonly IManagedIdentityApplication _identity = ManagedIdentityApplicationBuilder
        .Create(string.IsNullOrEmpty(identity) ? ManagedIdentityId.SystemAssigned : ManagedIdentityId.WithUserAssignedClientId(identity))
        .Build();

    public async Task<string> SignAsync(AssertionRequestOptions options)
    {
        var result = await _identity.AcquireTokenForManagedIdentity(audience).ExecuteAsync(options.CancellationToken).ConfigureAwait(false);
        return result.AccessToken;
    }
}

public sealed class CrossTenantGraph
{
    private readonly IManagedIdentityApplication _identity = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.SystemAssigned).Build();
    private readonly IConfidentialClientApplication _byMethod;
    private readonly IConfidentialClientApplication _byLambda;

    public CrossTenantGraph(string clientId, string tenantId, IdentityAssertion assertion)
    {
        _byMethod = ConfidentialClientApplicationBuilder.Create(clientId)
            .WithAuthority($"https://login.microsoftonline.com/{tenantId}")
            .WithClientAssertion(assertion.SignAsync)
            .Build();
        _byLambda = ConfidentialClientApplicationBuilder.Create(clientId)
            .WithTenantId(tenantId)
            .WithClientAssertion(async (AssertionRequestOptions options) =>
            {
                var first = await _identity.AcquireTokenForManagedIdentity("api://AzureADTokenExchange").ExecuteAsync(options.CancellationToken);
                return first.AccessToken;
            })
            .Build();
    }

    public async Task<string> HeaderAsync(bool byMethod, CancellationToken cancellationToken = default)
    {
        var app = byMethod ? _byMethod : _byLambda;
        var result = await app.AcquireTokenForClient(["https://graph.microsoft.com/.default"]).ExecuteAsync(cancellationToken);
        return result.CreateAuthorizationHeader();
    }
}
