// Helpers that are not written yet only throw: what comes after their calls is judged all the same. Guards that only throw end the path that calls them.
using System.Security.Cryptography.X509Certificates;
using Microsoft.Identity.Client;

namespace Contoso.Drafts;

internal sealed class Draft(IManagedIdentityApplication managed)
{
    private static string Resource => throw new NotImplementedException();

    public Task<AuthenticationResult> ByMethod(CancellationToken cancellationToken)
    {
        var certificate = Find();
        var app = ConfidentialClientApplicationBuilder.Create("00000000-0000-0000-0000-000000000001") // expect: MPOP1006
            .WithTenantId("contoso.com")
            .WithCertificate(certificate) // expect: MPOP2001
            .Build();
        return app.AcquireTokenForClient(["api://queue/.default"]).WithMtlsProofOfPossession().ExecuteAsync(cancellationToken);
    }

    public Task<AuthenticationResult> ByProperty(CancellationToken cancellationToken) => managed
        .AcquireTokenForManagedIdentity(Resource)
        .WithMtlsProofOfPossession() // expect: MPOP1001
        .ExecuteAsync(cancellationToken);

    public Task<AuthenticationResult> ByHelperOfAHelper(CancellationToken cancellationToken)
    {
        Prepare();
        return managed
            .AcquireTokenForManagedIdentity("api://queue")
            .WithMtlsProofOfPossession() // expect: MPOP1001
            .ExecuteAsync(cancellationToken);

        static void Prepare() => Prepare2();

        static void Prepare2()
        {
            Console.WriteLine("to be written");
            throw new NotSupportedException();
        }
    }

    public static string Guarded(AuthenticationResult result)
    {
        if (result.BindingCertificate is null)
            Fail();
        return result.BindingCertificate.Thumbprint;
    }

    public static async Task<string> GuardedByDelegateAsync(IConfidentialClientApplication app, CancellationToken cancellationToken)
    {
        Action fail = () => throw new InvalidOperationException();
        var result = await app
            .AcquireTokenForClient(["api://queue/.default"])
            .WithMtlsProofOfPossession()
            .ExecuteAsync(cancellationToken)
            .ConfigureAwait(false);
        if (result.BindingCertificate == null)
            fail();
        return result.BindingCertificate.Thumbprint;
    }

    private static void Fail() => throw new InvalidOperationException("The token is not bound.");

    private static X509Certificate2 Find() => throw new NotImplementedException();
}
