namespace MtlsPop;

/// <summary>What the token of one request is for, where that differs from its client.</summary>
public sealed record MtlsPopRequestOptions
{
    /// <summary>The scope: the client's own or one of its <see cref="MtlsPopOptions.AdditionalScopes"/>.</summary>
    public string? Scope { get; init; }

    /// <summary>The tenant to ask. A service with many tenants needs one client for all of them.</summary>
    public string? TenantId { get; init; }

    /// <summary>The claims that the token must have, as JSON.</summary>
    public string? Claims { get; init; }

    /// <summary>The correlation ID to send to the token service, where it is asked.</summary>
    public Guid? CorrelationId { get; init; }

    /// <summary>Names scope and tenant and leaves the claims out.</summary>
    /// <returns>Scope and tenant.</returns>
    public override string ToString() => $"{nameof(MtlsPopRequestOptions)} {{ Scope = {Scope}, TenantId = {TenantId} }}";
}
