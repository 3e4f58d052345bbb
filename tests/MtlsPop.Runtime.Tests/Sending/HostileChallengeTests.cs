using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using MtlsPop.StandIns;

namespace MtlsPop.Tests.Sending;

public class HostileChallengeTests
{
    /// <summary>How many challenges are sent: 1,000 unless it is set. 100,000 take half a minute.</summary>
    private const string HowMany = "MTLSPOP_HOSTILE_CHALLENGES";

    [Fact]
    public async Task Whatever_a_server_demands_its_answers_reach_the_caller_and_free_their_connections()
    {
        await using var world = await World.StartAsync();
        world.Resource.Remembers = false;
        var challenges = new HostileChallenges(13);
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
            demand = challenges.Next();
            using var response = await client.GetAsync(World.Api, HttpCompletionOption.ResponseHeadersRead);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        }

        world.Resource.Intercepts = static (_, _) => Task.FromResult(false);
        Assert.StartsWith("bound", await client.GetStringAsync(World.Api), StringComparison.Ordinal);
        Assert.InRange(world.Resource.Server.Handshakes, 1, 2);
        Assert.Equal(0, world.Resource.Mismatches);
    }
}
