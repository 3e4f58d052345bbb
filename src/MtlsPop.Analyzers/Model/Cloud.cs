using System.Collections.Immutable;
using MtlsPop.Analyzers.Flow;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Model;

/// <summary>The clouds, by what the name of the exchange audience ends in there.</summary>
internal static class Cloud
{
    private static readonly ImmutableDictionary<string, string> _byHost = new Dictionary<string, string>
    {
        ["login.microsoftonline.com"] = "",
        ["login.windows.net"] = "",
        ["login.microsoft.com"] = "",
        ["sts.windows.net"] = "",
        ["login-us.microsoftonline.com"] = "",
        ["login.partner.microsoftonline.cn"] = "China",
        ["login.chinacloudapi.cn"] = "China",
        ["login.microsoftonline.us"] = "USGov",
        ["login.usgovcloudapi.net"] = "USGov",
        ["login.windows-ppe.net"] = "Ppe",
        ["login.sovcloud-identity.fr"] = "France",
        ["login.sovcloud-identity.de"] = "Germany",
        ["login.sovcloud-identity.sg"] = "GovSG",
    }.ToImmutableDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the name is one that a cloud has.</summary>
    public static bool IsKnown(string suffix) => _byHost.Values.Contains(suffix, StringComparer.OrdinalIgnoreCase);

    /// <summary>The cloud of an application, by the constant authority that it is given last; null where that is not known.</summary>
    public static string? Of(History application)
    {
        if (application.IsOpenTo(MsalNames.WithAuthority) || application.Last(MsalNames.WithAuthority) is not { } authority)
            return null;

        return authority.Arguments.Length == 0 ? null : authority.Arguments[0].Value switch
        {
            Constant { Data: string address } => OfAddress(address),
            Text { Parts.Items: [Constant { Data: string beginning }, ..] } when EndsItsHost(beginning) => OfAddress(beginning),
            Constant { Data: int instance } when authority.Arguments[0].Parameter?.Type.Name == "AzureCloudInstance" => instance switch
            {
                1 => "",
                2 => "China",
                4 => "USGov",
                _ => null,
            },
            _ => null,
        };
    }

    private static string? OfAddress(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && _byHost.TryGetValue(uri.Host, out var cloud) ? cloud : null;

    /// <summary>What comes after the host may be anything: <c>$"https://login.microsoftonline.us/{tenant}"</c>.</summary>
    private static bool EndsItsHost(string beginning) => beginning.IndexOf("://", StringComparison.Ordinal) is var scheme and > 0 && beginning.IndexOf('/', scheme + 3) > 0;
}
