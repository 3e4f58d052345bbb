using Microsoft.Identity.Client;

namespace MtlsPop;

/// <summary>Gives a confidential client another application's bound tokens as its credential.</summary>
public static class BoundAssertionExtensions
{
    /// <summary>Makes a managed identity the first leg.</summary>
    /// <param name="builder">The second leg.</param>
    /// <param name="firstLeg">The managed identity.</param>
    /// <param name="exchangeScope">The scope to ask the first leg for; by default that of the second leg's cloud.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="MtlsPopException">The attestation package is missing.</exception>
    public static ConfidentialClientApplicationBuilder WithBoundClientAssertion(
        this ConfidentialClientApplicationBuilder builder, IManagedIdentityApplication firstLeg, string? exchangeScope = null) =>
        builder.WithBoundClientAssertion(MtlsPopTokenAcquirer.Create(firstLeg), exchangeScope);

    /// <summary>Makes another confidential client the first leg.</summary>
    /// <param name="builder">The second leg.</param>
    /// <param name="firstLeg">A confidential client with a certificate.</param>
    /// <param name="exchangeScope">The scope to ask the first leg for; by default that of the second leg's cloud.</param>
    /// <returns>The builder.</returns>
    public static ConfidentialClientApplicationBuilder WithBoundClientAssertion(
        this ConfidentialClientApplicationBuilder builder, IConfidentialClientApplication firstLeg, string? exchangeScope = null) =>
        builder.WithBoundClientAssertion(MtlsPopTokenAcquirer.Create(firstLeg), exchangeScope);

    /// <summary>Makes any acquirer of bound tokens the first leg.</summary>
    /// <param name="builder">The second leg.</param>
    /// <param name="firstLeg">
    /// The acquirer. It is asked again whenever its last token is due for refresh, was refused, or lacks demanded claims.
    /// </param>
    /// <param name="exchangeScope">The scope to ask the first leg for; by default that of the second leg's cloud.</param>
    /// <returns>The builder.</returns>
    public static ConfidentialClientApplicationBuilder WithBoundClientAssertion(
        this ConfidentialClientApplicationBuilder builder, IMtlsPopTokenAcquirer firstLeg, string? exchangeScope = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(firstLeg);
        return builder.WithClientAssertion(new FirstLeg(firstLeg, exchangeScope, TimeProvider.System).GetAssertionAsync);
    }
}
