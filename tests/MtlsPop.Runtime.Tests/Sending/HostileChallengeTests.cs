using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace MtlsPop.Tests.Sending;

public class HostileChallengeTests
{
    /// <summary>How many challenges are sent: 1,000 unless it is set. 100,000 take half a minute.</summary>
    private const string HowMany = "MTLSPOP_HOSTILE_CHALLENGES";

    private static readonly string[] _pieces =
    [
        "Bearer", "mtls_pop", "MTLS_POP", "Basic", "Negotiate", "YWJj==", " ", "  ", "\t", ",", ", ", ",,", "=", " = ", "==", "\"", "\\",
        "\\\"", "\"\"", ";", "%", "{0}",
        "realm=", "error=", "claims=", "CLAIMS=", "claims =", "error=\"insufficient_claims\"", "claims=\"", "claims=\"{0}\"", "claims={0}",
        "claims=\"e30=\"", "claims=\"W10=\"",
        "claims=\"////\"", "claims=\"e\"", "a=b", "a", "<script>", "x5t#S256", new string('=', 300), new string('"', 301),
        new string('a', 2000), new string(',', 500),
    ];

    [Fact]
    public async Task Whatever_a_server_demands_its_answers_reach_the_caller_and_free_their_connections()
    {
        await using var world = await World.StartAsync();
        var claims = Convert.ToBase64String(Encoding.UTF8.GetBytes("""{"access_token":{"nbf":{"essential":true}}}"""));
        var random = new Random(13);
        StringValues demand = default;
        world.Resource.Intercepts = async (context, _) =>
        {
            context.Response.StatusCode = 401;
            context.Response.Headers.WWWAuthenticate = demand;
            await context.Response.WriteAsync("a body that the caller never reads");
            return true;
        };
        using var client = world.Client(configure: options => options.Transport.MaxConnectionsPerServer = 2);

        var count = int.Parse(Environment.GetEnvironmentVariable(HowMany) ?? "1000", CultureInfo.InvariantCulture);
        for (var i = 0; i < count; i++)
        {
            demand = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Challenge(random).Replace("{0}", claims, StringComparison.Ordinal)).ToArray();
            using var response = await client.GetAsync(World.Api, HttpCompletionOption.ResponseHeadersRead);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        }

        world.Resource.Intercepts = static (_, _) => Task.FromResult(false);
        Assert.StartsWith("bound", await client.GetStringAsync(World.Api), StringComparison.Ordinal);
        Assert.InRange(world.Resource.Server.Handshakes, 1, 2);
        Assert.Equal(0, world.Resource.Mismatches);
    }

    private static string Challenge(Random random) => string.Concat(random.GetItems(_pieces, random.Next(0, 24)));
}
