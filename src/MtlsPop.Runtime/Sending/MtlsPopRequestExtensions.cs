namespace MtlsPop;

/// <summary>Says what the token of one request is for.</summary>
public static class MtlsPopRequestExtensions
{
    private static readonly HttpRequestOptionsKey<MtlsPopRequestOptions> _key = new("MtlsPop.Request");

    // HttpRequestMessage.Options allocates a dictionary, which a program that never calls SetMtlsPop does not need.
    private static volatile bool _isUsed;

    /// <summary>Asks for a token of another scope or tenant, or with claims, for this request. Its client must send bound tokens.</summary>
    /// <param name="request">The request.</param>
    /// <param name="options">What its token is for.</param>
    /// <returns>The request.</returns>
    public static HttpRequestMessage SetMtlsPop(this HttpRequestMessage request, MtlsPopRequestOptions options)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(options);
        request.Options.Set(_key, options);
        _isUsed = true;
        return request;
    }

    /// <summary>What is asked of the acquirer for a request.</summary>
    internal static MtlsPopTokenRequest TokenRequest(this HttpRequestMessage request, MtlsPopOptions client)
    {
        if (!_isUsed || !request.Options.TryGetValue(_key, out var own))
        {
            return client.TokenRequest;
        }

        if (own.Scope is { } scope && scope != client.Scope && !client.AdditionalScopes.Contains(scope))
        {
            throw new MtlsPopException(MtlsPopError.ScopeNotAllowed,
                $"'{scope}' is not among the scopes of this client, so no token is acquired for it: "
                + "add it to AdditionalScopes if its requests may have it.");
        }

        return new MtlsPopTokenRequest(own.Scope ?? client.Scope!)
        {
            TenantId = own.TenantId ?? client.TenantId,
            Claims = own.Claims,
            CorrelationId = own.CorrelationId,
        };
    }
}
