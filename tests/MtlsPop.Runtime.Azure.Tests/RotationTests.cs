using MtlsPop.StandIns;

namespace MtlsPop.AzureTests;

/// <summary>Azure.Core has one transport for a pipeline and one cached token for a scope: between them a token must not meet another's certificate.</summary>
public class RotationTests
{
    [Fact]
    public async Task Under_load_and_rotation_no_request_carries_the_token_of_one_certificate_over_another()
    {
        const int Workers = 16;
        const int RequestsPerWorker = 1250; // 20,000 in all
        await using var world = await World.StartAsync();
        world.Vault.Remembers = false;
        var certificates = Enumerable.Range(0, 6).Select(index => World.Authority.IssueClient($"rotation {index}")).ToArray();

        // Two clients share the credential, and each pair is due for renewal at once, so that the pipelines ask again all the time.
        var asked = 0;
        var credential = world.Credential(MtlsPopTokenAcquirer.Create((_, _) => Task.FromResult(
            World.Pair(certificates[Interlocked.Increment(ref asked) % certificates.Length], TimeSpan.FromSeconds(301)))));
        var clients = new[] { world.Secrets(credential), world.Secrets(credential) };
        var distinct = new HashSet<string>();
        world.Vault.Server.Trusts = presented => { lock (distinct) { distinct.Add(presented.Thumbprint); } return true; };

        var renewing = new CancellationTokenSource();
        var rotation = Task.Run(async () =>
        {
            while (!renewing.IsCancellationRequested)
            {
                await credential.GetTokenAsync(new Azure.Core.TokenRequestContext([KeyVault.Scope]), default);
                await Task.Yield();
            }
        });
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(async () =>
        {
            for (var i = 0; i < RequestsPerWorker; i++)
            {
                await clients[(worker + i) % clients.Length].GetSecretAsync("one");
            }
        })));
        await renewing.CancelAsync();
        await rotation;

        Assert.Equal(0, world.Vault.Mismatches);
        Assert.Equal(Workers * RequestsPerWorker, world.Vault.Requests);
        Assert.Equal(certificates.Length, distinct.Count);
    }
}
