using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace MtlsPop.HostingTests.Replicas;

/// <summary>Two processes over one Redis.</summary>
public class ReplicaTests
{
    [Fact]
    public async Task The_second_replica_asks_nothing_of_the_token_service()
    {
        await using var world = await World.StartAsync();
        await using var redis = await RedisServer.StartAsync();
        var certificate = World.Issuer.IssueClient("orders");
        await using var first = await Replica.StartAsync(Settings(world, redis, "first", certificate));
        await using var second = await Replica.StartAsync(Settings(world, redis, "second", certificate));

        Assert.Equal("IdentityProvider True", await first.AskAsync("acquire"));
        Assert.Equal("Cache True", await second.AskAsync("acquire"));
        Assert.Equal("[]", await second.AskAsync("send 100"));

        Assert.Single(world.Sts.Seen);
        Assert.Equal(0, world.Resource.Mismatches);
    }

    [Fact]
    public async Task A_replica_with_another_certificate_asks_anew()
    {
        await using var world = await World.StartAsync();
        await using var redis = await RedisServer.StartAsync();
        await using var first = await Replica.StartAsync(Settings(world, redis, "first", World.Issuer.IssueClient("orders")));
        await using var second = await Replica.StartAsync(Settings(world, redis, "second", World.Issuer.IssueClient("orders")));

        Assert.Equal("IdentityProvider True", await first.AskAsync("acquire"));
        Assert.Equal("IdentityProvider True", await second.AskAsync("acquire"));

        Assert.Equal(2, world.Sts.Seen.Count);
    }

    [Fact]
    public async Task While_both_rotate_no_request_carries_the_token_of_one_certificate_over_another()
    {
        const int Each = 2500;
        await using var world = await World.StartAsync();
        await using var redis = await RedisServer.StartAsync();
        world.Resource.Remembers = false;
        var certificates = Enumerable.Range(0, 4).Select(index => World.Issuer.IssueClient($"rotation {index}")).ToArray();
        await using var first = await Replica.StartAsync(Settings(world, redis, "first", certificates[0]));
        await using var second = await Replica.StartAsync(Settings(world, redis, "second", certificates[1]));
        var presented = new HashSet<string>();
        world.Resource.Server.Trusts = certificate => { lock (presented) { return presented.Add(certificate.Thumbprint) || true; } };

        var sending = Task.WhenAll(first.AskAsync($"send {Each}"), second.AskAsync($"send {Each}"));
        for (var turn = 0; !sending.IsCompleted; turn++)
        {
            Put(world, "first", certificates[turn % certificates.Length]);
            Put(world, "second", certificates[(turn + 1) % certificates.Length]);
            await Task.WhenAny(sending, Task.Delay(20));
        }

        Assert.Equal(["[]", "[]"], await sending);
        Assert.Equal(0, world.Resource.Mismatches);
        Assert.InRange(presented.Count, 2, certificates.Length);
        Assert.InRange(world.Sts.Seen.Count, presented.Count, presented.Count * 4); // both may miss the same one at once, also when it changes as they ask
    }

    [Fact]
    public async Task When_Redis_stops_requests_go_on_and_it_is_used_again_when_it_is_back()
    {
        await using var world = await World.StartAsync();
        await using var redis = await RedisServer.StartAsync();
        var (certificate, renewed) = (World.Issuer.IssueClient("orders"), World.Issuer.IssueClient("orders"));
        await using var first = await Replica.StartAsync(Settings(world, redis, "first", certificate));
        await using var second = await Replica.StartAsync(Settings(world, redis, "second", renewed));
        Assert.Equal("[]", await first.AskAsync("send 50"));

        await redis.StopAsync();
        Put(world, "first", renewed);
        await first.AskAsync("wait 1");
        Assert.Equal("[]", await first.AskAsync("send 50"));
        Assert.Single(await first.LogAsync(), line => line.StartsWith("Warning", StringComparison.Ordinal));
        Assert.Equal(2, world.Sts.Seen.Count);

        await redis.StartAgainAsync();
        await AnswersAgainAsync(first);
        Assert.Equal("Cache True", await second.AskAsync("acquire"));

        Assert.Equal(2, world.Sts.Seen.Count);
        Assert.Equal(0, world.Resource.Mismatches);
        Assert.Single(await first.LogAsync(), line => line.StartsWith("Warning", StringComparison.Ordinal));
    }

    // The Redis client takes its own time to connect again.
    private static async Task AnswersAgainAsync(Replica replica)
    {
        for (var attempt = 0; attempt < 60 && !(await replica.LogAsync()).Any(line => line.Contains("answers again", StringComparison.Ordinal)); attempt++)
        {
            await replica.AskAsync("wait 6");
            Assert.Equal("[]", await replica.AskAsync("send 1"));
            await Task.Delay(250);
        }

        Assert.Contains(await replica.LogAsync(), line => line.Contains("answers again", StringComparison.Ordinal));
    }

    private static string Settings(World world, RedisServer redis, string name, X509Certificate2 certificate) =>
        world.Write($"{name}.json", JsonSerializer.Serialize(new
        {
            Root = World.Issuer.Certificate.ExportCertificatePem(),
            Redis = $"127.0.0.1:{redis.Port},abortConnect=false,connectTimeout=1000,syncTimeout=1000,asyncTimeout=1000",
            Ports = world.Network.Ports.Select(port => new { Host = port.Key, Port = port.Value }),
            MtlsPop = new
            {
                ClientId = "orders",
                World.Authority,
                Certificate = new { File = world.Pfx(certificate, name), Password = "password", ReloadInterval = "00:00:00.01" },
                SharedCache = new { Enabled = true },
            },
        }));

    // At once and whole: a replica may be reading.
    private static void Put(World world, string name, X509Certificate2 certificate)
    {
        var next = world.Pfx(certificate, $"{name}.next");
        File.Move(next, Path.Combine(Path.GetDirectoryName(next)!, $"{name}.pfx"), overwrite: true);
    }
}
