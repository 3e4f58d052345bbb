namespace MtlsPop.Tests.Federation;

public class TokenExchangeTests
{
    [Theory]
    [InlineData("https://login.microsoftonline.com/contoso", "api://AzureADTokenExchange")]
    [InlineData("https://login.microsoft.com/contoso", "api://AzureADTokenExchange")]
    [InlineData("https://login.windows.net/contoso", "api://AzureADTokenExchange")]
    [InlineData("https://sts.windows.net/contoso", "api://AzureADTokenExchange")]
    [InlineData("https://login-us.microsoftonline.com/contoso", "api://AzureADTokenExchange")]
    [InlineData("https://mtlsauth.microsoft.com/contoso/oauth2/v2.0/token", "api://AzureADTokenExchange")]
    [InlineData("https://westus3.mtlsauth.microsoft.com/contoso/oauth2/v2.0/token", "api://AzureADTokenExchange")]
    [InlineData("https://login.microsoftonline.us/contoso", "api://AzureADTokenExchangeUSGov")]
    [InlineData("https://login.usgovcloudapi.net/contoso", "api://AzureADTokenExchangeUSGov")]
    [InlineData("https://usgovvirginia.mtlsauth.microsoftonline.us/contoso", "api://AzureADTokenExchangeUSGov")]
    [InlineData("https://login.partner.microsoftonline.cn/contoso", "api://AzureADTokenExchangeChina")]
    [InlineData("https://login.chinacloudapi.cn/contoso", "api://AzureADTokenExchangeChina")]
    [InlineData("https://mtlsauth.partner.microsoftonline.cn/contoso", "api://AzureADTokenExchangeChina")]
    [InlineData("https://login.windows-ppe.net/contoso", "api://AzureADTokenExchangePpe")]
    [InlineData("https://login.sovcloud-identity.sg/contoso", "api://AzureADTokenExchangeGovSG")]
    [InlineData("https://LOGIN.sovcloud-identity.fr/contoso", "api://AzureADTokenExchangeFrance")]
    [InlineData("https://mtlsauth.sovcloud-identity.de/contoso", "api://AzureADTokenExchangeGermany")]
    public void The_audience_is_that_of_the_authoritys_cloud(string authority, string audience) =>
        Assert.Equal(audience, TokenExchange.GetAudience(new Uri(authority)));

    [Theory]
    [InlineData("https://login.example.com/contoso")]
    [InlineData("https://login.microsoftonline.com.example.com/contoso")]
    [InlineData("https://a.b.mtlsauth.microsoft.com/contoso")]
    [InlineData("https://mtlsauth.example.com/contoso")]
    [InlineData("https://contoso.ciamlogin.com/")]
    public void An_unknown_host_has_no_audience(string authority) =>
        Assert.Throws<ArgumentException>(() => TokenExchange.GetAudience(new Uri(authority)));
}
