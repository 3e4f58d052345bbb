using Microsoft.Identity.Client;
using Microsoft.Identity.Client.AppConfig;
using Microsoft.Identity.Client.KeyAttestation;

namespace EveryMistake;

internal static class Requests
{
    private static readonly IManagedIdentityApplication Machine = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.SystemAssigned).Build();

    private static readonly string[] Scopes = ["https://graph.microsoft.com/.default"];

    public static async Task<AuthenticationResult> AttestationMissing(CancellationToken cancellationToken) =>
        await Machine.AcquireTokenForManagedIdentity("https://graph.microsoft.com")
            .WithMtlsProofOfPossession() // MPOP1001
            .ExecuteAsync(cancellationToken)
            .ConfigureAwait(false);

    public static async Task<AuthenticationResult> AttestationWithoutBinding(CancellationToken cancellationToken) =>
        await Machine.AcquireTokenForManagedIdentity("https://graph.microsoft.com")
            .WithAttestationSupport() // MPOP1002
            .ExecuteAsync(cancellationToken)
            .ConfigureAwait(false);

    public static async Task<AuthenticationResult> RequestNotBound(CancellationToken cancellationToken) =>
        await Machine.AcquireTokenForManagedIdentity("https://graph.microsoft.com") // MPOP1004
            .ExecuteAsync(cancellationToken)
            .ConfigureAwait(false);

    public static async Task<AuthenticationResult> BoundAndBearerTogether(CancellationToken cancellationToken) =>
        await Machine.AcquireTokenForManagedIdentity("https://graph.microsoft.com")
            .WithMtlsProofOfPossession()
            .WithAttestationSupport()
            .WithRequestOverMtls() // MPOP1003
            .ExecuteAsync(cancellationToken)
            .ConfigureAwait(false);

    public static async Task<AuthenticationResult> ApplicationPerCall(CancellationToken cancellationToken)
    {
        var machine = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.SystemAssigned).Build(); // MPOP1006
        return await machine.AcquireTokenForManagedIdentity("https://graph.microsoft.com")
            .WithMtlsProofOfPossession()
            .WithAttestationSupport()
            .ExecuteAsync(cancellationToken)
            .ConfigureAwait(false);
    }

    public static async Task<AuthenticationResult> SilentBeforeClient(IConfidentialClientApplication app, IAccount account, CancellationToken cancellationToken)
    {
        try
        {
            return await app.AcquireTokenSilent(Scopes, account).ExecuteAsync(cancellationToken).ConfigureAwait(false); // MPOP1007
        }
        catch (MsalUiRequiredException)
        {
            return await app.AcquireTokenForClient(Scopes).WithMtlsProofOfPossession().ExecuteAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public static async Task<AuthenticationResult> ScopeWithoutDefault(IConfidentialClientApplication app, CancellationToken cancellationToken) =>
        await app.AcquireTokenForClient(["https://graph.microsoft.com"]) // MPOP1008
            .WithMtlsProofOfPossession()
            .ExecuteAsync(cancellationToken)
            .ConfigureAwait(false);
}
