using System.Net;
using System.Net.Sockets;
using MtlsPop.StandIns;

namespace MtlsPop.Tests.Sending;

/// <summary>A server that takes part in TCP only, and answers the first bytes of TLS as a test wants.</summary>
internal abstract class RawServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private int _connections;

    public int Connections => _connections;

    public void Dispose() => _listener.Dispose();

    protected RawServer(LoopbackNetwork network)
    {
        _listener.Start();
        network.Add(World.ApiHost, ((IPEndPoint)_listener.LocalEndpoint).Port);
        _ = AcceptAsync();
    }

    protected abstract Task AnswerAsync(Socket socket);

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                using var socket = await _listener.AcceptSocketAsync();
                Interlocked.Increment(ref _connections);
                await AnswerAsync(socket);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // disposed
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
