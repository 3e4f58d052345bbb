using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MtlsPop.StandIns;

namespace MtlsPop.Tests.Sending;

/// <summary>Token and certificate of one request belong together, whatever else goes on.</summary>
public class RotationTests
{
    [Fact]
    public async Task Under_load_and_rotation_no_request_carries_the_token_of_one_certificate_over_another()
    {
        const int Workers = 64;
        const int RequestsPerWorker = 320;
        await using var world = await World.StartAsync();
        world.Resource.Remembers = false;

        // Each pair is due for refresh at once, so that each request asks again, and the certificate changes under the traffic.
        var pairs = Enumerable.Range(0, 6)
            .Select(index => Results.Of(World.NewCertificate($"rotation {index}"), expires: DateTimeOffset.UtcNow.AddMinutes(1))).ToArray();
        var answered = 0;
        using var client = world.Client(
            Results.Acquirer(_ => pairs[answered / 1000 % pairs.Length]), options => options.Transport.MaxPooledBindings = 4);

        var answers = new ConcurrentDictionary<string, int>();
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < RequestsPerWorker; i++)
            {
                answers.AddOrUpdate(await client.GetStringAsync(World.Api), 1, static (_, count) => count + 1);
                Interlocked.Increment(ref answered);
            }
        })));

        Assert.Equal(0, world.Resource.Mismatches);
        Assert.Equal(Workers * RequestsPerWorker, answers.Values.Sum());
        Assert.Equal(pairs.Length, answers.Count);
    }

    [Fact]
    public async Task A_certificate_renewed_with_the_same_key_has_connections_of_its_own()
    {
        await using var world = await World.StartAsync();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var certificate = World.Authority.IssueClient("renewed", key);
        using var client = world.Client(Results.Acquirer(_ => Results.Of(certificate, expires: DateTimeOffset.UtcNow.AddMinutes(1))));
        await client.GetStringAsync(World.Api);

        certificate = World.Authority.IssueClient("renewed", key);
        await client.GetStringAsync(World.Api);

        Assert.Equal(0, world.Resource.Mismatches);
        Assert.Equal(2, world.Resource.Server.Handshakes);
    }

    [Fact]
    public async Task Certificates_that_dotnet_takes_for_equal_are_told_apart()
    {
        await using var world = await World.StartAsync();
        var number = Guid.NewGuid().ToByteArray();
        var (first, second) = (World.Authority.IssueClient("twin", number: number), World.Authority.IssueClient("twin", number: number));
        Assert.True(first.Equals(second)); // same issuer and serial number, another key
        var certificate = first;
        using var client = world.Client(Results.Acquirer(_ => Results.Of(certificate, expires: DateTimeOffset.UtcNow.AddMinutes(1))));
        await client.GetStringAsync(World.Api);

        certificate = second;
        await client.GetStringAsync(World.Api);

        Assert.Equal(0, world.Resource.Mismatches);
        Assert.Equal(BoundJwt.HashOf(second), world.Resource.Seen.Last().CertificateSha256);
    }

    [Fact]
    public async Task Another_object_of_the_same_certificate_shares_its_connections()
    {
        await using var world = await World.StartAsync();
        var certificate = World.NewCertificate();
        using var client = world.Client(Results.Acquirer(_ =>
            Results.Of(new X509Certificate2(certificate), expires: DateTimeOffset.UtcNow.AddMinutes(1))));

        await client.GetStringAsync(World.Api);
        await client.GetStringAsync(World.Api);

        Assert.Equal(1, world.Resource.Server.Handshakes);
    }

    [Fact]
    public async Task MSALs_pair_is_asked_for_once_and_then_kept()
    {
        await using var world = await World.StartAsync();
        var asked = 0;
        var certificate = World.NewCertificate();
        using var client = world.Client(Results.Acquirer(_ => { asked++; return Results.Of(certificate); }));

        for (var i = 0; i < 10; i++)
        {
            await client.GetStringAsync(World.Api);
        }

        Assert.Equal(1, asked);
        Assert.Equal(1, world.Resource.Server.Handshakes);
    }

    [Fact]
    public async Task Real_MSAL_rotates_under_traffic_without_a_mismatch()
    {
        await using var world = await World.StartAsync();
        world.Resource.Remembers = false;
        world.Sts.ExpiresIn = 301; // MSAL takes a token for expired five minutes before it is
        var certificates = Enumerable.Range(0, 4).Select(index => World.NewCertificate($"msal {index}")).ToArray();
        var watch = Stopwatch.StartNew();
        using var client = world.Client(world.App(() => certificates[watch.ElapsedMilliseconds / 50 % certificates.Length]));

        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
        {
            while (watch.ElapsedMilliseconds < 2500)
            {
                await client.GetStringAsync(World.Api);
            }
        })));

        Assert.Equal(0, world.Resource.Mismatches);
        Assert.NotEmpty(world.Sts.Seen.Skip(1));
    }
}
