using System.Diagnostics.Metrics;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace MtlsPop;

/// <summary>
/// How connections are made. Whatever is set here, the certificate is presented, the server is verified, and no redirect is followed. They
/// are copied when they are validated: later changes to the object change nothing.
/// </summary>
public sealed class MtlsPopTransportOptions
{
    // Not properties, because configuration binds those.
    private ILoggerFactory? _loggerFactory;
    private IMeterFactory? _meterFactory;
    private TimeProvider? _timeProvider;

    /// <summary>How long a connection is used before the name is looked up again; 5 minutes by default.</summary>
    public TimeSpan PooledConnectionLifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How many connections one certificate may open to one server; 64 by default.</summary>
    public int MaxConnectionsPerServer { get; set; } = 64;

    /// <summary>
    /// How many certificates keep their connections; 32 by default. The one unused for longest is retired first, after its requests.
    /// </summary>
    public int MaxPooledBindings { get; set; } = 32;

    /// <summary>Whether TLS sessions are resumed; on by default.</summary>
    public bool AllowTlsResume { get; set; } = true;

    /// <summary>
    /// Whether the server asks for the certificate only after it has seen the request, as Key Vault does: the client then says so in
    /// <c>x-ms-tokenboundauth</c> and stays on HTTP/1.1.
    /// </summary>
    public bool SupportsDelayedClientCertificate { get; set; }

    /// <summary>Returns the intermediate certificates to present with a certificate, where the machine does not know them.</summary>
    public Func<X509Certificate2, X509Certificate2Collection>? IntermediateCertificates { get; set; }

    /// <summary>
    /// Sets what is not offered here: a proxy, a custom root. It cannot weaken what this library stands for; an attempt fails the request.
    /// </summary>
    public Action<SocketsHttpHandler>? ConfigureHandler { get; set; }

    /// <summary>Says where to log; nowhere by default, and in a host where the host logs.</summary>
    /// <param name="loggerFactory">Makes the loggers.</param>
    /// <returns>The options.</returns>
    public MtlsPopTransportOptions WithLoggerFactory(ILoggerFactory loggerFactory)
    {
        _loggerFactory = loggerFactory;
        return this;
    }

    /// <summary>Says whose meter to measure with; one of the process by default, and in a host the host's.</summary>
    /// <param name="meterFactory">Makes the meter.</param>
    /// <returns>The options.</returns>
    public MtlsPopTransportOptions WithMeterFactory(IMeterFactory meterFactory)
    {
        _meterFactory = meterFactory;
        return this;
    }

    /// <summary>Gives the clock that validity and expiry are measured with; the system's by default, and in a host the host's.</summary>
    /// <param name="timeProvider">The clock.</param>
    /// <returns>The options.</returns>
    public MtlsPopTransportOptions WithTimeProvider(TimeProvider timeProvider)
    {
        _timeProvider = timeProvider;
        return this;
    }

    internal MtlsPopTransportOptions Copy() => (MtlsPopTransportOptions)MemberwiseClone();

    internal ClientServices Services(string category, IServiceProvider? host = null) => new(
        _timeProvider ?? host?.GetService<TimeProvider>() ?? TimeProvider.System,
        (_loggerFactory ?? host?.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance).CreateLogger(category),
        RuntimeMetrics.Of(_meterFactory ?? host?.GetService<IMeterFactory>()));
}
