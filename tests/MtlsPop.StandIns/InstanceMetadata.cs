using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace MtlsPop.StandIns;

/// <summary>Stands in for IMDSv2 of a virtual machine: says where it runs, and issues certificates for keys.</summary>
public sealed class InstanceMetadata : IAsyncDisposable
{
    public const string Address = "169.254.169.254";

    private readonly ConcurrentQueue<string> _seen = new();
    private readonly CertificateAuthority _authority;

    private InstanceMetadata(CertificateAuthority authority) => _authority = authority;

    public StandInServer Server { get; private set; } = null!;

    /// <summary>The requests as path and query.</summary>
    public IReadOnlyCollection<string> Seen => _seen;

    public static async Task<InstanceMetadata> StartAsync(LoopbackNetwork network)
    {
        var metadata = new InstanceMetadata(network.Authority);
        metadata.Server = await StandInServer.StartAsync(metadata.AnswerAsync);
        network.Add(Address, metadata.Server.Port);
        return metadata;
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        _seen.Enqueue(context.Request.Path + context.Request.QueryString);
        context.Response.Headers.Server = "IMDS/150.870.65.1854";
        if (!context.Request.Headers.ContainsKey("Metadata"))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest; // which is how MSAL's probe recognizes the service
            return;
        }

        if (context.Request.Path.Value!.EndsWith("/getplatformmetadata", StringComparison.Ordinal))
        {
            await context.Response.WriteAsync(new JsonObject
            {
                ["cuId"] = new JsonObject { ["vmId"] = "loopback-vm" },
                ["clientId"] = "loopback-managed-identity",
                ["tenantId"] = "loopback-tenant",
                ["attestationEndpoint"] = "https://attestation.invalid",
            }.ToJsonString());
            return;
        }

        if (context.Request.Path.Value!.EndsWith("/issuecredential", StringComparison.Ordinal))
        {
            var request = await JsonDocument.ParseAsync(context.Request.Body);
            using var certificate = _authority.Sign(Convert.FromBase64String(request.RootElement.GetProperty("csr").GetString()!));
            await context.Response.WriteAsync(new JsonObject
            {
                ["client_id"] = "loopback-managed-identity",
                ["tenant_id"] = "loopback-tenant",
                ["certificate"] = Convert.ToBase64String(certificate.RawData),
                ["identity_type"] = "SystemAssigned",
                ["mtls_authentication_endpoint"] = "https://mtlsauth.microsoft.com",
            }.ToJsonString());
            return;
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
    }
}
