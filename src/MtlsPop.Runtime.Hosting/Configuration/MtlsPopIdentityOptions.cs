namespace MtlsPop;

/// <summary>Who a program is: a confidential client with a certificate, or a managed identity.</summary>
public class MtlsPopIdentityOptions
{
    /// <summary>The client ID of a confidential client. A managed identity has none here.</summary>
    public string? ClientId { get; set; }

    /// <summary>The authority with its tenant, <c>https://login.microsoftonline.com/contoso.onmicrosoft.com</c>.</summary>
    public string? Authority { get; set; }

    /// <summary>The Azure region, <c>westus3</c>; the global endpoint by default.</summary>
    public string? Region { get; set; }

    /// <summary>The certificate of a confidential client.</summary>
    public MtlsPopCertificateOptions? Certificate { get; set; }

    /// <summary>The managed identity, in place of everything above.</summary>
    public MtlsPopManagedIdentityOptions? ManagedIdentity { get; set; }
}
