using System.Security.Cryptography.X509Certificates;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Security.KeyVault.Secrets;
using Microsoft.Identity.Client;
using MtlsPop.StandIns;

namespace MtlsPop.AzureTests;

/// <summary>A token service and a vault on loopback, and Azure's own client for the vault.</summary>
internal sealed class World : IAsyncDisposable
{
    private readonly PooledMsalHttpClientFactory _http;
    private readonly List<IDisposable> _credentials = [];

    private World()
    {
        Network = new LoopbackNetwork(Authority);
        _http = new PooledMsalHttpClientFactory(new MtlsPopTransportOptions { ConfigureHandler = Network.Configure });
    }

    public static CertificateAuthority Authority { get; } = CertificateAuthority.Create();

    public LoopbackNetwork Network { get; }

    public TokenService Sts { get; private set; } = null!;

    public KeyVault Vault { get; private set; } = null!;

    /// <summary>Of this world alone: Key Vault's client remembers for the whole process what each vault wants.</summary>
    public string VaultHost { get; } = $"{Guid.NewGuid():N}.vault.azure.net";

    public static async Task<World> StartAsync()
    {
        var world = new World();
        world.Sts = await TokenService.StartAsync(world.Network);
        world.Vault = await KeyVault.StartAsync(world.Network, world.VaultHost);
        return world;
    }

    public IMtlsPopTokenAcquirer Acquirer(Func<X509Certificate2> certificate) => MtlsPopTokenAcquirer.Create(MtlsPopApplication.Certificate(
        "orders", new Uri("https://login.microsoftonline.com/contoso.onmicrosoft.com"), _ => Task.FromResult(certificate()),
        new() { HttpClientFactory = _http }));

    public IMtlsPopTokenAcquirer Acquirer()
    {
        var certificate = Authority.IssueClient("orders");
        return Acquirer(() => certificate);
    }

    public MtlsPopCredential Credential(IMtlsPopTokenAcquirer? acquirer = null, Action<MtlsPopCredentialOptions>? configure = null)
    {
        var options = new MtlsPopCredentialOptions { AllowedHosts = { "*.vault.azure.net" } };
        options.Transport.SupportsDelayedClientCertificate = true;
        options.Transport.AllowTlsResume = false; // a resumed session presents no certificate of its own
        options.Transport.ConfigureHandler = Network.Configure;
        configure?.Invoke(options);
        var credential = new MtlsPopCredential(acquirer ?? Acquirer(), options);
        _credentials.Add(credential);
        return credential;
    }

    public SecretClient Secrets(IMtlsPopTokenAcquirer? acquirer = null) => Secrets(Credential(acquirer));

    public SecretClient Secrets(MtlsPopCredential credential, Action<SecretClientOptions>? configure = null, string? host = null)
    {
        var options = new SecretClientOptions { Retry = { Delay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromMilliseconds(1) } };
        options.UseMtlsPop(credential);
        configure?.Invoke(options);
        return new SecretClient(new Uri($"https://{host ?? VaultHost}"), credential, options);
    }

    public async ValueTask DisposeAsync()
    {
        _credentials.ForEach(credential => credential.Dispose());
        _http.Dispose();
        await Vault.DisposeAsync();
        await Sts.DisposeAsync();
    }

    /// <summary>A pair as a token service would have issued it, for what no real one can be made to do.</summary>
    public static AuthenticationResult Pair(X509Certificate2 certificate, TimeSpan lifetime, string scope = KeyVault.Scope) => new(
        new BoundJwt(scope, BoundJwt.HashOf(certificate), "orders", null).Write(), false, null, DateTimeOffset.UtcNow + lifetime, default,
        "contoso", null, null, [scope], Guid.NewGuid(), "mtls_pop")
    {
        BindingCertificate = certificate,
    };
}

/// <summary>A policy at some place of an Azure pipeline.</summary>
internal sealed class Watching(Action<HttpMessage> sees) : HttpPipelineSynchronousPolicy
{
    public override void OnSendingRequest(HttpMessage message) => sees(message);
}
