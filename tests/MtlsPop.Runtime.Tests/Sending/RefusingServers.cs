using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MtlsPop.StandIns;

namespace MtlsPop.Tests.Sending;

/// <summary>A server that takes part in TCP only, and answers the first bytes of TLS as a test wants.</summary>
internal abstract class RawServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private int _connections;

    public int Connections => _connections;

    protected LoopbackNetwork Network { get; }

    public void Dispose() => _listener.Dispose();

    protected RawServer(LoopbackNetwork network, string host = World.ApiHost)
    {
        Network = network;
        _listener.Start();
        network.Add(host, ((IPEndPoint)_listener.LocalEndpoint).Port);
        _ = AcceptAsync();
    }

    protected abstract Task AnswerAsync(Socket socket);

    private async Task AnswerAndCloseAsync(Socket socket)
    {
        using (socket)
        {
            await AnswerAsync(socket);
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync();
                Interlocked.Increment(ref _connections);
                _ = AnswerAndCloseAsync(socket);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // disposed
        }
    }
}

/// <summary>A proxy that opens tunnels, and notes what it was told on the way.</summary>
internal sealed class TunnellingProxy(LoopbackNetwork network) : RawServer(network, Host)
{
    public const string Host = "proxy.contoso.com";

    public ConcurrentQueue<string> Heard { get; } = new();

    public static void Configure(SocketsHttpHandler handler) => handler.Proxy = new WebProxy($"http://{Host}");

    protected override async Task AnswerAsync(Socket socket)
    {
        var buffer = new byte[4096];
        Heard.Enqueue(Encoding.ASCII.GetString(buffer, 0, await socket.ReceiveAsync(buffer)));
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await server.ConnectAsync(IPAddress.Loopback, Network.Ports[World.ApiHost]);
        await socket.SendAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray());
        await Task.WhenAny(PumpAsync(socket, server), PumpAsync(server, socket));
    }

    private static async Task PumpAsync(Socket from, Socket to)
    {
        var buffer = new byte[16 * 1024];
        for (var count = await from.ReceiveAsync(buffer); count > 0; count = await from.ReceiveAsync(buffer))
        {
            await to.SendAsync(buffer.AsMemory(0, count));
        }
    }
}

/// <summary>Ends the handshake with the alert 'bad certificate'.</summary>
internal sealed class AlertingServer(LoopbackNetwork network) : RawServer(network)
{
    protected override async Task AnswerAsync(Socket socket)
    {
        await socket.ReceiveAsync(new byte[4096]);
        await socket.SendAsync(new byte[] { 21, 3, 3, 0, 2, 2, 42 });
        socket.Shutdown(SocketShutdown.Both);
    }
}

/// <summary>Resets the connection in the middle of the handshake.</summary>
internal sealed class ResettingServer(LoopbackNetwork network) : RawServer(network)
{
    protected override async Task AnswerAsync(Socket socket)
    {
        await socket.ReceiveAsync(new byte[16]);
        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
    }
}
