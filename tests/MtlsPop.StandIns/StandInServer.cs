using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MtlsPop.StandIns;

/// <summary>Kestrel on a free loopback port.</summary>
public sealed class StandInServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _handshakes;
    private int _open;

    private StandInServer(WebApplication app) => _app = app;

    public int Port { get; private set; }

    /// <summary>How many connections were made.</summary>
    public int Handshakes => _handshakes;

    /// <summary>How large a request's body may be; Kestrel's own limit by default.</summary>
    public long? MaxRequestBodySize { get; set; }

    /// <summary>Whether a client certificate is accepted; all are by default.</summary>
    public Func<X509Certificate2, bool> Trusts { get; set; } = static _ => true;

    /// <summary>Looks at the chain that a client presented.</summary>
    public Action<X509Chain> SeesChain { get; set; } = static _ => { };

    public static async Task<StandInServer> StartAsync(RequestDelegate answer, TlsSettings? tls = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        StandInServer? server = null;
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = tls?.Protocols ?? HttpProtocols.Http1;
            if (tls is not null)
            {
                listen.UseHttps(https =>
                {
                    https.ServerCertificate = tls.Certificate;
                    https.ClientCertificateMode = tls.ClientCertificate;
                    https.SslProtocols = tls.Versions;
                    https.ClientCertificateValidation = (certificate, chain, _) =>
                    {
                        server!.SeesChain(chain!);
                        return server.Trusts(certificate);
                    };
                });
            }

            listen.Use(next => async connection =>
            {
                Interlocked.Increment(ref server!._handshakes);
                Interlocked.Increment(ref server._open);
                await next(connection);
                Interlocked.Decrement(ref server._open);
            });
        }));
        var app = builder.Build();
        server = new StandInServer(app);
        app.Run(context =>
        {
            if (server.MaxRequestBodySize is { } size)
            {
                context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = size;
            }

            return answer(context);
        });
        await app.StartAsync();
        server.Port = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;
        return server;
    }

    /// <summary>Waits until no more connections are open than there may be.</summary>
    public async Task HasAtMostAsync(int connections, CancellationToken cancellationToken)
    {
        while (Volatile.Read(ref _open) > connections)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }
}

/// <summary>How a stand-in speaks TLS.</summary>
public sealed record TlsSettings(X509Certificate2 Certificate)
{
    public ClientCertificateMode ClientCertificate { get; init; } = ClientCertificateMode.RequireCertificate;

    public HttpProtocols Protocols { get; init; } = HttpProtocols.Http1;

    public SslProtocols Versions { get; init; } = SslProtocols.None;
}
