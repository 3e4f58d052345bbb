using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Garnet;

namespace MtlsPop.HostingTests.Replicas;

/// <summary>A server of Redis' protocol in this process, so that the tests need nothing installed.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private GarnetServer? _server;

    private RedisServer(int port) => Port = port;

    public int Port { get; }

    public static async Task<RedisServer> StartAsync()
    {
        var server = new RedisServer(FreePort());
        await server.StartAgainAsync();
        return server;
    }

    public Task StartAgainAsync()
    {
        _server = new GarnetServer(
            ["--port", Port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--memory", "64m", "--index", "1m", "--lua"]);
        _server.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync()
    {
        _server?.Dispose();
        _server = null;
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
