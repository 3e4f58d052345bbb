using System.Collections.Immutable;

namespace MtlsPop.Analyzers.Msal;

/// <summary>The names of Azure's regions, as MSAL takes them.</summary>
internal static class AzureRegions
{
    private static readonly ImmutableHashSet<string> _names = ImmutableHashSet.Create(
        "australiacentral", "australiacentral2", "australiaeast", "australiasoutheast", "austriaeast", "belgiumcentral",
        "brazilsouth", "brazilsoutheast", "canadacentral", "canadaeast", "centralindia", "centralus", "chilecentral", "chinaeast", "chinaeast2", "chinaeast3",
        "chinanorth", "chinanorth2", "chinanorth3", "denmarkeast", "eastasia", "eastus", "eastus2", "francecentral", "francesouth", "germanycentral",
        "germanynorth", "germanynortheast", "germanywestcentral", "indonesiacentral", "israelcentral", "italynorth", "japaneast", "japanwest",
        "jioindiacentral", "jioindiawest", "koreacentral", "koreasouth", "malaysiawest", "mexicocentral", "newzealandnorth", "northcentralus",
        "northeurope", "norwayeast", "norwaywest", "polandcentral", "qatarcentral", "southafricanorth", "southafricawest", "southcentralus",
        "southeastasia", "southindia", "spaincentral", "swedencentral", "swedensouth", "switzerlandnorth", "switzerlandwest", "uaecentral", "uaenorth",
        "uksouth", "ukwest", "usdodcentral", "usdodeast", "usgovarizona", "usgovtexas", "usgovvirginia", "westcentralus", "westeurope", "westindia",
        "westus", "westus2", "westus3");

    public static bool CanBe(string name) => name.Length > 0 && name.All(IsOfName);

    /// <summary>The region that was meant: <c>East US</c> and <c>east-us</c> mean <c>eastus</c>.</summary>
    public static string? Meant(string name)
    {
        var normal = new string(name.Where(IsOfName).ToArray()).ToLowerInvariant();
        return _names.Contains(normal) ? normal : null;
    }

    private static bool IsOfName(char character) => character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9');
}
