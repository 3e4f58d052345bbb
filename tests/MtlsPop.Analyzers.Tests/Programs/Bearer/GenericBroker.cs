// A broker over any application: generic steps, requests that the caller configures, reflection, an expression tree and dynamic values.
using System.Linq.Expressions;
using Microsoft.Identity.Client;

namespace Contoso.Brokers;

public abstract class Broker<TApp>(TApp app)
    where TApp : class, IClientApplicationBase
{
    protected TApp App { get; } = app;

    public async Task<TResult> UseAsync<TResult>(Func<TApp, Task<AuthenticationResult>> acquire, Func<AuthenticationResult, TResult> map) =>
        map(await acquire(App).ConfigureAwait(false));

    protected virtual T Decorate<T>(T request)
        where T : AbstractAcquireTokenParameterBuilder<T> => request.WithCorrelationId(Guid.NewGuid());
}

public sealed class ClientBroker(IConfidentialClientApplication app, Action<AcquireTokenForClientParameterBuilder>? configure = null)
    : Broker<IConfidentialClientApplication>(app)
{
    public async Task<string> HeaderAsync(params string[] scopes)
    {
        var request = Decorate(App.AcquireTokenForClient(scopes));
        configure?.Invoke(request);
        return "Bearer " + (await request.ExecuteAsync()).AccessToken;
    }

    public async Task<string> ReflectedAsync()
    {
        var request = App.AcquireTokenForClient(["api://items/.default"]);
        typeof(AcquireTokenForClientParameterBuilder).GetMethod(nameof(AcquireTokenForClientParameterBuilder.WithMtlsProofOfPossession))?.Invoke(request, null);
        return $"Bearer {(await request.ExecuteAsync()).AccessToken}";
    }

    public Task<string> MappedAsync() =>
        UseAsync(known => known.AcquireTokenForClient(["api://items/.default"]).ExecuteAsync(), result => $"Bearer {result.AccessToken}");

    public Expression<Func<AuthenticationResult, string>> Quoted() => result => "Bearer " + result.AccessToken;

    public string Late(dynamic result) => "Bearer " + result.AccessToken + result.BindingCertificate.Thumbprint;
}
