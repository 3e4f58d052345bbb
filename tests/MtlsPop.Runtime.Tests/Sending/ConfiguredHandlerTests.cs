using System.Net;
using System.Net.Security;
using System.Reflection;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MtlsPop.Tests.Sending;

/// <summary>Whatever ConfigureHandler does, a bound request travels under its certificate or not at all.</summary>
public class ConfiguredHandlerTests
{
#pragma warning disable SYSLIB0039, SYSLIB0040, CA5397, CA5359, CA5386 // what is weak is weak on purpose
    private static readonly Dictionary<string, Action<SocketsHttpHandler>> _weakenings = new()
    {
        ["AllowAutoRedirect"] = handler => handler.AllowAutoRedirect = true,
        ["UseCookies"] = handler => handler.UseCookies = true,
        ["PlaintextStreamFilter"] = handler => handler.PlaintextStreamFilter = (context, _) => ValueTask.FromResult(context.PlaintextStream),
        ["Credentials"] = handler => handler.Credentials = new NetworkCredential("user", "password"),
        ["PreAuthenticate"] = handler => handler.PreAuthenticate = true,
        ["SslOptions.RemoteCertificateValidationCallback"] = handler => handler.SslOptions.RemoteCertificateValidationCallback = Anyone,
        ["SslOptions.LocalCertificateSelectionCallback"] = handler => handler.SslOptions.LocalCertificateSelectionCallback = (_, _, _, _, _) => null!,
        ["SslOptions.TargetHost"] = handler => handler.SslOptions.TargetHost = "other.contoso.com",
        ["SslOptions.EnabledSslProtocols"] = handler => handler.SslOptions.EnabledSslProtocols = SslProtocols.Tls11 | SslProtocols.Tls12,
        ["SslOptions.EncryptionPolicy"] = handler => handler.SslOptions.EncryptionPolicy = EncryptionPolicy.AllowNoEncryption,
        ["SslOptions.CipherSuitesPolicy"] = handler => handler.SslOptions.CipherSuitesPolicy = Suites(TlsCipherSuite.TLS_RSA_WITH_NULL_SHA256),
        ["SslOptions.CertificateChainPolicy.VerificationFlags"] = handler => Chain(handler).VerificationFlags = X509VerificationFlags.AllFlags,
        ["SslOptions.CertificateChainPolicy.VerificationTime"] = handler => Chain(handler).VerificationTime = DateTime.Now.AddYears(-1),
        ["SslOptions.CertificateChainPolicy.ApplicationPolicy"] = handler => Chain(handler).ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.2")),
    };
#pragma warning restore

    private static readonly string[] _harmless =
    [
        "ActivityHeadersPropagator", "AutomaticDecompression", "ConnectTimeout", "CookieContainer", "DefaultProxyCredentials",
        "EnableMultipleHttp2Connections", "EnableMultipleHttp3Connections", "Expect100ContinueTimeout", "InitialHttp2StreamWindowSize",
        "KeepAlivePingDelay", "KeepAlivePingPolicy", "KeepAlivePingTimeout", "MaxAutomaticRedirections", "MaxConnectionsPerServer",
        "MaxResponseDrainSize", "MaxResponseHeadersLength", "MeterFactory", "PooledConnectionIdleTimeout", "PooledConnectionLifetime",
        "Properties", "Proxy", "RequestHeaderEncodingSelector", "ResponseDrainTimeout", "ResponseHeaderEncodingSelector", "UseProxy",
        "SslOptions.AllowRenegotiation", "SslOptions.AllowRsaPkcs1Padding", "SslOptions.AllowRsaPssPadding", "SslOptions.AllowTlsResume",
        "SslOptions.ApplicationProtocols", "SslOptions.CertificateRevocationCheckMode",
        "SslOptions.CertificateChainPolicy.CertificatePolicy", "SslOptions.CertificateChainPolicy.CustomTrustStore",
        "SslOptions.CertificateChainPolicy.DisableCertificateDownloads", "SslOptions.CertificateChainPolicy.ExtraStore",
        "SslOptions.CertificateChainPolicy.RevocationFlag", "SslOptions.CertificateChainPolicy.RevocationMode",
        "SslOptions.CertificateChainPolicy.TrustMode", "SslOptions.CertificateChainPolicy.UrlRetrievalTimeout",
        "SslOptions.CertificateChainPolicy.VerificationTimeIgnored", // which says whether VerificationTime was set
    ];

    public static TheoryData<string> Weakened => [.. TransportRules.Refused.Select(rule => rule.Property)];

    [Theory]
    [MemberData(nameof(Weakened))]
    public async Task A_handler_that_has_been_weakened_sends_nothing(string property)
    {
        await using var world = await World.StartAsync();
        using var client = world.Client(configure: options => options.Transport.ConfigureHandler += _weakenings[property]);

        var exception = await Assert.ThrowsAsync<MtlsPopException>(() => client.GetAsync(World.Api));

        Assert.Equal(MtlsPopError.UnsafeTransport, exception.Error);
        Assert.Contains(property, exception.Message, StringComparison.Ordinal);
        Assert.Equal(0, world.Resource.Server.Handshakes);
    }

    [Fact]
    public async Task New_TLS_options_are_checked_like_the_old_ones()
    {
        await using var world = await World.StartAsync();
        using var client = world.Client(configure: options => options.Transport.ConfigureHandler += handler =>
            handler.SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = Anyone });

        Assert.Equal(MtlsPopError.UnsafeTransport, (await Assert.ThrowsAsync<MtlsPopException>(() => client.GetAsync(World.Api))).Error);
    }

    [Fact]
    public void Each_property_of_handler_TLS_options_and_chain_policy_is_refused_set_again_or_known_to_be_harmless()
    {
        HashSet<string> classified = [.. TransportRules.Refused.Select(rule => rule.Property), .. TransportRules.SetAgain, .. _harmless];

        var actual = Properties(typeof(SocketsHttpHandler)).Except(["SslOptions"])
            .Concat(Properties(typeof(SslClientAuthenticationOptions)).Select(name => $"SslOptions.{name}"))
            .Concat(Properties(typeof(X509ChainPolicy)).Select(name => $"SslOptions.CertificateChainPolicy.{name}"));

        Assert.Subset(classified, actual.ToHashSet()); // an older .NET has fewer
    }

    [Fact]
    public async Task The_certificate_cannot_be_configured_away()
    {
        await using var world = await World.StartAsync();
        using var client = world.Client(configure: options => options.Transport.ConfigureHandler += handler =>
        {
            handler.SslOptions.ClientCertificateContext = null;
            handler.SslOptions.ClientCertificates = [World.NewCertificate("another")];
        });

        Assert.StartsWith("bound", await client.GetStringAsync(World.Api), StringComparison.Ordinal);
    }

    public static TheoryData<string> SecondTls => ["a client", "connections for one token", "the token service"];

    [Theory]
    [MemberData(nameof(SecondTls))]
    public async Task A_connection_that_is_in_TLS_already_carries_nothing(string sender)
    {
        await using var world = await World.StartAsync();
        var transport = world.Transport(new MtlsPopTransportOptions());
        transport.ConfigureHandler += handler => handler.ConnectCallback = InTls(handler.ConnectCallback!);
        using var connections = new MtlsPopConnections(transport);
        using var factory = new PooledMsalHttpClientFactory(transport);
        using var client = sender switch
        {
            "a client" => world.Client(configure: options => options.Transport.ConfigureHandler = transport.ConfigureHandler),
            "the token service" => factory.GetHttpClient(World.NewCertificate()),
            _ => connections.CreateClient(Results.Of(World.NewCertificate())),
        };

        var exception = await Assert.ThrowsAsync<MtlsPopException>(() => client.GetAsync(World.Api));

        Assert.Equal(MtlsPopError.UnsafeTransport, exception.Error);
        Assert.Empty(world.Resource.Seen);
    }

    private static IEnumerable<string> Properties(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => property.Name);

    private static X509ChainPolicy Chain(SocketsHttpHandler handler) => handler.SslOptions.CertificateChainPolicy!;

    private static bool Anyone(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) => errors >= 0;

    private static CipherSuitesPolicy Suites(params TlsCipherSuite[] suites) =>
        OperatingSystem.IsWindows() ? throw new PlatformNotSupportedException() : new CipherSuitesPolicy(suites);

    private static Func<SocketsHttpConnectionContext, CancellationToken, ValueTask<Stream>> InTls(
        Func<SocketsHttpConnectionContext, CancellationToken, ValueTask<Stream>> connect) => async (context, cancelled) =>
    {
        var tls = new SslStream(await connect(context, cancelled), leaveInnerStreamOpen: false, Anyone);
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = World.ApiHost, ClientCertificates = [World.NewCertificate()] },
            cancelled);
        return tls;
    };
}
