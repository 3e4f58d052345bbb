// Delegates that call themselves, and that wrap what they were.
internal sealed class Middleware
{
    private Func<AuthenticationResult, Task<AuthenticationResult>> _pipeline = Task.FromResult;

    public async Task<AuthenticationResult> AcquireAsync(IManagedIdentityApplication app, int depth)
    {
        Func<int, Task<AuthenticationResult>> again = null!;
        again = async left => left > 0 ? await again(left - 1) : await app.AcquireTokenForManagedIdentity("r").WithMtlsProofOfPossession().ExecuteAsync();
        for (var i = 0; i < depth; i++)
        {
            var inner = again;
            again = left => inner(left + 1);
            var next = _pipeline;
            _pipeline = async result => await next(await _pipeline(result));
        }

        Func<object, object> y = self => ((Func<object, object>)self)(self);
        _ = y(y);
        return await _pipeline(await again(depth));
    }
}
