// A message handler in two parts that gives each request its token. The application comes from one of two branches.
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Identity.Client;

namespace Contoso.Handlers;

public sealed partial class BoundHandler : DelegatingHandler
{
    private readonly IConfidentialClientApplication _app;
    private readonly string _scope;

    public BoundHandler(X509Certificate2 certificate, string? tenant, string scope, HttpMessageHandler inner)
        : base(inner)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        _scope = scope ?? throw new ArgumentNullException(nameof(scope));
        _app = BuildApp(certificate, tenant);
    }

    private static IConfidentialClientApplication BuildApp(X509Certificate2 certificate, string? tenant)
    {
        const string ClientId = "00000000-0000-0000-0000-000000000001";
        if (string.IsNullOrEmpty(tenant))
            return ConfidentialClientApplicationBuilder.Create(ClientId).WithTenantId("contoso.com").WithCertificate(certificate, true).Build();

        return ConfidentialClientApplicationBuilder.Create(ClientId).WithTenantId(tenant).WithCertificate(certificate, true).Build();
    }
}

public sealed partial class BoundHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var result = await _app.AcquireTokenForClient([_scope]).WithMtlsProofOfPossession().ExecuteAsync(cancellationToken).ConfigureAwait(false);
        request.Headers.Authorization = AuthenticationHeaderValue.Parse(result.CreateAuthorizationHeader());
        return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }
}
