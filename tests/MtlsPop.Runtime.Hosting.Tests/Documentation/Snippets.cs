using System.Security.Cryptography.X509Certificates;
using Azure.Security.KeyVault.Secrets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace MtlsPop.HostingTests.Documentation;

/// <summary>What the guide shows, word for word.</summary>
internal static class Snippets
{
    public static void AHost(HostApplicationBuilder builder)
    {
        builder.Services.AddMtlsPopTokenAcquirer(builder.Configuration.GetSection("MtlsPop"));
        builder.Services.AddHttpClient("graph").AddMtlsPop(builder.Configuration.GetSection("Graph"));
        builder.Services.AddHealthChecks().AddMtlsPopHealthCheck();
    }

    public static void SeveralAcquirers(HostApplicationBuilder builder)
    {
        builder.Services.AddMtlsPopTokenAcquirer("payments", builder.Configuration.GetSection("Payments"));
        builder.Services.AddHttpClient("bank").AddMtlsPop("payments", builder.Configuration.GetSection("Bank"));
        builder.Services.Configure<MtlsPopApplicationOptions>("payments", options => options.Certificate = new() { Callback = LoadAsync });
    }

    public static void Replicas(HostApplicationBuilder builder)
    {
        builder.Services.AddStackExchangeRedisCache(redis => redis.Configuration = "redis:6379,abortConnect=false");
    }

    public static void Telemetry(HostApplicationBuilder builder)
    {
        builder.Services.AddOpenTelemetry()
            .WithTracing(tracing => tracing.AddMtlsPopInstrumentation())
            .WithMetrics(metrics => metrics.AddMtlsPopInstrumentation());
    }

    public static void AzureClients(IMtlsPopTokenAcquirer acquirer)
    {
        using var credential = new MtlsPopCredential(acquirer, new MtlsPopCredentialOptions
        {
            AllowedHosts = { "*.vault.azure.net" },
            Transport = { SupportsDelayedClientCertificate = true },
        });
        var secrets = new SecretClient(new Uri("https://contoso.vault.azure.net"), credential, new SecretClientOptions().UseMtlsPop(credential));
        GC.KeepAlive(secrets);
    }

    public static void AzureReadme(IMtlsPopTokenAcquirer acquirer)
    {
        using var credential = new MtlsPopCredential(acquirer, new MtlsPopCredentialOptions
        {
            AllowedHosts = { "*.vault.azure.net" },
            Transport = { SupportsDelayedClientCertificate = true },   // Key Vault asks for the certificate only after it has seen the request
        });
        var secrets = new SecretClient(new Uri("https://contoso.vault.azure.net"), credential, new SecretClientOptions().UseMtlsPop(credential));
        GC.KeepAlive(secrets);
    }

    public static X509Certificate2 Certificate { get; } = World.Issuer.IssueClient("payments");

    private static Task<X509Certificate2> LoadAsync(CancellationToken cancellationToken) => Task.FromResult(Certificate);
}
