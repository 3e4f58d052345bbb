using System.Security.Cryptography.X509Certificates;
using Microsoft.Identity.Client;
using MtlsPop.StandIns;

namespace MtlsPop.Benchmarks;

/// <summary>A token service and a resource, and applications that talk to them.</summary>
internal sealed class Loopback : IAsyncDisposable
{
    public const string Scope = "https://api.contoso.com/.default";
    public const string ApiHost = "api.contoso.com";
    public const string Api = "https://api.contoso.com/items";

    private static readonly Uri _authority = new("https://login.microsoftonline.com/contoso.onmicrosoft.com");

    private Loopback()
    {
        Network = new LoopbackNetwork(CertificateAuthority.Create());
        Http = new PooledMsalHttpClientFactory(new MtlsPopTransportOptions { ConfigureHandler = Network.Configure });
        Certificate = Network.Authority.IssueClient("benchmark");
    }

    public LoopbackNetwork Network { get; }

    public PooledMsalHttpClientFactory Http { get; }

    public X509Certificate2 Certificate { get; }

    public TokenService Sts { get; private set; } = null!;

    public Resource Resource { get; private set; } = null!;

    public static async Task<Loopback> StartAsync()
    {
        var loopback = new Loopback();
        loopback.Sts = await TokenService.StartAsync(loopback.Network);
        loopback.Resource = await Resource.StartAsync(loopback.Network, ApiHost);
        loopback.Resource.Remembers = false;
        return loopback;
    }

    public IConfidentialClientApplication App() =>
        MtlsPopApplication.Certificate("benchmark", _authority, Certificate, new() { HttpClientFactory = Http });

    public IConfidentialClientApplication App(Func<X509Certificate2> certificate) =>
        MtlsPopApplication.Certificate("benchmark", _authority, _ => Task.FromResult(certificate()), new() { HttpClientFactory = Http });

    public HttpClient Client(IConfidentialClientApplication app) => MtlsPopHttpClient.Create(app, new MtlsPopOptions
    {
        Scope = Scope,
        AllowedHosts = { ApiHost },
        Transport = { ConfigureHandler = Network.Configure },
    });

    public ConfidentialClientApplicationBuilder SecondLeg() =>
        ConfidentialClientApplicationBuilder.Create("leg2").WithAuthority(_authority).WithHttpClientFactory(Http);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Resource.DisposeAsync();
        await Sts.DisposeAsync();
    }
}
