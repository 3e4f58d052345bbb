using System.Security.Cryptography.X509Certificates;
using MtlsPop.StandIns;

namespace MtlsPop.Tests.Sending;

public class PooledMsalHttpClientFactoryTests
{
    [Fact]
    public async Task The_client_for_a_certificate_presents_it()
    {
        await using var world = await World.StartAsync();
        var certificate = World.NewCertificate();

        await world.Http.GetHttpClient(certificate).GetAsync(World.Api);

        Assert.Equal(BoundJwt.HashOf(certificate), Assert.Single(world.Resource.Seen).CertificateSha256);
    }

    [Fact]
    public async Task Without_a_certificate_MSAL_gets_the_client_for_everything_else()
    {
        await using var world = await World.StartAsync();

        Assert.Same(world.Http.GetHttpClient(), world.Http.GetHttpClient(null));
    }

    [Fact]
    public async Task A_certificate_has_one_client_and_its_copies_share_the_connections()
    {
        await using var world = await World.StartAsync();
        var certificate = World.NewCertificate();
        var copy = new X509Certificate2(certificate);

        await world.Http.GetHttpClient(certificate).GetAsync(World.Api);
        await world.Http.GetHttpClient(copy).GetAsync(World.Api);

        Assert.Same(world.Http.GetHttpClient(certificate), world.Http.GetHttpClient(certificate));
        Assert.Equal(1, world.Resource.Server.Handshakes);
    }

    [Fact]
    public async Task A_certificate_that_cannot_be_presented_has_no_client()
    {
        await using var world = await World.StartAsync();

        Assert.Throws<MtlsPopException>(() => world.Http.GetHttpClient(Results.WithoutKey(World.NewCertificate())));
    }
}
