using MtlsPop.StandIns;

namespace MtlsPop.Tests.Sending;

public class FlowTests
{
    [Fact]
    public async Task A_client_sends_the_token_over_connections_of_the_certificate_that_it_is_bound_to()
    {
        await using var world = await World.StartAsync();
        var certificate = World.NewCertificate();
        using var client = world.Client(world.App(certificate));

        var answer = await client.GetStringAsync(World.Api, World.Cancelled);

        Assert.Equal($"bound to {BoundJwt.HashOf(certificate)}", answer);
    }
}
