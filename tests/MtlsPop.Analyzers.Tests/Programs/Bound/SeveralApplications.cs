// One field, several applications: no fault unless each is wrong and every path binds.
using System.Security.Cryptography.X509Certificates;
using Microsoft.Identity.Client;

namespace Contoso.Several;

internal sealed class BoundWhereItCan(X509Certificate2? certificate, string secret, string tenant)
{
    private readonly IConfidentialClientApplication _app = certificate is not null
        ? ConfidentialClientApplicationBuilder.Create("id").WithTenantId(tenant).WithCertificate(certificate, true).Build()
        : ConfidentialClientApplicationBuilder.Create("id").WithClientSecret(secret).Build();

    public Task<AuthenticationResult> AcquireAsync(CancellationToken cancellationToken)
    {
        var request = _app.AcquireTokenForClient(["api://queue/.default"]).WithTenantId(tenant);
        if (certificate is not null)
            request = request.WithMtlsProofOfPossession();
        return request.ExecuteAsync(cancellationToken);
    }
}

internal sealed class GivenOrBuilt(IConfidentialClientApplication? given, X509Certificate2 certificate)
{
    private readonly IConfidentialClientApplication _app = given ?? ConfidentialClientApplicationBuilder.Create("id").WithCertificate(certificate).Build();

    public Task<AuthenticationResult> AcquireAsync(CancellationToken cancellationToken) =>
        _app.AcquireTokenForClient(["api://queue/.default"]).WithMtlsProofOfPossession().ExecuteAsync(cancellationToken);
}

internal sealed class EachIsWrong(bool european, string secret)
{
    private readonly IConfidentialClientApplication _app = european
        ? ConfidentialClientApplicationBuilder.Create("id").WithTenantId("contoso.com").WithClientSecret(secret).Build() // expect: MPOP2005
        : ConfidentialClientApplicationBuilder.Create("id").WithTenantId("contoso.com").WithClientSecret("other").Build(); // expect: MPOP2005

    public Task<AuthenticationResult> AcquireAsync(CancellationToken cancellationToken) =>
        _app.AcquireTokenForClient(["api://queue/.default"]).WithMtlsProofOfPossession().ExecuteAsync(cancellationToken);
}

internal sealed class OneIsEnough(bool bind, X509Certificate2 certificate)
{
    private readonly IConfidentialClientApplication _app = ConfidentialClientApplicationBuilder.Create("id")
        .WithTenantId("contoso.com")
        .WithCertificate(certificate) // expect: MPOP2001
        .Build();

    public Task<AuthenticationResult> AcquireAsync(CancellationToken cancellationToken)
    {
        var request = _app.AcquireTokenForClient(["api://queue/.default"]);
        return (bind ? request.WithMtlsProofOfPossession() : request).ExecuteAsync(cancellationToken);
    }
}

internal sealed class SecretWithoutTenant(string secret)
{
    private readonly IConfidentialClientApplication _app = ConfidentialClientApplicationBuilder.Create("id")
        .WithClientSecret(secret) // expect: MPOP2005
        .Build();

    public Task<AuthenticationResult> AcquireAsync(CancellationToken cancellationToken) =>
        _app.AcquireTokenForClient(["api://queue/.default"]).WithMtlsProofOfPossession().ExecuteAsync(cancellationToken);
}

internal sealed record Options(string Id, bool Log, bool Name, bool Version, bool Instance, bool Legacy, bool Region, string? Value);

internal sealed class ManyOptions(Options options, X509Certificate2 certificate)
{
    private IConfidentialClientApplication Build()
    {
        var builder = ConfidentialClientApplicationBuilder
            .Create(options.Id) // expect: MPOP2002
            .WithCertificate(certificate); // expect: MPOP2001
        if (options.Log)
            builder.WithLogging((_, _, _) => { });
        if (options.Name)
            builder.WithClientName("queue");
        if (options.Version)
            builder = builder.WithClientVersion("1.0");
        if (options.Instance)
            builder.WithInstanceDiscovery(false);
        if (options.Legacy)
            builder.WithLegacyCacheCompatibility(false);
        if (options.Region)
            builder.WithAzureRegion(options.Value);
        if (options.Value is not null)
            builder.WithClientId(options.Value);
        return builder.Build();
    }

    public Task<AuthenticationResult> AcquireAsync(CancellationToken cancellationToken) =>
        Build().AcquireTokenForClient(["api://queue/.default"]).WithMtlsProofOfPossession().ExecuteAsync(cancellationToken); // expect: MPOP1006
}

internal sealed class ManyOptionsAndATenant(Options options, X509Certificate2 certificate)
{
    public Task<AuthenticationResult> AcquireAsync(CancellationToken cancellationToken)
    {
        var builder = ConfidentialClientApplicationBuilder.Create(options.Id).WithCertificate(certificate, true); // expect: MPOP1006
        if (options.Log)
            builder.WithLogging((_, _, _) => { });
        if (options.Name)
            builder.WithClientName("queue");
        if (options.Version)
            builder.WithClientVersion("1.0");
        if (options.Instance)
            builder.WithInstanceDiscovery(false);
        if (options.Region)
            builder.WithAzureRegion(options.Value);
        if (options.Value is not null)
            builder.WithTenantId(options.Value);
        return builder.Build().AcquireTokenForClient(["api://queue/.default"]).WithMtlsProofOfPossession().ExecuteAsync(cancellationToken);
    }
}
