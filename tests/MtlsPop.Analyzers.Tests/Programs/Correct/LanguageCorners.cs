// Rare parts of the language around calls of MSAL. It is for the analyzers to get through, not for reading.
using System.Linq.Expressions;
using Microsoft.Identity.Client;
using Microsoft.Identity.Client.AppConfig;
using Microsoft.Identity.Client.KeyAttestation;

[Obsolete(nameof(ManagedIdentityPopExtensions.WithMtlsProofOfPossession))]
public abstract partial record Corner(IManagedIdentityApplication App)
{
    public event EventHandler? Bound { add { _ = App.AcquireTokenForManagedIdentity("a"); } remove { } }

    public string this[int index] => App.AcquireTokenForManagedIdentity("r").ToString()! + index;

    public static Corner operator +(Corner left, Corner right) => left with { App = right.App };

    public static implicit operator string(Corner corner) => corner.ToString();

    public Expression<Func<AuthenticationResult, string>> Quoted => result => result.BindingCertificate.Thumbprint;

    public IEnumerable<AuthenticationResult> All(params string[] resources)
    {
        foreach (var resource in resources)
            yield return App
                .AcquireTokenForManagedIdentity(resource)
                .WithMtlsProofOfPossession()
                .WithAttestationSupport()
                .ExecuteAsync()
                .GetAwaiter()
                .GetResult();
    }

    public async IAsyncEnumerable<AuthenticationResult> Stream(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
            yield return await App
                .AcquireTokenForManagedIdentity("r")
                .WithMtlsProofOfPossession()
                .WithAttestationSupport()
                .ExecuteAsync(cancellationToken)
                .ConfigureAwait(false);
    }

    ~Corner() { GC.KeepAlive(App.AcquireTokenForManagedIdentity("r")); }

    partial void Extended(AuthenticationResult result);

    public T Pick<T>(T one, ref T other, in int way, out T picked) where T : class?
    {
        start:
        switch (way)
        {
            case > 3 and < 7 or 9: picked = one; break;
            case int n when n < 0: goto start;
            default: picked = other; goto case 40;
            case 40: other = one; picked = one; checked { } break;
        }

        try { lock (this) { dynamic d = one!; d.BindingCertificate.Add(1); } }
        catch (MsalException exception) when (exception.Message is [.. var head, 'x'] && head.Length > 0) { throw; }
        finally { _ = way; }
        return picked is null ? throw new InvalidOperationException() : picked;
    }
}

public interface IAcquire
{
    static abstract Task<AuthenticationResult> AcquireTokenForClient(string scope);

    Task<AuthenticationResult> Default(IConfidentialClientApplication app) => app.AcquireTokenForClient(new[] { "a/.default" }).ExecuteAsync();
}

public enum Leg { First = 1, Second }

file delegate Task<ClientSignedAssertion> Assertion(AssertionRequestOptions options, CancellationToken token);
