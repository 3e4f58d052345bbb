using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using MtlsPop.StandIns;
using OpenTelemetry.Metrics;

namespace MtlsPop.HostingTests;

/// <summary>What hosts share over one cache, and what they never do.</summary>
public class SharedCacheTests
{
    private static readonly MtlsPopTokenRequest _request = new(World.Scope);

    [Fact]
    public async Task A_token_that_one_host_acquired_is_found_by_another_with_the_same_certificate()
    {
        await using var world = await World.StartAsync();
        var (cache, certificate) = (new Recording(), World.Issuer.IssueClient("orders"));
        using var first = await StartAsync(world, cache, certificate);
        using var second = await StartAsync(world, cache, certificate);

        var acquired = await AcquireAsync(first);
        var shared = await AcquireAsync(second);

        Assert.Equal(acquired.AccessToken, shared.AccessToken);
        Assert.Equal((acquired.ExpiresOn, acquired.RefreshOn), (shared.ExpiresOn, shared.RefreshOn));
        Assert.Single(world.Sts.Seen);
    }

    [Fact]
    public async Task A_host_with_another_certificate_finds_nothing()
    {
        await using var world = await World.StartAsync();
        var cache = new Recording();
        using var first = await StartAsync(world, cache, World.Issuer.IssueClient("orders"));
        using var second = await StartAsync(world, cache, World.Issuer.IssueClient("orders"));

        await AcquireAsync(first);
        var token = await AcquireAsync(second);

        Assert.Equal(BoundJwt.HashOf(token.BindingCertificate), BoundJwt.Parse(token.AccessToken).CertificateSha256);
        Assert.Equal(2, world.Sts.Seen.Count);
    }

    [Fact]
    public async Task A_token_of_another_certificate_under_the_right_key_is_not_used()
    {
        await using var world = await World.StartAsync();
        var (cache, certificate) = (new Recording(), World.Issuer.IssueClient("orders"));
        using var first = await StartAsync(world, cache, certificate);
        await AcquireAsync(first);
        var key = Assert.Single(cache.Entries.Keys);
        using (var stranger = await StartAsync(world, cache, World.Issuer.IssueClient("orders")))
        {
            await AcquireAsync(stranger);
        }

        cache.Entries[key] = cache.Entries.Single(entry => entry.Key != key).Value;
        using var second = await StartAsync(world, cache, certificate);
        var token = await AcquireAsync(second);

        Assert.Equal(BoundJwt.HashOf(certificate), BoundJwt.Parse(token.AccessToken).CertificateSha256);
        Assert.Equal(3, world.Sts.Seen.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("rubbish")]
    [InlineData("rubbish that is long enough to be taken for a token, with room for a version, a hash and two points in time")]
    public async Task Rubbish_in_the_cache_is_passed_over(string rubbish)
    {
        await using var world = await World.StartAsync();
        var (cache, certificate) = (new Recording(), World.Issuer.IssueClient("orders"));
        using var first = await StartAsync(world, cache, certificate);
        await AcquireAsync(first);
        cache.Entries[cache.Entries.Keys.Single()] = Encoding.UTF8.GetBytes(rubbish);

        using var second = await StartAsync(world, cache, certificate);
        await AcquireAsync(second);

        Assert.Equal(2, world.Sts.Seen.Count);
        Assert.Empty(world.Log.All);
    }

    [Fact]
    public async Task Scopes_tenants_and_applications_are_kept_apart()
    {
        await using var world = await World.StartAsync();
        var (cache, certificate) = (new Recording(), World.Issuer.IssueClient("orders"));
        using var host = await StartAsync(world, cache, certificate);
        using var other = await StartAsync(world, cache, certificate, ("ClientId", "other"));

        await AcquireAsync(host);
        await AcquireAsync(host, _request with { TenantId = "fabrikam" });
        await AcquireAsync(host, new("https://graph.microsoft.com/.default"));
        await AcquireAsync(other);

        Assert.Equal(4, world.Sts.Seen.Count);
        Assert.Equal(4, cache.Entries.Count);
    }

    [Fact]
    public async Task Claims_and_forced_refreshes_pass_the_cache_by_and_leave_their_token_there()
    {
        await using var world = await World.StartAsync();
        var (cache, certificate) = (new Recording(), World.Issuer.IssueClient("orders"));
        using var first = await StartAsync(world, cache, certificate);
        using var second = await StartAsync(world, cache, certificate);
        await AcquireAsync(first);

        var claimed = await AcquireAsync(first, _request with { Claims = """{"access_token":{"nbf":{"essential":true}}}""" });
        var shared = await AcquireAsync(second);

        Assert.Equal(2, world.Sts.Seen.Count);
        Assert.Equal(claimed.AccessToken, shared.AccessToken);
    }

    [Fact]
    public async Task Keys_tell_nothing_and_values_hold_no_certificate_and_no_key()
    {
        await using var world = await World.StartAsync();
        var (cache, certificate) = (new Recording(), World.Issuer.IssueClient("orders"));
        using var host = await StartAsync(world, cache, certificate);

        await AcquireAsync(host);

        var (key, value) = Assert.Single(cache.Entries);
        Assert.Matches("^mtlspop:1:[0-9A-F]{64}$", key);
        Assert.Equal(-1, value.AsSpan().IndexOf(certificate.RawData.AsSpan(0, 64)));
        Assert.Equal(-1, value.AsSpan().IndexOf(certificate.GetECDsaPrivateKey()!.ExportParameters(true).D));
        Assert.InRange(value.Length, 1, 1024);
    }

    [Fact]
    public async Task Encrypted_tokens_are_found_by_hosts_that_share_the_keys_and_by_no_other()
    {
        await using var world = await World.StartAsync();
        var (cache, certificate) = (new Recording(), World.Issuer.IssueClient("orders"));
        var keys = new EphemeralDataProtectionProvider();
        using var first = await StartAsync(world, cache, certificate, keys);
        using var second = await StartAsync(world, cache, certificate, keys);
        using var stranger = await StartAsync(world, cache, certificate, new EphemeralDataProtectionProvider());

        var token = await AcquireAsync(first);
        await AcquireAsync(second);
        Assert.Single(world.Sts.Seen);
        Assert.Equal(-1, cache.Entries.Values.Single().AsSpan().IndexOf(Encoding.UTF8.GetBytes(token.AccessToken)));

        await AcquireAsync(stranger);
        Assert.Equal(2, world.Sts.Seen.Count);
    }

    [Fact]
    public async Task Encryption_without_data_protection_stops_the_program_at_start()
    {
        await using var world = await World.StartAsync();

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(
            () => StartAsync(world, new Recording(), World.Issuer.IssueClient("orders"), ("SharedCache:Encrypt", "true")));

        Assert.Contains("AddDataProtection", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cache_that_is_down_costs_one_line_and_no_request_and_gets_the_token_when_it_is_back()
    {
        await using var world = await World.StartAsync();
        var (cache, certificate) = (new Recording { IsDown = true }, World.Issuer.IssueClient("orders"));
        using var first = await StartAsync(world, cache, certificate);
        using var second = await StartAsync(world, cache, certificate);

        for (var i = 0; i < 20; i++)
        {
            await AcquireAsync(first);
        }

        Assert.Single(world.Sts.Seen);
        Assert.StartsWith("Warning: Acquirer '': the shared token cache does not answer", Assert.Single(world.Log.All), StringComparison.Ordinal);

        cache.IsDown = false;
        world.Clock.Advance(TimeSpan.FromSeconds(6));
        await AcquireAsync(first);
        await AcquireAsync(second);

        Assert.Single(world.Sts.Seen);
        Assert.Contains("answers again", world.Log.All.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cache_that_is_down_is_not_asked_again_at_once()
    {
        await using var world = await World.StartAsync();
        var cache = new Recording { IsDown = true };
        using var host = await StartAsync(world, cache, World.Issuer.IssueClient("orders"));

        for (var i = 0; i < 20; i++)
        {
            await AcquireAsync(host, new($"https://{i}.contoso.com/.default"));
        }

        Assert.Equal(1, cache.Calls);
    }

    [Fact]
    public async Task A_cache_that_hangs_is_given_up_after_its_time()
    {
        await using var world = await World.StartAsync();
        var cache = new Recording { Hangs = true };
        using var host = await StartAsync(world, cache, World.Issuer.IssueClient("orders"), ("SharedCache:Timeout", "00:00:00.05"));

        await AcquireAsync(host);

        Assert.Contains("TimeoutException", Assert.Single(world.Log.All), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_service_that_is_down_leaves_a_token_that_is_due_for_renewal_in_use()
    {
        await using var world = await World.StartAsync();
        world.Sts.ExpiresIn = 3600;
        var (cache, certificate) = (new Recording(), World.Issuer.IssueClient("orders"));
        using var first = await StartAsync(world, cache, certificate);
        using var second = await StartAsync(world, cache, certificate);
        var token = await AcquireAsync(first);

        world.Clock.Advance(TimeSpan.FromMinutes(57)); // MSAL's own clock stays, so the second host's MSAL would ask
        world.Sts.Refuses = _ => new TokenRefusal(400, "temporarily_unavailable");
        var same = await AcquireAsync(second);

        Assert.Equal(token.AccessToken, same.AccessToken);
        Assert.Equal(2, world.Sts.Seen.Count);
    }

    [Fact]
    public async Task A_thousand_cold_callers_ask_the_cache_once_and_the_token_service_once()
    {
        await using var world = await World.StartAsync();
        var cache = new Recording();
        using var host = await StartAsync(world, cache, World.Issuer.IssueClient("orders"));

        await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => Task.Run(() => AcquireAsync(host))));

        Assert.Single(world.Sts.Seen);
        Assert.Equal(2, cache.Calls);
    }

    [Fact]
    public async Task Tokens_in_memory_are_bounded_and_those_that_went_are_found_in_the_cache()
    {
        await using var world = await World.StartAsync();
        var cache = new Recording();
        using var host = await StartAsync(world, cache, World.Issuer.IssueClient("orders"), ("SharedCache:MaxTokensInMemory", "2"));
        for (var i = 0; i < 5; i++)
        {
            await AcquireAsync(host, new($"https://{i}.contoso.com/.default"));
        }

        var calls = cache.Calls;
        await AcquireAsync(host, new("https://0.contoso.com/.default"));

        Assert.Equal(calls + 1, cache.Calls);
        Assert.Equal(5, world.Sts.Seen.Count);
    }

    [Fact]
    public async Task A_federation_shares_the_tokens_of_both_legs()
    {
        await using var world = await World.StartAsync();
        var (cache, certificate) = (new Recording(), World.Issuer.IssueClient("first"));
        var settings = new Dictionary<string, string?>
        {
            ["ClientId"] = "partner",
            ["Authority"] = World.Authority,
            ["FirstLeg:ClientId"] = "first",
            ["FirstLeg:Authority"] = World.Authority,
            ["FirstLeg:Certificate:File"] = world.Pfx(certificate),
            ["FirstLeg:Certificate:Password"] = "password",
            ["SharedCache:Enabled"] = "true",
        };
        using var first = world.Host(settings, builder => builder.Services.AddSingleton<IDistributedCache>(cache));
        using var second = world.Host(settings, builder => builder.Services.AddSingleton<IDistributedCache>(cache));

        await AcquireAsync(first);
        var token = await AcquireAsync(second);

        Assert.Equal(2, world.Sts.Seen.Count);
        Assert.Equal(BoundJwt.HashOf(certificate), BoundJwt.Parse(token.AccessToken).CertificateSha256);
    }

    [Fact]
    public async Task The_hit_rate_is_in_the_metrics()
    {
        await using var world = await World.StartAsync();
        var (cache, certificate, metrics) = (new Recording(), World.Issuer.IssueClient("orders"), new List<Metric>());
        using var first = await StartAsync(world, cache, certificate);
        await AcquireAsync(first);
        using var second = world.Host(world.Settings(certificate, ("SharedCache:Enabled", "true")), builder =>
        {
            builder.Services.AddSingleton<IDistributedCache>(cache);
            builder.Services.AddOpenTelemetry().WithMetrics(metering => metering.AddMtlsPopInstrumentation().AddInMemoryExporter(metrics));
        });
        var meters = second.Services.GetRequiredService<MeterProvider>();

        await AcquireAsync(second);
        await AcquireAsync(second);
        await AcquireAsync(second, new("https://graph.microsoft.com/.default"));
        meters.ForceFlush();

        var reads = new Dictionary<string, long>();
        foreach (ref readonly var point in metrics.Single(metric => metric.Name == "mtlspop.shared_cache.reads").GetMetricPoints())
        {
            foreach (var tag in point.Tags)
            {
                if (tag.Key == "mtlspop.result")
                {
                    reads[(string)tag.Value!] = point.GetSumLong();
                }
            }
        }

        Assert.Equal(new() { ["hit"] = 1, ["memory"] = 1, ["miss"] = 1 }, reads);
    }

    private static Task<IHost> StartAsync(World world, IDistributedCache cache, X509Certificate2 certificate, params (string, string?)[] more) =>
        StartAsync(world, cache, certificate, null, more);

    private static async Task<IHost> StartAsync(
        World world, IDistributedCache cache, X509Certificate2 certificate, IDataProtectionProvider? keys, params (string, string?)[] more)
    {
        var host = world.Host(
            world.Settings(certificate, [("SharedCache:Enabled", "true"), ("SharedCache:Encrypt", keys is null ? "false" : "true"), .. more]),
            builder =>
            {
                builder.Services.AddSingleton(cache);
                if (keys is not null)
                {
                    builder.Services.AddSingleton(keys);
                }
            });
        await host.StartAsync();
        return host;
    }

    private static Task<MtlsPopToken> AcquireAsync(IHost host, MtlsPopTokenRequest? request = null) =>
        host.Services.GetRequiredService<IMtlsPopTokenAcquirer>().AcquireAsync(request ?? _request).AsTask();

    /// <summary>A distributed cache in memory that can be looked into, and that can fail.</summary>
    private sealed class Recording : IDistributedCache
    {
        private int _calls;

        public System.Collections.Concurrent.ConcurrentDictionary<string, byte[]> Entries { get; } = new();

        public int Calls => _calls;

        public bool IsDown { get; set; }

        public bool Hangs { get; set; }

        public async Task<byte[]?> GetAsync(string key, CancellationToken token = default)
        {
            await AnswerAsync();
            return Entries.GetValueOrDefault(key);
        }

        public async Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
        {
            await AnswerAsync();
            Entries[key] = value;
        }

        public byte[]? Get(string key) => throw new NotSupportedException();

        public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => throw new NotSupportedException();

        public void Refresh(string key) => throw new NotSupportedException();

        public Task RefreshAsync(string key, CancellationToken token = default) => throw new NotSupportedException();

        public void Remove(string key) => throw new NotSupportedException();

        public Task RemoveAsync(string key, CancellationToken token = default) => throw new NotSupportedException();

        private async Task AnswerAsync()
        {
            Interlocked.Increment(ref _calls);
            await Task.Yield();
            if (Hangs)
            {
                await Task.Delay(Timeout.Infinite);
            }

            if (IsDown)
            {
                throw new IOException("down");
            }
        }
    }
}
