using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Identity.Client;
using MtlsPop.StandIns;

namespace MtlsPop.Tests.Sending;

public class ChallengeTests
{
    private const string Claims = """{"access_token":{"nbf":{"essential":true,"value":"1"}}}""";

    private static readonly string _encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(Claims));
    private static readonly string _bound = $"mtls_pop error=\"insufficient_claims\", claims=\"{_encoded}\"";

    [Theory]
    [InlineData("Bearer realm=\"\", error=\"insufficient_claims\", claims=\"{0}\"")]
    [InlineData("mtls_pop error=\"insufficient_claims\", claims=\"{0}\"")]
    [InlineData("mtls_pop realm=\"x\"|Bearer error=\"insufficient_claims\", claims=\"{0}\"")]
    [InlineData("Basic realm=\"x\"|mtls_pop error=\"insufficient_claims\", claims=\"{0}\"")]
    [InlineData("Basic realm=\"a, Bearer claims=b\", MTLS_POP  claims = \"{0}\" , realm=\"a\\\"b\"")]
    [InlineData("Negotiate YWJj/ZGVm==, Bearer error=\"insufficient_claims\", claims=\"{0}\"")]
    [InlineData("Bearer realm=\"x\"|Bearer error=\"insufficient_claims\", claims=\"{0}\"")]
    [InlineData("Bearer realm=\"a\", realm=\"b\"|Bearer error=\"insufficient_claims\", claims=\"{0}\"")]
    [InlineData("mtls_pop claims=\"%%%\"|Bearer error=\"invalid_token\", claims=\"{0}\"")]
    [InlineData("mtls_pop error=insufficient_claims, claims={0}")]
    public async Task A_claims_challenge_is_answered_with_a_token_for_the_claims(string challenges)
    {
        await using var world = await World.StartAsync();
        world.Resource.Intercepts = Demand(string.Format(CultureInfo.InvariantCulture, challenges, _encoded));
        using var client = world.Client();

        using var response = await client.GetAsync(World.Api);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal([null, Claims], world.Sts.Seen.Select(request => request.Claims));
        Assert.Equal(2, world.Resource.Seen.Count);
        Assert.Equal(0, world.Resource.Mismatches);
    }

    [Theory]
    [InlineData("""{"b":">>>???"}""")]
    [InlineData("""{"b":"unpadded"}""")]
    [InlineData("""{"b":"ünïcödé"}""")]
    public async Task Claims_may_be_written_in_either_alphabet_of_Base64_with_or_without_padding(string claims)
    {
        var base64 = Convert.ToBase64String(Encoding.UTF8.GetBytes(claims));
        foreach (var encoded in new[] { base64, base64.TrimEnd('='), base64.TrimEnd('=').Replace('+', '-').Replace('/', '_') })
        {
            await using var world = await World.StartAsync();
            world.Resource.Intercepts = Demand($"mtls_pop error=\"insufficient_claims\", claims=\"{encoded}\"");
            using var client = world.Client();

            using var response = await client.GetAsync(World.Api);

            Assert.Equal([null, claims], world.Sts.Seen.Select(request => request.Claims));
        }
    }

    public static TheoryData<string> Senseless =>
    [
        "mtls_pop error=\"insufficient_claims\", claims=\"%%%\"",
        "mtls_pop error=\"insufficient_claims\", claims=\"bm90IGpzb24=\"",
        "mtls_pop error=\"insufficient_claims\", claims=\"WzFd\"",
        "mtls_pop error=\"insufficient_claims\", claims=\"/////w==\"",
        $"mtls_pop error=\"insufficient_claims\", claims=\"{_encoded}",
        $"mtls_pop error=\"insufficient_claims\", claims=\"{_encoded}\", claims=\"{_encoded}\"",
        $"Bearer error=\"insufficient_claims\", error=\"again\", claims=\"{_encoded}\"",
        $"Digest claims=\"{_encoded}\"",
        "mtls_pop error=\"invalid_token\"",
        "Bearer realm=\"a\", realm=\"b\"",
        "Bearer " + string.Join(" ", Enumerable.Repeat("a=b", 3700)),
        "complete nonsense",
        ",,,=\"\\",
        "",
    ];

    [Theory]
    [MemberData(nameof(Senseless))]
    public async Task A_challenge_that_makes_no_sense_is_handed_to_the_caller_and_leaves_no_connection_behind(string challenge)
    {
        await using var world = await World.StartAsync();
        world.Resource.Intercepts = async (context, _) =>
        {
            await Challenge(context, challenge, when: true);
            await context.Response.WriteAsync(new string('x', 64 * 1024));
            return true;
        };
        using var client = world.Client(configure: options => options.Transport.MaxConnectionsPerServer = 2);

        for (var i = 0; i < 5; i++)
        {
            using var response = await client.GetAsync(World.Api);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
            Assert.Equal(challenge.Split(' ')[0], $"{response.Headers.NonValidated.GetValueOrDefault("WWW-Authenticate")}".Split(' ')[0]);
        }

        world.Resource.Intercepts = static (_, _) => Task.FromResult(false);
        Assert.StartsWith("bound", await client.GetStringAsync(World.Api), StringComparison.Ordinal);
        Assert.Single(world.Sts.Seen);
    }

    [Fact]
    public async Task A_huge_challenge_is_handed_to_the_caller()
    {
        await using var world = await World.StartAsync();
        var huge = Convert.ToBase64String(Encoding.UTF8.GetBytes($$"""{"a":"{{new string('x', 20_000)}}"}"""));
        world.Resource.Intercepts = Demand($"mtls_pop error=\"insufficient_claims\", claims=\"{huge}\"");
        using var client = world.Client();

        using var response = await client.GetAsync(World.Api);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Single(world.Sts.Seen);
    }

    [Fact]
    public async Task The_second_challenge_is_handed_to_the_caller()
    {
        await using var world = await World.StartAsync();
        world.Resource.Intercepts = Demand(_bound, times: int.MaxValue);
        using var client = world.Client();

        using var response = await client.GetAsync(World.Api);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal(2, world.Resource.Seen.Count);
        Assert.Equal(2, world.Sts.Seen.Count);
    }

    [Fact]
    public async Task Challenges_are_left_to_the_caller_where_that_is_asked_for()
    {
        await using var world = await World.StartAsync();
        world.Resource.Intercepts = Demand(_bound);
        using var client = world.Client(configure: options => options.Retry.HandleClaimsChallenge = false);

        using var response = await client.GetAsync(World.Api);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Single(world.Sts.Seen);
    }

    [Fact]
    public async Task The_answer_travels_under_its_own_certificate_if_that_has_changed()
    {
        await using var world = await World.StartAsync();
        var certificate = World.NewCertificate();
        var first = BoundJwt.HashOf(certificate);
        using var client = world.Client(world.App(() => certificate));
        world.Resource.Intercepts = Demand(_bound, before: () => certificate = World.NewCertificate());

        using var response = await client.GetAsync(World.Api);

        Assert.Equal([first, BoundJwt.HashOf(certificate)], world.Resource.Seen.Select(request => request.CertificateSha256));
        Assert.Equal(0, world.Resource.Mismatches);
    }

    [Fact]
    public async Task The_claims_reach_the_first_leg_of_a_federation()
    {
        await using var world = await World.StartAsync();
        world.Resource.Intercepts = Demand(_bound);
        var app = ConfidentialClientApplicationBuilder.Create("leg2").WithAuthority(World.TenantAuthority).WithHttpClientFactory(world.Http)
            .WithBoundClientAssertion(world.App()).Build();
        using var client = world.Client(app);

        using var response = await client.GetAsync(World.Api);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal([null, null, Claims, Claims], world.Sts.Seen.Select(request => request.Claims));
    }

    [Fact]
    public async Task A_body_in_memory_is_sent_again_if_it_is_no_larger_than_the_limit()
    {
        await using var world = await World.StartAsync();
        world.Resource.Intercepts = Demand(_bound);
        using var client = world.Client(configure: options => options.Retry.MaxReplayContentBytes = "hello".Length);

        using var response = await client.PostAsync(World.Api, new StringContent("hello"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(["hello", "hello"], world.Resource.Seen.Select(request => request.Body));
    }

    [Fact]
    public async Task Parts_in_memory_are_sent_again()
    {
        await using var world = await World.StartAsync();
        world.Resource.Intercepts = Demand(_bound);
        using var client = world.Client();

        using var response = await client.PostAsync(World.Api, new MultipartContent { new StringContent("hello"), new ByteArrayContent([1]) });

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Buffered_JSON_is_sent_again()
    {
        await using var world = await World.StartAsync();
        world.Resource.Intercepts = Demand(_bound);
        using var client = world.Client();
        using var content = JsonContent.Create(1);
        await content.LoadIntoBufferAsync();

        using var response = await client.PostAsync(World.Api, content);

        Assert.Equal(["1", "1"], world.Resource.Seen.Select(request => request.Body));
    }

    public static TheoryData<string, Func<HttpContent>> Unrepeatable => new()
    {
        { "large", () => new ByteArrayContent(new byte[1025]) },
        { "a stream", () => new StreamContent(new MemoryStream([1])) },
        { "a stream among parts", () => new MultipartContent { new StringContent("hello"), new StreamContent(new MemoryStream([1])) } },
        { "JSON that is written as it is sent", () => JsonContent.Create(1) },
    };

    [Theory]
    [MemberData(nameof(Unrepeatable))]
    public async Task Any_other_body_is_sent_once_and_the_next_request_carries_the_claims(string what, Func<HttpContent> content)
    {
        await using var world = await World.StartAsync();
        world.Resource.Intercepts = Demand(_bound);
        using var client = world.Client(configure: options => options.Retry.MaxReplayContentBytes = 1024);

        using var refused = await client.PostAsync(World.Api, content());
        using var accepted = await client.PostAsync(World.Api, content());

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal(HttpStatusCode.OK, accepted.StatusCode);
        Assert.Equal([null, Claims], world.Resource.Seen.Select(request => request.Token!.Claims));
        Assert.NotEmpty(what);
    }

    [Fact]
    public async Task A_hundred_challenged_requests_acquire_one_token()
    {
        await using var world = await World.StartAsync();
        world.Resource.Intercepts = (context, request) => Challenge(context, _bound, when: request.Token!.Claims is null);
        using var client = world.Client();

        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => client.GetStringAsync(World.Api)));

        Assert.Equal(2, world.Sts.Seen.Count);
    }

    [Theory]
    [InlineData("Bearer", MtlsPopError.TokenTypeMismatch)]
    [InlineData("mtls_pop", MtlsPopError.BindingCertificateMissing)]
    public async Task An_answer_that_is_not_bound_is_not_sent(string tokenType, MtlsPopError expected)
    {
        await using var world = await World.StartAsync();
        world.Resource.Intercepts = Demand(_bound);
        using var client = world.Client(Results.Acquirer(request => request.Claims is null
            ? Results.Of(World.NewCertificate())
            : Results.Of(tokenType == "Bearer" ? World.NewCertificate() : null, tokenType)));

        var exception = await Assert.ThrowsAsync<MtlsPopException>(() => client.GetAsync(World.Api));

        Assert.Equal(expected, exception.Error);
        Assert.Single(world.Resource.Seen);
    }

    [Fact]
    public async Task Claims_that_the_token_service_refuses_are_its_error()
    {
        await using var world = await World.StartAsync();
        world.Resource.Intercepts = Demand(_bound);
        world.Sts.Refuses = request => request.Claims is null ? null : new TokenRefusal(400, "interaction_required");
        using var client = world.Client();

        await Assert.ThrowsAnyAsync<MsalServiceException>(() => client.GetAsync(World.Api));
    }

    private static Func<HttpContext, ResourceRequestSeen, Task<bool>> Demand(string challenges, int times = 1, Action? before = null) => (context, _) =>
    {
        if (times-- <= 0)
        {
            return Task.FromResult(false);
        }

        before?.Invoke();
        return Challenge(context, challenges, when: true);
    };

    private static Task<bool> Challenge(HttpContext context, string challenges, bool when)
    {
        if (when)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            context.Response.Headers.WWWAuthenticate = challenges.Split('|');
        }

        return Task.FromResult(when);
    }

    [Fact]
    public async Task Requests_that_are_challenged_for_different_claims_at_once_each_get_their_own()
    {
        await using var world = await World.StartAsync();
        var (seen, allChallenged) = (0, new TaskCompletionSource());
        world.Sts.Delay = request => request.Form.ContainsKey("claims") ? allChallenged.Task : Task.CompletedTask;
        world.Resource.Intercepts = (context, request) =>
        {
            if (Interlocked.Increment(ref seen) == 40)
            {
                allChallenged.SetResult();
            }

            var claims = $$"""{"path":"{{request.Path}}"}""";
            return Challenge(context, $"mtls_pop claims=\"{Convert.ToBase64String(Encoding.UTF8.GetBytes(claims))}\"", when: request.Token!.Claims != claims);
        };
        using var client = world.Client();

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => client.GetAsync($"https://{World.ApiHost}/{i % 4}")));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(5, world.Sts.Seen.Count);
    }

    [Fact]
    public async Task A_server_that_is_never_content_costs_one_token_request_in_half_a_minute()
    {
        await using var world = await World.StartAsync();
        world.Resource.Intercepts = Demand(_bound, times: int.MaxValue);
        var clock = new ManualClock();
        var asked = new List<string?>();
        using var client = World.Client(
            world.Owner(Results.Acquirer(request => { asked.Add(request.Claims); return Results.Of(World.NewCertificate()); }), clock));

        for (var i = 0; i < 20; i++)
        {
            using var response = await client.GetAsync(World.Api);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        }

        Assert.Equal([null, Claims], asked);
        clock.Advance(TimeSpan.FromSeconds(31));
        using var later = await client.GetAsync(World.Api);
        Assert.Equal([null, Claims, Claims], asked);
    }
}
