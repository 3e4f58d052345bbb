using Microsoft.Identity.Client.AppConfig;

namespace MtlsPop;

/// <summary>A managed identity: the system-assigned one, unless one of the three identifiers is given.</summary>
public sealed class MtlsPopManagedIdentityOptions
{
    /// <summary>Whether it is the system-assigned identity. Configuration cannot express an empty section, so this says it.</summary>
    public bool SystemAssigned { get; set; }

    /// <summary>The client ID of a user-assigned identity.</summary>
    public string? UserAssignedClientId { get; set; }

    /// <summary>The resource ID of a user-assigned identity.</summary>
    public string? UserAssignedResourceId { get; set; }

    /// <summary>The object ID of a user-assigned identity.</summary>
    public string? UserAssignedObjectId { get; set; }

    /// <summary>Whether the key must be attested; on by default.</summary>
    public bool RequireAttestation { get; set; } = true;

    /// <summary>What must protect the key at least; <see cref="MtlsBindingStrength.KeyGuard"/> by default.</summary>
    public MtlsBindingStrength MinimumBindingStrength { get; set; } = MtlsBindingStrength.KeyGuard;
}
