// Types of one's own whose methods are named as MSAL's are, and MSAL's names in comments, documentation and text: none of them is a call of MSAL.
using Microsoft.Identity.Client;

namespace Contoso.Own;

public sealed class TokenBuilder
{
    public TokenBuilder AcquireTokenForManagedIdentity(string resource) => this;

    public TokenBuilder AcquireTokenForClient(string[] scopes) => this;

    public TokenBuilder WithMtlsProofOfPossession() => this;

    public TokenBuilder WithAttestationSupport() => this;

    public TokenBuilder WithClientAssertion(string assertion) => this;

    public Task<string> ExecuteAsync() => Task.FromResult("");
}

public static class Uses
{
    /// <summary>Not <see cref="AcquireTokenForClientParameterBuilder.WithMtlsProofOfPossession"/>.</summary>
    public static string Name => nameof(AcquireTokenForClientParameterBuilder.WithMtlsProofOfPossession) + ".WithAttestationSupport()";

    public static async Task RunAsync(TokenBuilder builder)
    {
        // app.AcquireTokenForManagedIdentity("r").WithMtlsProofOfPossession().ExecuteAsync(): some day
        await builder.AcquireTokenForManagedIdentity("r").WithMtlsProofOfPossession().ExecuteAsync();
        await builder.AcquireTokenForManagedIdentity("r").WithAttestationSupport().ExecuteAsync();
        await builder.AcquireTokenForClient(["https://graph.microsoft.com"]).WithClientAssertion("text").ExecuteAsync();
    }
}
