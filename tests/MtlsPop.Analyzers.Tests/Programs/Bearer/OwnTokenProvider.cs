// The application's tokens come from other code: no rule of Entra for scopes applies.
using Microsoft.Identity.Client;
using Microsoft.Identity.Client.Extensibility;

namespace Contoso.Provided;

internal static class Provided
{
    private static readonly IConfidentialClientApplication _app = ConfidentialClientApplicationBuilder.Create("device")
        .WithAppTokenProvider(_ => Task.FromResult(new AppTokenProviderResult { AccessToken = "token", ExpiresInSeconds = 3600 }))
        .Build();

    public static Task<AuthenticationResult> AcquireAsync(CancellationToken cancellationToken) =>
        _app.AcquireTokenForClient(["device-telemetry"]).ExecuteAsync(cancellationToken);
}

internal sealed class PerhapsProvided(Func<AppTokenProviderParameters, Task<AppTokenProviderResult>>? provider)
{
    private readonly IConfidentialClientApplication _app = Build(provider);

    public Task<AuthenticationResult> AcquireAsync(CancellationToken cancellationToken) =>
        _app.AcquireTokenForClient(["device-telemetry"]).ExecuteAsync(cancellationToken);

    private static IConfidentialClientApplication Build(Func<AppTokenProviderParameters, Task<AppTokenProviderResult>>? provider)
    {
        var builder = ConfidentialClientApplicationBuilder.Create("device");
        if (provider is not null)
            builder.WithAppTokenProvider(provider);
        return builder.Build();
    }
}
