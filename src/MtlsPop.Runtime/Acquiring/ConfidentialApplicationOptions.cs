using Microsoft.Identity.Client;

namespace MtlsPop;

/// <summary>What a confidential client may need beside its identity.</summary>
public sealed class ConfidentialApplicationOptions
{
    /// <summary>The Azure region, <c>westus3</c>; the global endpoint by default.</summary>
    public string? Region { get; set; }

    /// <summary>
    /// The HTTP factory, to be shared between applications and disposed of after them; by default the application has one of its own.
    /// </summary>
    public IMsalMtlsHttpClientFactory? HttpClientFactory { get; set; }

    /// <summary>Sets anything else on MSAL's builder. Authority, credential, region and HTTP factory are set after it and stand.</summary>
    /// <remarks>
    /// A region that is set here is not checked: MSAL goes to the global endpoint without a word where it is not well-formed.
    /// </remarks>
    public Action<ConfidentialClientApplicationBuilder>? Configure { get; set; }
}
