// A tool that checks the binding certificate for null in each way that C# has, and in helpers that the compiler's attributes describe.
// output: exe
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Identity.Client;
using Microsoft.Identity.Client.AppConfig;
using Microsoft.Identity.Client.KeyAttestation;

internal static class Program
{
    private static readonly IManagedIdentityApplication _app = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.SystemAssigned).Build();

    private static async Task Main()
    {
        foreach (var way in new Action<AuthenticationResult>[] { ByPattern, ByArgument, BySwitch, ByHelper, ByFlag, ByReference })
            way(await AcquireAsync());

        var result = await _app.AcquireTokenForManagedIdentity("https://vault.azure.net").WithMtlsProofOfPossession().WithAttestationSupport().ExecuteAsync();
        Use(result.BindingCertificate ?? throw new InvalidOperationException("The token is not bound."));
        Console.WriteLine($"{result.BindingCertificate?.Thumbprint} {(result.BindingCertificate == null ? "" : result.BindingCertificate.Issuer)}");
        if (null == result.BindingCertificate || !result.BindingCertificate.HasPrivateKey)
            return;
        Use(result.BindingCertificate);
    }

    private static Task<AuthenticationResult> AcquireAsync() =>
        _app.AcquireTokenForManagedIdentity("https://vault.azure.net").WithMtlsProofOfPossession().WithAttestationSupport().ExecuteAsync();

    private static void ByPattern(AuthenticationResult result)
    {
        if (result is not { BindingCertificate: { } certificate })
            return;
        Use(certificate);
    }

    private static void ByArgument(AuthenticationResult result)
    {
        ArgumentNullException.ThrowIfNull(result.BindingCertificate);
        Use(result.BindingCertificate);
    }

    private static void BySwitch(AuthenticationResult result)
    {
        switch (result.BindingCertificate)
        {
            case null: throw new InvalidOperationException("The token is not bound.");
            case { HasPrivateKey: true } certificate: Use(certificate); break;
            default: Use(result.BindingCertificate); break;
        }
    }

    private static void ByHelper(AuthenticationResult result)
    {
        Require(result.BindingCertificate);
        Use(result.BindingCertificate);
        if (TryGet(result, out var certificate))
            Use(certificate);
    }

    private static void ByFlag(AuthenticationResult result)
    {
        var isBound = result.BindingCertificate != null;
        if (!isBound)
            Fail();
        Use(result.BindingCertificate!);
    }

    private static void ByReference(AuthenticationResult result)
    {
        if (ReferenceEquals(result.BindingCertificate, null))
            return;
        Use(result.BindingCertificate);
    }

    private static bool TryGet(AuthenticationResult result, [NotNullWhen(true)] out X509Certificate2? certificate) =>
        (certificate = result.BindingCertificate) is not null;

    [DoesNotReturn]
    private static void Fail() => throw new InvalidOperationException("The token is not bound.");

    private static void Require([NotNull] X509Certificate2? certificate) => _ = certificate ?? throw new InvalidOperationException("The token is not bound.");

    private static void Use(X509Certificate2 certificate) => Console.WriteLine(certificate.Thumbprint);
}
