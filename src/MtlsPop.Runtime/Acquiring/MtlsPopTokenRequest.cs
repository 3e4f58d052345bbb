namespace MtlsPop;

/// <summary>What a bound token is asked for.</summary>
/// <param name="Scope">
/// The one scope, <c>https://graph.microsoft.com/.default</c>; for a managed identity the resource will do as well.
/// </param>
public sealed record MtlsPopTokenRequest(string Scope)
{
    /// <summary>The one scope, <c>https://graph.microsoft.com/.default</c>; for a managed identity the resource will do as well.</summary>
    /// <exception cref="ArgumentException">It is empty, or more than one scope.</exception>
    public string Scope { get; init => field = RequireScope(value); } = RequireScope(Scope);

    /// <summary>The tenant to ask, where it is not the application's own. A managed identity has no other tenant.</summary>
    /// <exception cref="ArgumentException">It is not the ID or a domain of one tenant.</exception>
    public string? TenantId { get; init => field = RequireTenant(value); }

    /// <summary>The claims of a claims challenge, as JSON. They reach every leg of a federation.</summary>
    public string? Claims { get; init; }

    /// <summary>Whether to pass over cached tokens.</summary>
    public bool ForceRefresh { get; init; }

    /// <summary>The correlation ID to send, if the caller has one.</summary>
    public Guid? CorrelationId { get; init; }

    /// <summary>Names the scope and leaves the claims out.</summary>
    public override string ToString() =>
        $"{nameof(MtlsPopTokenRequest)} {{ Scope = {Scope}, TenantId = {TenantId}, ForceRefresh = {ForceRefresh} }}";

    private static string RequireScope(string scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return Names.IsScope(scope)
            ? scope
            : throw new ArgumentException(
                $"'{scope}' is not one scope, and a bound token is for one: write it without blanks, "
                + "such as https://graph.microsoft.com/.default.",
                nameof(scope));
    }

    private static string? RequireTenant(string? tenantId) =>
        tenantId is null || Names.IsTenant(tenantId)
            ? tenantId
            : throw new ArgumentException(
                $"'{tenantId}' is not a tenant: give the ID or a domain of one, or leave it out for the application's own.",
                nameof(tenantId));
}
