using System.Collections.Concurrent;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;

namespace MtlsPop.StandIns;

/// <summary>One request to the resource, as it arrived.</summary>
public sealed record ResourceRequestSeen(
    string Method,
    string Path,
    string Protocol,
    string? Scheme,
    BoundJwt? Token,
    string? CertificateSha256,
    IReadOnlyDictionary<string, string> Headers,
    string Body)
{
    /// <summary>What the resource is there to check.</summary>
    public bool IsBound => Scheme == "mtls_pop" && CertificateSha256 is not null && Token?.CertificateSha256 == CertificateSha256;
}

/// <summary>An API that serves only bound requests, and says what it saw.</summary>
public sealed class Resource : IAsyncDisposable
{
    private readonly ConcurrentQueue<ResourceRequestSeen> _seen = new();
    private int _mismatches;

    public StandInServer Server { get; private set; } = null!;

    public IReadOnlyCollection<ResourceRequestSeen> Seen => _seen;

    /// <summary>How many requests came without a token, without a certificate, or with the certificate of another token.</summary>
    public int Mismatches => _mismatches;

    /// <summary>Whether requests are remembered; switched off under load.</summary>
    public bool Remembers { get; set; } = true;

    /// <summary>Answers in place of the resource; null lets it answer itself.</summary>
    public Func<HttpContext, ResourceRequestSeen, Task<bool>> Intercepts { get; set; } = static (_, _) => Task.FromResult(false);

    public static async Task<Resource> StartAsync(LoopbackNetwork network, string host, Func<TlsSettings, TlsSettings>? configure = null)
    {
        var resource = new Resource();
        var tls = new TlsSettings(network.Authority.IssueServer(host));
        resource.Server = await StandInServer.StartAsync(resource.AnswerAsync, configure?.Invoke(tls) ?? tls);
        network.Add(host, resource.Server.Port);
        return resource;
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        var certificate = context.Connection.ClientCertificate ?? await context.Connection.GetClientCertificateAsync();
        var authorization = AuthenticationHeaderValue.TryParse(context.Request.Headers.Authorization, out var parsed) ? parsed : null;
        var request = new ResourceRequestSeen(
            context.Request.Method,
            context.Request.Path,
            context.Request.Protocol,
            authorization?.Scheme,
            authorization?.Parameter is { } token ? BoundJwt.Parse(token) : null,
            certificate is null ? null : BoundJwt.HashOf(certificate),
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            body);
        if (Remembers)
        {
            _seen.Enqueue(request);
        }

        if (!request.IsBound)
        {
            Interlocked.Increment(ref _mismatches);
        }

        if (await Intercepts(context, request))
        {
            return;
        }

        context.Response.StatusCode = request.IsBound ? StatusCodes.Status200OK : StatusCodes.Status401Unauthorized;
        await context.Response.WriteAsync(request.IsBound ? $"bound to {request.CertificateSha256}" : "not bound");
    }
}
