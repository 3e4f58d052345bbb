namespace MtlsPop.Analyzers.Tests.Robustness;

/// <summary>Correct programs, a flow each, in the spellings that real code uses. None of them has a finding.</summary>
internal static class Programs
{
    public static TheoryData<string> Names => [.. All.Keys];

    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["managed identity in a field"] =
            """
            public sealed class Machine : IDisposable
            {
                private readonly IManagedIdentityApplication _app =
                    ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.WithUserAssignedClientId("11111111-1111-1111-1111-111111111111")).Build();

                private bool _disposed;

                public async Task<HttpResponseMessage> GetAsync(Uri uri, CancellationToken cancellationToken = default)
                {
                    ArgumentNullException.ThrowIfNull(uri);
                    ObjectDisposedException.ThrowIf(_disposed, this);
                    AuthenticationResult result = await _app
                        .AcquireTokenForManagedIdentity("https://vault.azure.net")
                        .WithMtlsProofOfPossession()
                        .WithAttestationSupport()
                        .ExecuteAsync(cancellationToken)
                        .ConfigureAwait(false);
                    if (result.BindingCertificate is not { HasPrivateKey: true } certificate)
                        throw new InvalidOperationException("not bound");

                    return await SendAsync(result, certificate, uri, cancellationToken).ConfigureAwait(false);
                }

                public void Dispose() => _disposed = true;

                private static async Task<HttpResponseMessage> SendAsync(
                    AuthenticationResult result,
                    X509Certificate2 certificate,
                    Uri uri,
                    CancellationToken cancellationToken)
                {
                    var client = Clients.For(certificate);
                    using var request = new HttpRequestMessage(HttpMethod.Get, uri);
                    request.Headers.Authorization = new AuthenticationHeaderValue(result.TokenType, result.AccessToken);
                    return await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
                }
            }

            internal static class Clients
            {
                private static readonly System.Runtime.CompilerServices.ConditionalWeakTable<X509Certificate2, HttpClient> Known = new();

                public static HttpClient For(X509Certificate2 certificate) => Known.GetValue(certificate, bound =>
                {
                    var handler = new SocketsHttpHandler();
                    handler.SslOptions.ClientCertificates = new X509CertificateCollection { bound };
                    return new HttpClient(handler);
                });
            }
            """,
        ["confidential client with a certificate"] =
            """
            public sealed record Settings(string ClientId, string Authority, string? Region);

            public sealed class Graph(Settings settings, X509Certificate2 certificate)
            {
                private IConfidentialClientApplication? _app;

                private IConfidentialClientApplication App => _app ??= Build();

                private IConfidentialClientApplication Build()
                {
                    var builder = ConfidentialClientApplicationBuilder.Create(settings.ClientId).WithAuthority(settings.Authority);
                    if (settings.Region is { Length: > 0 } region)
                        builder = builder.WithAzureRegion(region);
                    builder.WithCertificate(certificate, sendX5C: true);
                    return builder.Build();
                }

                public async Task<(string Header, X509Certificate2 Certificate)> AcquireAsync(bool force, CancellationToken cancellationToken)
                {
                    var request = App.AcquireTokenForClient(["https://graph.microsoft.com/.default"]).WithMtlsProofOfPossession();
                    if (force)
                        request.WithForceRefresh(true);
                    var result = await request.ExecuteAsync(cancellationToken).ConfigureAwait(false);
                    return (result.CreateAuthorizationHeader(), result.BindingCertificate ?? throw new InvalidOperationException("not bound"));
                }
            }
            """,
        ["federation, both legs bound"] =
            """
            public sealed class Federated
            {
                private static readonly IManagedIdentityApplication Machine = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.SystemAssigned)
                    .Build();

                private readonly IConfidentialClientApplication _app = ConfidentialClientApplicationBuilder
                    .Create("11111111-1111-1111-1111-111111111111")
                    .WithAuthority(AzureCloudInstance.AzurePublic, "22222222-2222-2222-2222-222222222222")
                    .WithClientAssertion(async (AssertionRequestOptions options, CancellationToken cancellationToken) =>
                    {
                        var leg1 = await Machine
                            .AcquireTokenForManagedIdentity("api://AzureADTokenExchange")
                            .WithMtlsProofOfPossession()
                            .WithAttestationSupport()
                            .ExecuteAsync(cancellationToken)
                            .ConfigureAwait(false);
                        return new ClientSignedAssertion { Assertion = leg1.AccessToken, TokenBindingCertificate = leg1.BindingCertificate };
                    })
                    .Build();

                public Task<AuthenticationResult> AcquireAsync(string scope, CancellationToken cancellationToken) =>
                    _app.AcquireTokenForClient(new[] { scope }).WithMtlsProofOfPossession().ExecuteAsync(cancellationToken);
            }
            """,
        ["plain bearer code"] =
            """
            public sealed class Bearer(string secret)
            {
                private readonly IConfidentialClientApplication _app = ConfidentialClientApplicationBuilder.Create("id")
                    .WithTenantId("tenant")
                    .WithClientSecret(secret)
                    .Build();
                private readonly IManagedIdentityApplication _machine = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.SystemAssigned).Build();

                public async Task<string> AcquireAsync(HttpClient client, bool machine)
                {
                    var result = machine
                        ? await _machine.AcquireTokenForManagedIdentity("https://vault.azure.net").ExecuteAsync()
                        : await _app.AcquireTokenForClient(new[] { "https://graph.microsoft.com/.default" }).ExecuteAsync();
                    client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", result.AccessToken);
                    return await client.GetStringAsync("https://graph.microsoft.com/v1.0/applications");
                }
            }
            """,
        ["the language's corners"] =
            """
            using System.Linq.Expressions;

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
            """,
    };
}
