using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using MtlsPop.StandIns;

namespace MtlsPop.HostingTests;

/// <summary>Where certificates come from, and how they are renewed while the program runs.</summary>
public class CertificateTests
{
    private static readonly MtlsPopTokenRequest _request = new(World.Scope);

    [Fact]
    public async Task A_PFX_file()
    {
        await using var world = await World.StartAsync();
        var certificate = World.Issuer.IssueClient("orders");
        using var host = world.Host(world.Settings(certificate));
        await host.StartAsync();

        var token = await host.Services.GetRequiredService<IMtlsPopTokenAcquirer>().AcquireAsync(_request);

        Assert.Equal(BoundJwt.HashOf(certificate), BoundJwt.HashOf(token.BindingCertificate));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_PEM_file_with_its_key_in_the_same_file_or_in_another(bool isOne)
    {
        await using var world = await World.StartAsync();
        var certificate = World.Issuer.IssueClient("orders");
        var (pem, key) = (certificate.ExportCertificatePem(), certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        using var host = world.Host(world.Settings(null,
            ("Certificate:File", world.Write("orders.crt", isOne ? $"{pem}\n{key}" : pem)),
            ("Certificate:KeyFile", isOne ? null : world.Write("orders.key", key))));
        await host.StartAsync();

        var token = await host.Services.GetRequiredService<IMtlsPopTokenAcquirer>().AcquireAsync(_request);

        Assert.Equal(BoundJwt.HashOf(certificate), BoundJwt.HashOf(token.BindingCertificate));
    }

    [Fact]
    public async Task The_newest_valid_certificate_of_a_store_by_its_subject()
    {
        await using var world = await World.StartAsync();
        var name = $"store-{Guid.NewGuid():N}";
        var (older, newest, expired) = (
            World.Issuer.IssueClient(name, from: DateTimeOffset.UtcNow.AddDays(-20)),
            World.Issuer.IssueClient(name, from: DateTimeOffset.UtcNow.AddDays(-2)),
            World.Issuer.IssueClient(name, from: DateTimeOffset.UtcNow.AddDays(-1), to: DateTimeOffset.UtcNow.AddHours(-1)));
        using var stored = new Stored(older, newest, expired);
        using var host = world.Host(FromStore(world, ("Certificate:Subject", $"CN={name}")));
        await host.StartAsync();

        var token = await host.Services.GetRequiredService<IMtlsPopTokenAcquirer>().AcquireAsync(_request);

        Assert.Equal(BoundJwt.HashOf(newest), BoundJwt.HashOf(token.BindingCertificate));
    }

    [Theory]
    [InlineData("SHA1")]
    [InlineData("SHA256")]
    public async Task A_certificate_of_a_store_by_its_thumbprint(string algorithm)
    {
        await using var world = await World.StartAsync();
        var certificate = World.Issuer.IssueClient($"store-{Guid.NewGuid():N}");
        using var stored = new Stored(certificate);
        using var host = world.Host(FromStore(world, ("Certificate:Thumbprint", certificate.GetCertHashString(new(algorithm)))));
        await host.StartAsync();

        var token = await host.Services.GetRequiredService<IMtlsPopTokenAcquirer>().AcquireAsync(_request);

        Assert.Equal(BoundJwt.HashOf(certificate), BoundJwt.HashOf(token.BindingCertificate));
    }

    [Fact]
    public async Task A_callback()
    {
        await using var world = await World.StartAsync();
        var certificate = World.Issuer.IssueClient("orders");
        using var host = world.HostWith(builder => builder.Services.AddMtlsPopTokenAcquirer(options =>
        {
            options.ClientId = "orders";
            options.Authority = World.Authority;
            options.Certificate = new() { Callback = _ => Task.FromResult(certificate) };
        }));
        await host.StartAsync();

        certificate = World.Issuer.IssueClient("orders");
        var token = await host.Services.GetRequiredService<IMtlsPopTokenAcquirer>().AcquireAsync(_request);

        Assert.Equal(BoundJwt.HashOf(certificate), BoundJwt.HashOf(token.BindingCertificate));
    }

    public static TheoryData<string, (string, string?)[]> Missing => new()
    {
        { "has no certificate with the subject", [("Certificate:File", null), ("Certificate:Store", "CurrentUser/My"), ("Certificate:Subject", "CN=nobody")] },
        { "could not be read from", [("Certificate:File", "missing.pfx")] },
        { "could not be read from", [("Certificate:Password", "wrong")] },
    };

    [Theory]
    [MemberData(nameof(Missing))]
    public async Task A_certificate_that_is_not_there_stops_the_program_at_start(string reason, (string, string?)[] settings)
    {
        await using var world = await World.StartAsync();
        using var host = world.Host(world.Settings(null, settings));

        var exception = await Assert.ThrowsAsync<MtlsPopException>(() => host.StartAsync());

        Assert.Equal(MtlsPopError.BindingCertificateMissing, exception.Error);
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_has_expired_stops_the_program_at_start()
    {
        await using var world = await World.StartAsync();
        using var host = world.Host(world.Settings(World.Issuer.IssueClient("orders", to: DateTimeOffset.UtcNow.AddHours(-1))));

        var exception = await Assert.ThrowsAsync<MtlsPopException>(() => host.StartAsync());

        Assert.Equal(MtlsPopError.CertificateOutsideValidity, exception.Error);
    }

    [Fact]
    public async Task A_certificate_that_is_renewed_in_its_file_is_taken_over()
    {
        await using var world = await World.StartAsync();
        using var host = world.Host(world.Settings());
        await host.StartAsync();
        var acquirer = host.Services.GetRequiredService<IMtlsPopTokenAcquirer>();
        await acquirer.AcquireAsync(_request);

        var renewed = World.Issuer.IssueClient("orders");
        world.Pfx(renewed);
        world.Clock.Advance(TimeSpan.FromMinutes(2));
        var token = await acquirer.AcquireAsync(_request);

        Assert.Equal(BoundJwt.HashOf(renewed), BoundJwt.HashOf(token.BindingCertificate));
        Assert.Contains(world.Log.All, line => line.Contains("the certificate has been renewed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_that_breaks_leaves_the_last_certificate_in_use()
    {
        await using var world = await World.StartAsync();
        var certificate = World.Issuer.IssueClient("orders");
        using var host = world.Host(world.Settings(certificate));
        await host.StartAsync();
        var acquirer = host.Services.GetRequiredService<IMtlsPopTokenAcquirer>();
        var first = await acquirer.AcquireAsync(_request);

        world.Write("orders.pfx", "rubbish");
        world.Clock.Advance(TimeSpan.FromMinutes(2));
        var token = await acquirer.AcquireAsync(_request);

        Assert.Same(first.BindingCertificate, token.BindingCertificate);
        Assert.Single(world.Log.All, line =>
            line.StartsWith("Error", StringComparison.Ordinal) && line.Contains("last one stays in use", StringComparison.Ordinal));
    }

    private static Dictionary<string, string?> FromStore(World world, (string, string?) by) =>
        world.Settings(null, ("Certificate:File", null), ("Certificate:Password", null), ("Certificate:Store", "CurrentUser/My"), by);
}
