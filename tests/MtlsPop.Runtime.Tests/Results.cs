using System.Security.Cryptography.X509Certificates;
using Microsoft.Identity.Client;
using MtlsPop.StandIns;

namespace MtlsPop.Tests;

/// <summary>MSAL results as a token service would have led to, for what no real one can be made to say.</summary>
internal static class Results
{
    public static AuthenticationResult Of(
        X509Certificate2? certificate, string tokenType = "mtls_pop", DateTimeOffset? expires = null, string scope = World.Scope)
    {
        var token = new BoundJwt(scope, certificate is null ? null : BoundJwt.HashOf(certificate), "client", null).Write();
        return new AuthenticationResult(
            token, false, null, expires ?? DateTimeOffset.UtcNow.AddHours(1), default, "tenant", null, null, [scope], Guid.NewGuid(), tokenType)
        {
            BindingCertificate = certificate,
        };
    }

    /// <summary>An acquirer with all of the library's checks whose results come from a test.</summary>
    public static IMtlsPopTokenAcquirer Acquirer(Func<MtlsPopTokenRequest, AuthenticationResult> result) =>
        MtlsPopTokenAcquirer.Create((request, _) => Task.FromResult(result(request)));

    public static X509Certificate2 WithoutKey(X509Certificate2 certificate) => X509Certificate2.CreateFromPem(certificate.ExportCertificatePem());
}

/// <summary>A clock that stands still until it is moved.</summary>
internal sealed class ManualClock : TimeProvider
{
    private long _ticks = DateTimeOffset.UtcNow.Ticks;

    public override DateTimeOffset GetUtcNow() => new(Volatile.Read(ref _ticks), TimeSpan.Zero);

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);
}
