// Retry loops and workers: what must be cleaned up stands inside a try whose catch goes round again.
using Microsoft.Identity.Client;

namespace Contoso.Workers;

internal sealed class Retries(IManagedIdentityApplication app, SemaphoreSlim gate)
{
    public async Task<string> ForWithUsingAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < 3; attempt++)
        {
            try
            {
                using var message = new HttpRequestMessage();
                var result = await app.AcquireTokenForManagedIdentity("api://queue")
                    .WithMtlsProofOfPossession() // expect: MPOP1001
                    .ExecuteAsync(cancellationToken).ConfigureAwait(false);
                return result.AccessToken;
            }
            catch (MsalServiceException) when (attempt < 2)
            {
                await Task.Delay(attempt, cancellationToken).ConfigureAwait(false);
            }
        }

        throw new TimeoutException();
    }

    public async Task<string> WhileWithFinallyAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
                try
                {
                    var result = await app.AcquireTokenForManagedIdentity("api://queue")
                        .WithMtlsProofOfPossession() // expect: MPOP1001
                        .ExecuteAsync(cancellationToken).ConfigureAwait(false);
                    return result.BindingCertificate.Thumbprint; // expect: MPOP3001
                }
                finally
                {
                    gate.Release();
                }
            }
            catch (MsalServiceException)
            {
                continue;
            }
        }
    }

    public async Task<int> EachWithLockAsync(IEnumerable<string> resources, CancellationToken cancellationToken)
    {
        var tokens = new List<string>();
        foreach (var resource in resources)
        {
            try
            {
                var result = await app.AcquireTokenForManagedIdentity(resource)
                    .WithMtlsProofOfPossession() // expect: MPOP1001
                    .ExecuteAsync(cancellationToken).ConfigureAwait(false);
                lock (tokens)
                {
                    foreach (var scope in result.Scopes)
                        tokens.Add(scope);
                }
            }
            catch (MsalServiceException)
            {
                tokens.Clear();
            }
        }

        return tokens.Count;
    }

    public async Task AgainAsync(CancellationToken cancellationToken)
    {
    again:
        try
        {
            using var content = new MemoryStream();
            await app.AcquireTokenForManagedIdentity("api://queue")
                .WithMtlsProofOfPossession() // expect: MPOP1001
                .ExecuteAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (MsalServiceException)
        {
            goto again;
        }
    }

    public Task InTheBackground(CancellationToken cancellationToken) => Task.Run(
        async () =>
        {
            do
            {
                try
                {
                    using var content = new MemoryStream();
                    await app.AcquireTokenForManagedIdentity("api://queue")
                        .WithMtlsProofOfPossession() // expect: MPOP1001
                        .ExecuteAsync(cancellationToken).ConfigureAwait(false);
                }
                catch (MsalServiceException)
                {
                    await Task.Delay(1000, cancellationToken).ConfigureAwait(false);
                }
            }
            while (!cancellationToken.IsCancellationRequested);
        },
        cancellationToken);
}

internal sealed class Addresses(IConfidentialClientApplication app, HttpClient client)
{
    public async Task FromItselfAsync(string[] segments, CancellationToken cancellationToken)
    {
        var result = await app
            .AcquireTokenForClient(["api://queue/.default"])
            .WithMtlsProofOfPossession()
            .ExecuteAsync(cancellationToken)
            .ConfigureAwait(false);
        var address = new Uri("https://queue.contoso.com");
        foreach (var segment in segments)
        {
            address = new Uri(address, segment);
            using var message = new HttpRequestMessage(HttpMethod.Get, address);
            message.Headers.TryAddWithoutValidation("Authorization", result.CreateAuthorizationHeader());
            await client.SendAsync(message, cancellationToken).ConfigureAwait(false);
        }
    }
}
