namespace MtlsPop;

/// <summary>What a bound token is asked for.</summary>
/// <param name="Scope">The scope, <c>https://graph.microsoft.com/.default</c>; for a managed identity the resource will do as well.</param>
public sealed record MtlsPopTokenRequest(string Scope)
{
    /// <summary>The tenant to ask, where it is not the application's own. A managed identity has no other tenant.</summary>
    public string? TenantId { get; init; }

    /// <summary>The claims of a claims challenge, as JSON. They reach every leg of a federation.</summary>
    public string? Claims { get; init; }

    /// <summary>Whether to pass over cached tokens.</summary>
    public bool ForceRefresh { get; init; }

    /// <summary>The correlation ID to send, if the caller has one.</summary>
    public Guid? CorrelationId { get; init; }

    /// <summary>Names the scope and leaves the claims out.</summary>
    public override string ToString() => $"{nameof(MtlsPopTokenRequest)} {{ Scope = {Scope}, TenantId = {TenantId}, ForceRefresh = {ForceRefresh} }}";
}
