using Microsoft.Identity.Client;

namespace MtlsPop;

/// <summary>What the application of a managed identity may need beside the identity.</summary>
public sealed class ManagedIdentityApplicationOptions
{
    /// <summary>
    /// The HTTP factory, to be shared between applications and disposed of after them; by default the application has one of its own.
    /// </summary>
    public IMsalMtlsHttpClientFactory? HttpClientFactory { get; set; }

    /// <summary>Sets anything else on MSAL's builder. The HTTP factory is set after it and stands.</summary>
    public Action<ManagedIdentityApplicationBuilder>? Configure { get; set; }
}
