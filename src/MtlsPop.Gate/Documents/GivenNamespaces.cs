namespace MtlsPop.Gate.Documents;

/// <summary>The namespaces that a block's code may use without a word of it.</summary>
internal static class GivenNamespaces
{
    /// <summary>Those that every project on today's SDK has.</summary>
    public static readonly string[] Implicit =
    [
        "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks",
    ];

    public static readonly string[] All =
    [
        .. Implicit,
        "System.Collections.Concurrent",
        "System.Net.Http.Headers",
        "System.Security.Cryptography.X509Certificates",
        "Microsoft.Identity.Client",
        "Microsoft.Identity.Client.AppConfig",
        "Microsoft.Identity.Client.Extensibility",
        "Microsoft.Identity.Client.KeyAttestation",
    ];
}
