using Microsoft.Identity.Client;
using MtlsPop.StandIns;

namespace MtlsPop.Tests.Acquiring;

public class MtlsPopApplicationTests
{
    [Theory]
    [InlineData("https://login.microsoftonline.com/common")]
    [InlineData("https://login.microsoftonline.com/organizations")]
    [InlineData("https://login.microsoftonline.com/consumers/")]
    [InlineData("https://login.microsoftonline.com/")]
    [InlineData("https://login.microsoftonline.com/a%2Fb")]
    [InlineData("contoso.onmicrosoft.com")]
    [InlineData("http://login.microsoftonline.com/contoso.onmicrosoft.com")]
    public void An_authority_without_a_tenant_is_refused(string authority) =>
        Assert.Throws<ArgumentException>(() =>
            MtlsPopApplication.Certificate("client", new Uri(authority, UriKind.RelativeOrAbsolute), World.NewCertificate()));

    [Fact]
    public void An_external_tenant_is_named_by_its_host() =>
        Assert.NotNull(MtlsPopApplication.Certificate("client", new Uri("https://contoso.ciamlogin.com/"), World.NewCertificate()));

    [Theory]
    [InlineData("east us")]
    [InlineData("EastUS")]
    [InlineData("east-us")]
    [InlineData("")]
    [InlineData("westus3\n")]
    [InlineData("tryautodetect")]
    public void A_malformed_region_is_refused(string region) =>
        Assert.Throws<ArgumentException>(() =>
            MtlsPopApplication.Certificate("client", World.TenantAuthority, World.NewCertificate(), new() { Region = region }));

    [Theory]
    [InlineData("westus3")]
    [InlineData("TryAutoDetect")]
    public void A_region_or_its_detection_is_accepted(string region) =>
        Assert.NotNull(MtlsPopApplication.Certificate("client", World.TenantAuthority, World.NewCertificate(), new() { Region = region }));

    [Fact]
    public async Task The_region_is_where_the_token_is_asked_for()
    {
        await using var world = await World.StartAsync();
        var app = MtlsPopApplication.Certificate(
            "client", World.TenantAuthority, World.NewCertificate(), new() { Region = "westus3", HttpClientFactory = world.Http });

        await app.AcquireMtlsPopTokenAsync([World.Scope]);

        Assert.Equal("westus3.mtlsauth.microsoft.com", Assert.Single(world.Sts.Seen).Host);
    }

    [Fact]
    public void A_certificate_that_cannot_be_presented_is_refused() =>
        Assert.Throws<MtlsPopException>(
            () => MtlsPopApplication.Certificate("client", World.TenantAuthority, Results.WithoutKey(World.NewCertificate())));

    [Fact]
    public void A_federation_in_an_unknown_cloud_is_refused() =>
        Assert.Throws<ArgumentException>(() => MtlsPopApplication.Federated(
            "client", new Uri("https://login.example.com/contoso"), Results.Acquirer(_ => Results.Of(World.NewCertificate()))));

    [Fact]
    public async Task The_second_leg_of_a_federation_asks_for_the_audience_of_its_cloud()
    {
        await using var world = await World.StartAsync();
        MtlsPopTokenRequest? asked = null;
        var app = MtlsPopApplication.Federated(
            "client",
            new Uri("https://login.microsoftonline.us/contoso.onmicrosoft.us"),
            Results.Acquirer(request => { asked = request; return Results.Of(World.NewCertificate()); }),
            new() { HttpClientFactory = world.Http });

        var result = await app.AcquireMtlsPopTokenAsync([World.Scope]);

        Assert.Equal("api://AzureADTokenExchangeUSGov/.default", asked!.Scope);
        Assert.Equal(BoundJwt.HashOf(result.RequireBinding()), BoundJwt.Parse(result.AccessToken).CertificateSha256);
    }

    [Fact]
    public async Task What_is_configured_on_MSALs_builder_cannot_undo_region_authority_or_HTTP_factory()
    {
        await using var world = await World.StartAsync();
        var app = MtlsPopApplication.Certificate("client", World.TenantAuthority, World.NewCertificate(), new()
        {
            Region = "westus3",
            HttpClientFactory = world.Http,
            Configure = builder => builder.WithAzureRegion("east us").WithAuthority("https://login.microsoftonline.com/common")
                .WithHttpClientFactory(new WithoutCertificates()).WithClientName("configured"),
        });

        await app.AcquireMtlsPopTokenAsync([World.Scope]);

        Assert.Equal("westus3.mtlsauth.microsoft.com", Assert.Single(world.Sts.Seen).Host);
        Assert.NotNull(world.Sts.Seen.Single().CertificateSha256);
        Assert.Equal("configured", app.AppConfig.ClientName);
    }

    private sealed class WithoutCertificates : IMsalHttpClientFactory
    {
        public HttpClient GetHttpClient() => throw new InvalidOperationException("The factory in the options stands.");
    }
}
