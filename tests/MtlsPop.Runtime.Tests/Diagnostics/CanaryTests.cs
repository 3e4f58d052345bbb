using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;
using Microsoft.Identity.Client;
using MtlsPop.StandIns;
using MtlsPop.Tests.Sending;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace MtlsPop.Tests.Diagnostics;

/// <summary>No secret leaves the process but over the wire, whatever watches and however it writes.</summary>
public class CanaryTests
{
    private const string Claims = """{"canary-claim":{}}""";

    private static readonly string _encodedClaims = Convert.ToBase64String(Encoding.UTF8.GetBytes(Claims));

    [Fact]
    public async Task Nothing_that_is_reported_carries_a_token_an_assertion_claims_or_a_whole_thumbprint()
    {
        await using var world = await World.StartAsync();
        using var sinks = new Sinks();
        var certificate = World.NewCertificate();
        var app = ConfidentialClientApplicationBuilder.Create("leg2").WithAuthority(World.TenantAuthority).WithHttpClientFactory(world.Http)
            .WithBoundClientAssertion(world.App(certificate)).Build();
        var services = new ServiceCollection();
        services.AddLogging(logging => sinks.AddTo(logging.SetMinimumLevel(LogLevel.Trace)));
        services.AddHttpClient("api")
            .AddHttpMessageHandler(() => new Watching(sinks))
            .AddMtlsPop(_ => MtlsPopTokenAcquirer.Create(app), options =>
            {
                options.Scope = World.Scope;
                options.AllowedHosts.Add(World.ApiHost);
                world.Transport(options.Transport);
            })
            .AddHttpMessageHandler(() => new Watching(sinks));
        await using var provider = services.BuildServiceProvider();
        var client = provider.GetRequiredService<IHttpClientFactory>().CreateClient("api");

        // A challenge and its answer, challenges that cannot be answered or read, a refused host and a refused certificate.
        world.Resource.Intercepts = Demand($"mtls_pop error=\"insufficient_claims\", claims=\"{_encodedClaims}\"");
        using var response = await client.GetAsync(World.Api);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        foreach (var challenge in new[] { "mtls_pop error=\"x\", error=\"y\", CLAIMS = \"{0}\"", "Bearer claims={0}", "Bearer claims=\"{0}" })
        {
            world.Resource.Intercepts = Demand(challenge.Replace("{0}", _encodedClaims, StringComparison.Ordinal), always: true);
            using var refused = await client.PostAsync(World.Api, new StreamContent(new MemoryStream([1])));
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
            sinks.Add(refused);
        }

        sinks.Add(await Record.ExceptionAsync(() => client.GetAsync("https://evil.example")));
        using (new AlertingServer(world.Network))
        using (var another = world.Client(app))
        {
            sinks.Add(await Record.ExceptionAsync(() => another.GetAsync(World.Api)));
        }

        var result = await app.AcquireMtlsPopTokenAsync([World.Scope]);
        using var connections = new MtlsPopConnections();
        using var single = connections.CreateClient(result);
        sinks.Add(single.DefaultRequestHeaders);
        var token = MtlsPopToken.FromResult(result);
        sinks.Add(token);
        sinks.Add(new MtlsPopTokenRequest(World.Scope) { Claims = Claims });
        sinks.Add(new MtlsPopRequestOptions { Claims = Claims });
        result.TokenType = "Bearer";
        sinks.Add(Record.Exception(() => result.RequireBinding()));

        foreach (var (sink, text) in sinks.Written)
        {
            Assert.True(text.Contains(sink.MustContain, StringComparison.Ordinal), $"{sink.Name} captured nothing");
            foreach (var secret in new[]
            {
                Convert.ToBase64String(Encoding.UTF8.GetBytes("canary-signature")).TrimEnd('='), // the end of each token and assertion
                "canary-claim", _encodedClaims, certificate.Thumbprint, Convert.ToHexString(token.BindingSha256.Span), BoundJwt.HashOf(certificate),
            })
            {
                Assert.False(text.Contains(secret, StringComparison.OrdinalIgnoreCase), $"{sink.Name} has {secret}");
            }
        }
    }

    [Fact]
    public async Task The_claims_stay_in_the_header_where_the_caller_answers_challenges()
    {
        await using var world = await World.StartAsync();
        world.Resource.Intercepts = Demand($"mtls_pop error=\"insufficient_claims\", claims=\"{_encodedClaims}\"");
        using var client = world.Client(configure: options => options.Retry.HandleClaimsChallenge = false);

        using var response = await client.GetAsync(World.Api);

        Assert.Contains(_encodedClaims, response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_token_is_on_the_wire_and_nowhere_before_or_after()
    {
        await using var world = await World.StartAsync();
        var seen = new List<string>();
        using var client = World.Client(
            world.Owner(), new Between(request => seen.Add(request.ToString()), response => seen.Add(response.RequestMessage!.ToString())));

        using var response = await client.GetAsync(World.Api);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.All([.. seen, response.RequestMessage!.ToString()], text => Assert.Contains("Authorization: mtls_pop *", text, StringComparison.Ordinal));
    }

    private static Func<Microsoft.AspNetCore.Http.HttpContext, ResourceRequestSeen, Task<bool>> Demand(string challenge, bool always = false) =>
        (context, request) =>
        {
            var isRefused = always || request.Token!.Claims is null;
            context.Response.StatusCode = isRefused ? 401 : 200;
            context.Response.Headers.WWWAuthenticate = isRefused ? challenge : default(StringValues);
            return Task.FromResult(true);
        };

    /// <summary>A handler that dumps all it can reach.</summary>
    private sealed class Watching(Sinks sinks) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Dump(request);
            var response = await base.SendAsync(request, cancellationToken);
            sinks.Add(response);
            Dump(response.RequestMessage!);
            return response;
        }

        private void Dump(HttpRequestMessage request)
        {
            sinks.Add(request);
            sinks.Add(JsonSerializer.Serialize<object?>(request.Headers.Authorization));
            sinks.Add(JsonSerializer.Serialize(request.Headers.ToDictionary(header => header.Key, header => header.Value)));
            sinks.Add(JsonSerializer.Serialize<IDictionary<string, object?>>(request.Options));
        }
    }
}
