using System.Security.Cryptography.X509Certificates;
using Microsoft.Identity.Client;
using MtlsPop.StandIns;

namespace MtlsPop.Tests.Sending;

/// <summary>Certificates that could stay off the wire without a word: nothing may be sent with them.</summary>
public class CertificateTests
{
    [Fact]
    public async Task A_bound_request_arrives_with_its_certificate()
    {
        await using var world = await World.StartAsync();
        var certificate = World.NewCertificate();
        using var client = world.Client(world.App(certificate));

        Assert.Equal($"bound to {BoundJwt.HashOf(certificate)}", await client.GetStringAsync(World.Api));
    }

    public static TheoryData<string, MtlsPopError> Unpresentable => new()
    {
        { "no certificate", MtlsPopError.BindingCertificateMissing },
        { "no private key", MtlsPopError.PrivateKeyUnavailable },
        { "disposed", MtlsPopError.CertificateNotUsable },
        { "server authentication only", MtlsPopError.CertificateNotUsable },
        { "expired", MtlsPopError.CertificateOutsideValidity },
        { "not valid yet", MtlsPopError.CertificateOutsideValidity },
    };

    [Theory]
    [MemberData(nameof(Unpresentable))]
    public async Task Nothing_is_sent_with_a_certificate_that_cannot_be_presented(string fault, MtlsPopError expected)
    {
        await using var world = await World.StartAsync();
        using var client = world.Client(Results.Acquirer(_ => ResultWith(fault)));

        var exception = await Assert.ThrowsAsync<MtlsPopException>(() => client.GetAsync(World.Api));

        Assert.Equal(expected, exception.Error);
        Assert.Empty(world.Resource.Seen);
        Assert.Equal(0, world.Resource.Server.Handshakes);
    }

    [Fact]
    public async Task Nothing_is_sent_with_an_unbound_token()
    {
        await using var world = await World.StartAsync();
        using var client = world.Client(Results.Acquirer(_ => Results.Of(World.NewCertificate(), "Bearer")));

        var exception = await Assert.ThrowsAsync<MtlsPopException>(() => client.GetAsync(World.Api));

        Assert.Equal(MtlsPopError.TokenTypeMismatch, exception.Error);
        Assert.Equal(0, world.Resource.Server.Handshakes);
    }

    [Fact]
    public async Task Nothing_is_sent_when_no_token_can_be_acquired()
    {
        await using var world = await World.StartAsync();
        world.Sts.Refuses = _ => new TokenRefusal(400, "unauthorized_client");
        using var client = world.Client();

        await Assert.ThrowsAsync<MsalServiceException>(() => client.GetAsync(World.Api));

        Assert.Equal(0, world.Resource.Server.Handshakes);
    }

    [Fact]
    public async Task A_certificate_that_is_disposed_while_in_use_is_acquired_again()
    {
        await using var world = await World.StartAsync();
        var original = World.NewCertificate();
        var copies = new List<X509Certificate2>();
        using var client = world.Client(Results.Acquirer(_ =>
        {
            copies.Add(new X509Certificate2(original));
            return Results.Of(copies[^1]);
        }));
        await client.GetStringAsync(World.Api);

        copies[0].Dispose();

        Assert.Equal($"bound to {BoundJwt.HashOf(original)}", await client.GetStringAsync(World.Api));
        Assert.Equal(2, copies.Count);
    }

    [Fact]
    public async Task A_certificate_that_expires_while_in_use_is_not_sent_with_again()
    {
        await using var world = await World.StartAsync();
        var clock = new ManualClock();
        var acquired = 0;
        var acquirer = new TokenAcquirer("test", (_, _) =>
        {
            acquired++;
            return Task.FromResult(Results.Of(World.NewCertificate(), expires: clock.GetUtcNow().AddYears(1)));
        }, clock);
        using var client = World.Client(world.Owner(acquirer, clock));
        await client.GetStringAsync(World.Api);

        clock.Advance(TimeSpan.FromDays(31));

        var exception = await Assert.ThrowsAsync<MtlsPopException>(() => client.GetAsync(World.Api));
        Assert.Equal(MtlsPopError.CertificateOutsideValidity, exception.Error);
        Assert.Equal(2, acquired);
        Assert.Single(world.Resource.Seen);
    }

    [Fact]
    public async Task Intermediate_certificates_are_presented_where_they_are_given()
    {
        await using var world = await World.StartAsync();
        var intermediate = World.Authority.CreateIntermediate();
        var certificate = intermediate.IssueClient("below an intermediate");
        var received = new List<string>();
        world.Resource.Server.SeesChain = chain => received.AddRange(chain.ChainPolicy.ExtraStore.Select(extra => extra.Thumbprint));
        using var client = world.Client(
            world.App(certificate),
            options => options.Transport.IntermediateCertificates = _ => [Results.WithoutKey(intermediate.Certificate)]);

        await client.GetStringAsync(World.Api);

        Assert.Contains(intermediate.Certificate.Thumbprint, received);
    }

    private static AuthenticationResult ResultWith(string fault)
    {
        switch (fault)
        {
            case "no private key":
                return Results.Of(Results.WithoutKey(World.NewCertificate()));
            case "disposed":
                var result = Results.Of(World.NewCertificate());
                result.BindingCertificate.Dispose();
                return result;
            case "server authentication only":
                return Results.Of(World.Authority.IssueClient("server", purpose: CertificateAuthority.ServerAuthentication));
            case "expired":
                return Results.Of(World.Authority.IssueClient("old", from: DateTimeOffset.UtcNow.AddDays(-2), to: DateTimeOffset.UtcNow.AddMinutes(-1)));
            case "not valid yet":
                return Results.Of(World.Authority.IssueClient("early", from: DateTimeOffset.UtcNow.AddMinutes(10)));
            default:
                return Results.Of(certificate: null);
        }
    }
}
