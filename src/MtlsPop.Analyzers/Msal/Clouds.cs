namespace MtlsPop.Analyzers.Msal;

/// <summary>The clouds of Entra, by their login hosts. MtlsPop.Runtime compiles this file as well.</summary>
internal static class Clouds
{
    /// <summary>The exchange audience of the public cloud. In another cloud its name is followed by the cloud's.</summary>
    public const string ExchangeAudience = "api://AzureADTokenExchange";

    private static readonly Dictionary<string, string> _byHost = new(StringComparer.OrdinalIgnoreCase)
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
    };

    /// <summary>The cloud's name as it ends the exchange audience, empty for the public cloud; null for a host that is none of these.</summary>
    public static string? NameOf(string host) => _byHost.TryGetValue(host, out var name) ? name : null;

    /// <summary>Whether a cloud has this name.</summary>
    public static bool HasName(string name)
    {
        foreach (var known in _byHost.Values)
        {
            if (string.Equals(known, name, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
