// Iterators and asynchronous iterators that run through themselves.
internal sealed class Streams(IManagedIdentityApplication app)
{
    private IEnumerable<AuthenticationResult> _all = [];

    public IEnumerable<AuthenticationResult> All(int depth)
    {
        foreach (var one in All(depth - 1).Concat(All(depth - 2)))
            yield return one;
        try
        {
            yield return app.AcquireTokenForManagedIdentity("r").WithMtlsProofOfPossession().ExecuteAsync().GetAwaiter().GetResult();
        }
        finally
        {
            _all = _all.Concat(_all).Select(result => All(0).First(other => other == result));
        }
    }

    public async IAsyncEnumerable<AuthenticationResult> StreamAsync()
    {
        await foreach (var one in StreamAsync().ConfigureAwait(false))
        {
            await foreach (var two in StreamAsync())
                yield return one.BindingCertificate is null ? two : one;
        }

        await using var enumerator = StreamAsync().GetAsyncEnumerator();
        while (await enumerator.MoveNextAsync())
            yield return enumerator.Current;
    }
}
