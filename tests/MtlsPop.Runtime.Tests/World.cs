using System.Security.Cryptography.X509Certificates;
using Microsoft.Identity.Client;
using MtlsPop.StandIns;

namespace MtlsPop.Tests;

/// <summary>A token service and a resource on loopback, and what a program needs to talk to them.</summary>
internal sealed class World : IAsyncDisposable
{
    public const string ApiHost = "api.contoso.com";
    public const string Api = "https://api.contoso.com/items";
    public const string Scope = "https://api.contoso.com/.default";
    public static readonly Uri TenantAuthority = new("https://login.microsoftonline.com/contoso.onmicrosoft.com");

    private World()
    {
        Network = new LoopbackNetwork(Authority);
        Http = new PooledMsalHttpClientFactory(Transport(new MtlsPopTransportOptions()));
    }

    public static CertificateAuthority Authority { get; } = CertificateAuthority.Create();

    public LoopbackNetwork Network { get; }

    public PooledMsalHttpClientFactory Http { get; }

    public TokenService Sts { get; private set; } = null!;

    public Resource Resource { get; private set; } = null!;

    public static async Task<World> StartAsync(Func<TlsSettings, TlsSettings>? resourceTls = null)
    {
        var world = new World();
        world.Sts = await TokenService.StartAsync(world.Network);
        world.Resource = await Resource.StartAsync(world.Network, ApiHost, resourceTls);
        return world;
    }

    public static X509Certificate2 NewCertificate(string name = "client") => Authority.IssueClient(name);

    /// <summary>A confidential client with a certificate, built as users are told to.</summary>
    public IConfidentialClientApplication App(X509Certificate2? certificate = null, string clientId = "client") =>
        MtlsPopApplication.Certificate(clientId, TenantAuthority, certificate ?? NewCertificate(), new() { HttpClientFactory = Http });

    /// <summary>A confidential client whose certificate can be rotated.</summary>
    public IConfidentialClientApplication App(Func<X509Certificate2> certificate) =>
        MtlsPopApplication.Certificate("client", TenantAuthority, _ => Task.FromResult(certificate()), new() { HttpClientFactory = Http });

    public HttpClient Client(IConfidentialClientApplication? app = null, Action<MtlsPopOptions>? configure = null) =>
        Client(MtlsPopTokenAcquirer.Create(app ?? App()), configure);

    public HttpClient Client(IMtlsPopTokenAcquirer acquirer, Action<MtlsPopOptions>? configure = null) =>
        MtlsPopHttpClient.Create(acquirer, Options(configure));

    public MtlsPopOptions Options(Action<MtlsPopOptions>? configure = null)
    {
        var options = new MtlsPopOptions { Scope = Scope, AllowedHosts = { ApiHost } };
        Transport(options.Transport);
        configure?.Invoke(options);
        return options;
    }

    /// <summary>A client with a handler between the one that stamps and the one that sends.</summary>
    public static HttpClient Client(BoundClient owner, DelegatingHandler? between = null)
    {
        var primary = new MtlsPopPrimaryHandler(owner) { DisposesClient = true };
        between?.InnerHandler = primary;
        return new HttpClient(new MtlsPopHandler(owner) { InnerHandler = between ?? (HttpMessageHandler)primary });
    }

    public BoundClient Owner(IMtlsPopTokenAcquirer? acquirer = null, TimeProvider? clock = null, Action<MtlsPopOptions>? configure = null)
    {
        var options = Options(configure);
        return new BoundClient(acquirer ?? MtlsPopTokenAcquirer.Create(App()), () => options, ClientServices.Default with { Clock = clock ?? TimeProvider.System });
    }

    public MtlsPopTransportOptions Transport(MtlsPopTransportOptions transport)
    {
        transport.AllowTlsResume = false; // a resumed session presents no certificate of its own
        transport.ConfigureHandler = Network.Configure;
        return transport;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Resource.DisposeAsync();
        await Sts.DisposeAsync();
    }
}

/// <summary>A handler between the one that stamps and the one that sends.</summary>
internal sealed class Between(Action<HttpRequestMessage> sees, Action<HttpResponseMessage>? receives = null) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        sees(request);
        var response = await base.SendAsync(request, cancellationToken);
        receives?.Invoke(response);
        return response;
    }
}
