using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace MtlsPop.StandIns;

/// <summary>One request to the vault, as it arrived.</summary>
public sealed record VaultRequestSeen(string Method, string Path, string? Authorization, string? CertificateSha256, string Body, bool SaysBound)
{
    public BoundJwt? Token => Authorization?.Split(' ') is ["mtls_pop", var token] ? BoundJwt.Parse(token) : null;

    public bool IsBound => CertificateSha256 is not null && Token?.CertificateSha256 == CertificateSha256;
}

/// <summary>Key Vault as its client sees it: it says which token it wants, asks for the certificate only then, and keeps secrets.</summary>
public sealed class KeyVault : IAsyncDisposable
{
    public const string Host = "contoso.vault.azure.net";
    public const string Scope = "https://vault.azure.net/.default";
    public const string ChallengeTenant = "11111111-2222-3333-4444-555555555555";

    private readonly ConcurrentQueue<VaultRequestSeen> _seen = new();
    private readonly ConcurrentDictionary<string, string> _secrets = new(StringComparer.Ordinal);
    private int _requests;
    private int _mismatches;

    public StandInServer Server { get; private set; } = null!;

    /// <summary>Those with a token, or what was meant to be one.</summary>
    public IReadOnlyCollection<VaultRequestSeen> Seen => _seen;

    public int Requests => _requests;

    public int Mismatches => _mismatches;

    public bool Remembers { get; set; } = true;

    /// <summary>Answers in place of the vault; null lets it answer itself.</summary>
    public Func<HttpContext, VaultRequestSeen, Task<bool>> Intercepts { get; set; } = static (_, _) => Task.FromResult(false);

    public static async Task<KeyVault> StartAsync(LoopbackNetwork network, string host = Host)
    {
        var vault = new KeyVault();
        var tls = new TlsSettings(network.Authority.IssueServer(host)) { ClientCertificate = ClientCertificateMode.DelayCertificate };
        vault.Server = await StandInServer.StartAsync(vault.AnswerAsync, tls);
        network.Add(host, vault.Server.Port);
        return vault;
    }

    /// <summary>Demands claims once, under a scheme.</summary>
    public void DemandClaims(string scheme)
    {
        var claims = Convert.ToBase64String(Encoding.UTF8.GetBytes("""{"access_token":{"nbf":{"essential":true}}}"""));
        Intercepts = (context, request) =>
        {
            if (request.Token?.Claims is not null)
            {
                return Task.FromResult(false);
            }

            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            context.Response.Headers.WWWAuthenticate =
                $"{scheme} realm=\"\", authorization_uri=\"https://login.microsoftonline.com/common\", error=\"insufficient_claims\", claims=\"{claims}\"";
            return Task.FromResult(true);
        };
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        string? authorization = context.Request.Headers.Authorization;
        if (authorization is null)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            context.Response.Headers.WWWAuthenticate =
                $"Bearer authorization=\"https://login.microsoftonline.com/{ChallengeTenant}\", resource=\"https://vault.azure.net\"";
            return;
        }

        var certificate = await context.Connection.GetClientCertificateAsync();
        var request = new VaultRequestSeen(
            context.Request.Method, context.Request.Path, authorization, certificate is null ? null : BoundJwt.HashOf(certificate), body,
            context.Request.Headers.ContainsKey("x-ms-tokenboundauth"));
        Interlocked.Increment(ref _requests);
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

        if (!request.IsBound)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        var name = request.Path.Split('/')[2];
        if (request.Method == "PUT")
        {
            _secrets[name] = (string)JsonNode.Parse(body)!["value"]!;
        }

        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(new JsonObject
        {
            ["value"] = _secrets.GetValueOrDefault(name, "a secret"),
            ["id"] = $"https://{context.Request.Host.Host}/secrets/{name}/1",
        }.ToJsonString());
    }
}
