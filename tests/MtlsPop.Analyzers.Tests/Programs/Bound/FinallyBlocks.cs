// What a finally block does, it does on every way out of its try, also where the try never ends by itself.
using Microsoft.Identity.Client;
using Microsoft.Identity.Client.KeyAttestation;

namespace Contoso.Workers;

internal sealed class Finally(IManagedIdentityApplication app)
{
    public async Task AfterAThrowAsync(CancellationToken cancellationToken)
    {
        try
        {
            throw new TimeoutException();
        }
        finally
        {
            await app.AcquireTokenForManagedIdentity("api://queue")
                .WithMtlsProofOfPossession() // expect: MPOP1001
                .ExecuteAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task AfterAnEndlessLoopAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
                await Task.Delay(1000, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await app.AcquireTokenForManagedIdentity("api://queue")
                .WithMtlsProofOfPossession() // expect: MPOP1001
                .ExecuteAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public Task AttestedThereAsync(Action configure, CancellationToken cancellationToken)
    {
        var request = app.AcquireTokenForManagedIdentity("api://queue").WithMtlsProofOfPossession();
        try
        {
            try
            {
                configure();
            }
            finally
            {
                request.WithAttestationSupport();
            }
        }
        catch (InvalidOperationException)
        {
            return Task.CompletedTask;
        }

        return request.ExecuteAsync(cancellationToken);
    }

    public Task AttestedBeforeTheCatchAsync(Action configure, CancellationToken cancellationToken)
    {
        var request = app.AcquireTokenForManagedIdentity("api://queue").WithMtlsProofOfPossession();
        try
        {
            try
            {
                configure();
            }
            finally
            {
                request.WithAttestationSupport();
            }

            return Task.CompletedTask;
        }
        catch (InvalidOperationException)
        {
            return request.ExecuteAsync(cancellationToken);
        }
    }
}
