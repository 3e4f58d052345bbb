using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MtlsPop;

/// <summary>
/// What <see cref="MtlsPopTransportOptions.ConfigureHandler"/> may not do. A test holds it against all properties that the framework has.
/// </summary>
internal static class TransportRules
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>
    /// The properties that decide who is spoken to, or what else is sent, with what a handler does where they are changed.
    /// </summary>
    public static IReadOnlyList<Rule> Refused { get; } =
    [
        new(nameof(SocketsHttpHandler.AllowAutoRedirect), "follows redirects", static handler => handler.AllowAutoRedirect),
        new(nameof(SocketsHttpHandler.UseCookies), "keeps cookies", static handler => handler.UseCookies),
        new(nameof(SocketsHttpHandler.PlaintextStreamFilter), "replaces the stream that the certificate was presented on",
            static handler => handler.PlaintextStreamFilter is not null),
        new(nameof(SocketsHttpHandler.Credentials), "answers a 401 with credentials in place of the token",
            static handler => handler.Credentials is not null),
        new(nameof(SocketsHttpHandler.PreAuthenticate), "sends credentials in place of the token",
            static handler => handler.PreAuthenticate),
        OfTls(nameof(SslClientAuthenticationOptions.RemoteCertificateValidationCallback),
            "replaces the validation of the server's certificate",
            static tls => tls.RemoteCertificateValidationCallback is not null),
        OfTls(nameof(SslClientAuthenticationOptions.LocalCertificateSelectionCallback), "selects the client certificate itself",
            static tls => tls.LocalCertificateSelectionCallback is not null),
        OfTls(nameof(SslClientAuthenticationOptions.TargetHost), "verifies the server under another name",
            static tls => tls.TargetHost is not null),
        OfTls(nameof(SslClientAuthenticationOptions.EnabledSslProtocols), "speaks versions of TLS below 1.2",
            static tls => (tls.EnabledSslProtocols & ~(SslProtocols.Tls12 | SslProtocols.Tls13)) != SslProtocols.None),
        OfTls(nameof(SslClientAuthenticationOptions.EncryptionPolicy), "does without encryption",
            static tls => tls.EncryptionPolicy != EncryptionPolicy.RequireEncryption),
        OfTls(nameof(SslClientAuthenticationOptions.CipherSuitesPolicy),
            "accepts cipher suites without encryption or without authentication",
            static tls => AllowsWeakSuites(tls.CipherSuitesPolicy)),
        OfChain(nameof(X509ChainPolicy.VerificationFlags), "ignores errors in the server's chain",
            static chain => chain.VerificationFlags != X509VerificationFlags.NoFlag),
        OfChain(nameof(X509ChainPolicy.VerificationTime), "verifies the server's certificate for another time than now",
            static chain => !chain.VerificationTimeIgnored),
        OfChain(nameof(X509ChainPolicy.ApplicationPolicy), "accepts a server's certificate that is for another purpose",
            static chain => chain.ApplicationPolicy.Count > 0
                && !chain.ApplicationPolicy.Cast<Oid>().Any(static purpose => purpose.Value == ServerAuthentication)),
    ];

    /// <summary>The properties that are set once more after the handler has been configured.</summary>
    public static IReadOnlyList<string> SetAgain { get; } =
    [
        nameof(SocketsHttpHandler.ConnectCallback),
        $"{nameof(SocketsHttpHandler.SslOptions)}.{nameof(SslClientAuthenticationOptions.ClientCertificates)}",
        $"{nameof(SocketsHttpHandler.SslOptions)}.{nameof(SslClientAuthenticationOptions.ClientCertificateContext)}",
        $"{nameof(SocketsHttpHandler.SslOptions)}.{nameof(SslClientAuthenticationOptions.CertificateChainPolicy)}",
    ];

    /// <summary>Refuses a handler that has been weakened, and sets again what decides identity and trust.</summary>
    public static void Enforce(SocketsHttpHandler handler)
    {
        if (Refused.FirstOrDefault(rule => rule.IsBroken(handler)) is { } broken)
        {
            throw Unsafe($"ConfigureHandler makes a handler that {broken.What}, and bound requests are not sent over it: "
                + $"leave {broken.Property} as it was.");
        }

        handler.SslOptions.ClientCertificates = null;
        handler.SslOptions.ClientCertificateContext = null;
        // A copy, which the program cannot change afterwards.
        handler.SslOptions.CertificateChainPolicy = handler.SslOptions.CertificateChainPolicy?.Clone();
        if (handler.ConnectCallback is { } connect)
        {
            handler.ConnectCallback = (context, cancellationToken) => ConnectBelowTlsAsync(connect(context, cancellationToken));
        }
    }

    // .NET takes a stream that is in TLS already for the finished connection, and presents no certificate.
    private static async ValueTask<Stream> ConnectBelowTlsAsync(ValueTask<Stream> connecting)
    {
        var stream = await connecting.ConfigureAwait(false);
        if (stream is not SslStream)
        {
            return stream;
        }

        await stream.DisposeAsync().ConfigureAwait(false);
        throw Unsafe("ConnectCallback returned a connection that is in TLS already, without the binding certificate, "
            + "so nothing was sent over it: return the stream below TLS.");
    }

    private static bool AllowsWeakSuites(CipherSuitesPolicy? policy) =>
        policy is not null && !OperatingSystem.IsWindows() && !OperatingSystem.IsAndroid()
        && policy.AllowedCipherSuites.Any(static suite => suite.ToString() is var name
            && (name.Contains("_NULL_", StringComparison.Ordinal) || name.Contains("_anon_", StringComparison.Ordinal)));

    private static MtlsPopException Unsafe(string message) => new(MtlsPopError.UnsafeTransport, message);

    private static Rule OfTls(string property, string what, Func<SslClientAuthenticationOptions, bool> isBroken) =>
        new($"{nameof(SocketsHttpHandler.SslOptions)}.{property}", what, handler => isBroken(handler.SslOptions));

    private static Rule OfChain(string property, string what, Func<X509ChainPolicy, bool> isBroken) =>
        OfTls(
            $"{nameof(SslClientAuthenticationOptions.CertificateChainPolicy)}.{property}",
            what,
            tls => tls.CertificateChainPolicy is { } chain && isBroken(chain));

    /// <summary>A property that must not be changed in some way.</summary>
    internal sealed record Rule(string Property, string What, Func<SocketsHttpHandler, bool> IsBroken);
}
