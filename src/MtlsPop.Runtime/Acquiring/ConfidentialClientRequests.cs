using Microsoft.Identity.Client;

namespace MtlsPop;

/// <summary>Requests of a confidential client, whether its credential is a certificate or a bound assertion.</summary>
internal sealed class ConfidentialClientRequests(IConfidentialClientApplication app)
{
    public Task<AuthenticationResult> ExecuteAsync(MtlsPopTokenRequest request, CancellationToken cancellationToken)
    {
        var builder = app.AcquireTokenForClient([request.Scope]).WithMtlsProofOfPossession();
        if (request.TenantId is { } tenantId)
        {
            builder = builder.WithTenantId(tenantId);
        }

        if (request.Claims is { } claims)
        {
            builder = builder.WithClaims(claims);
        }

        if (request.CorrelationId is { } correlationId)
        {
            builder = builder.WithCorrelationId(correlationId);
        }

        return (request.ForceRefresh ? builder.WithForceRefresh(true) : builder).ExecuteAsync(cancellationToken);
    }
}
