using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace MtlsPop.Tests.Sending;

public class CancellationTests
{
    [Fact]
    public Task Acquiring_can_be_cancelled() => AssertCancelsAsync((world, reached) =>
        world.Sts.Delay = _ => { reached.TrySetResult(); return Task.Delay(Timeout.Infinite, TestContext.Current.CancellationToken); });

    [Fact]
    public async Task Connecting_can_be_cancelled()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await AssertCancelsAsync((world, reached) =>
        {
            world.Network.Add(World.ApiHost, ((IPEndPoint)silent.LocalEndpoint).Port);
            _ = silent.AcceptSocketAsync().ContinueWith(_ => reached.TrySetResult(), TaskScheduler.Default);
        });
    }

    [Fact]
    public Task Waiting_for_headers_can_be_cancelled() => AssertCancelsAsync((world, reached) =>
        world.Resource.Intercepts = async (context, _) =>
        {
            reached.TrySetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
            return true;
        });

    [Fact]
    public Task Reading_the_body_can_be_cancelled() => AssertCancelsAsync((world, reached) =>
        world.Resource.Intercepts = async (context, _) =>
        {
            await context.Response.WriteAsync("begun");
            await context.Response.Body.FlushAsync();
            reached.TrySetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
            return true;
        });

    private static async Task AssertCancelsAsync(Action<World, TaskCompletionSource> arrange)
    {
        await using var world = await World.StartAsync();
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        arrange(world, reached);
        var owner = world.Owner();
        using var client = World.Client(owner);
        using var cancellation = new CancellationTokenSource();

        var request = client.GetStringAsync(World.Api, cancellation.Token);
        await reached.Task;
        await cancellation.CancelAsync();

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
        Assert.Equal(cancellation.Token, exception.CancellationToken);
    }
}
