using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MtlsPop;

/// <summary>
/// Makes and warms up the acquirers before anything else of the host starts, so that what is wrong with one stops the program with its
/// reason.
/// </summary>
internal sealed class AcquirerStart(IServiceProvider services, IEnumerable<AcquirerName> names) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        foreach (var acquirer in names)
        {
            await services.GetRequiredKeyedService<HostedAcquirer>(acquirer.Name).WarmUpAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
