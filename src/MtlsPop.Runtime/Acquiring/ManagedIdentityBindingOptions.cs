using Microsoft.Identity.Client.AppConfig;

namespace MtlsPop;

/// <summary>How strongly a managed identity's token must be bound. The defaults ask for everything.</summary>
public sealed record ManagedIdentityBindingOptions
{
    /// <summary>
    /// Whether the key must be attested; on by default. Needs the package Microsoft.Identity.Client.KeyAttestation in the program.
    /// </summary>
    public bool RequireAttestation { get; init; } = true;

    /// <summary>What must protect the key at least; <see cref="MtlsBindingStrength.KeyGuard"/> by default.</summary>
    public MtlsBindingStrength MinimumBindingStrength { get; init; } = MtlsBindingStrength.KeyGuard;
}
