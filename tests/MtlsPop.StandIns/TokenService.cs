using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace MtlsPop.StandIns;

/// <summary>One request for a token, as it arrived.</summary>
public sealed record TokenRequestSeen(string Host, string Path, IReadOnlyDictionary<string, string> Form, string? CertificateSha256)
{
    public bool IsBound => Form.GetValueOrDefault("token_type") == "mtls_pop";

    public string Tenant => Path.Split('/')[1];

    public string? Claims => Form.GetValueOrDefault("claims");

    public string? Assertion => Form.GetValueOrDefault("client_assertion");

    public string? Scope => Form.GetValueOrDefault("scope");
}

/// <summary>What the token service says instead of yes.</summary>
public sealed record TokenRefusal(int Status, string Error);

/// <summary>
/// Stands in for the mutual-TLS endpoints of Microsoft Entra: a token is bound to the certificate of the handshake, and an assertion must
/// be bound to it too.
/// </summary>
public sealed class TokenService : IAsyncDisposable
{
    private readonly ConcurrentQueue<TokenRequestSeen> _seen = new();

    public StandInServer Server { get; private set; } = null!;

    public IReadOnlyCollection<TokenRequestSeen> Seen => _seen;

    public string TokenType { get; set; } = "mtls_pop";

    public int ExpiresIn { get; set; } = 24 * 60 * 60;

    public int? RefreshIn { get; set; }

    public Func<TokenRequestSeen, TokenRefusal?> Refuses { get; set; } = static _ => null;

    /// <summary>What a request waits for before it is answered.</summary>
    public Func<TokenRequestSeen, Task> Delay { get; set; } = static _ => Task.CompletedTask;

    public static async Task<TokenService> StartAsync(LoopbackNetwork network)
    {
        var service = new TokenService();
        var names = new[]
        {
            "mtlsauth.microsoft.com", "*.mtlsauth.microsoft.com", "login.microsoftonline.com", "mtlsauth.microsoftonline.us", "login.microsoftonline.us",
        };
        service.Server = await StandInServer.StartAsync(
            service.AnswerAsync,
            new TlsSettings(network.Authority.IssueServer(names)) { ClientCertificate = ClientCertificateMode.AllowCertificate });
        foreach (var name in names)
        {
            network.Add(name, service.Server.Port);
        }

        return service;
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var form = (await context.Request.ReadFormAsync()).ToDictionary(field => field.Key, field => field.Value.ToString());
        var certificate = context.Connection.ClientCertificate;
        var request = new TokenRequestSeen(
            context.Request.Host.Host, context.Request.Path, form, certificate is null ? null : BoundJwt.HashOf(certificate));
        _seen.Enqueue(request);
        await Delay(request);

        if ((Refuses(request) ?? RefusesAssertion(request)) is { } refusal)
        {
            context.Response.StatusCode = refusal.Status;
            await context.Response.WriteAsync(new JsonObject
            {
                ["error"] = refusal.Error,
                ["error_description"] = $"AADSTS000: {refusal.Error}",
                ["correlation_id"] = Guid.Empty.ToString(),
            }.ToJsonString());
            return;
        }

        var token = new BoundJwt(request.Scope, request.IsBound ? request.CertificateSha256 : null, form["client_id"], request.Claims);
        var answer = new JsonObject
        {
            ["token_type"] = request.IsBound ? TokenType : "Bearer",
            ["access_token"] = token.Write(),
            ["expires_in"] = ExpiresIn,
        };
        if (RefreshIn is { } refreshIn)
        {
            answer["refresh_in"] = refreshIn;
        }

        await context.Response.WriteAsync(answer.ToJsonString());
    }

    private static TokenRefusal? RefusesAssertion(TokenRequestSeen request) =>
        request.Assertion is { } assertion && BoundJwt.Parse(assertion).CertificateSha256 != request.CertificateSha256
            ? new TokenRefusal(401, "invalid_client")
            : null;
}
