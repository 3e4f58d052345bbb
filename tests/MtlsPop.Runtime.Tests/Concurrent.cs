namespace MtlsPop.Tests;

internal static class Concurrent
{
    /// <summary>Starts an operation many times on the thread pool. Returns when each has been called and none is awaited yet.</summary>
    public static Task<Task<T>[]> StartAsync<T>(int times, Func<Task<T>> operation) => Task.WhenAll(
        Enumerable.Range(0, times).Select(_ => Task.Factory.StartNew(operation, CancellationToken.None, TaskCreationOptions.None, TaskScheduler.Default)));
}
