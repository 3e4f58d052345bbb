// Each call has a larger type than its caller.
internal sealed class Growing<T>(IManagedIdentityApplication app)
{
    private readonly Lazy<Growing<List<T>>> _next = new(() => new Growing<List<T>>(app));

    public Task<AuthenticationResult> AcquireAsync(int depth) =>
        depth > 0 ? _next.Value.AcquireAsync(depth - 1) : Request<T>(depth).ExecuteAsync();

    private AcquireTokenForManagedIdentityParameterBuilder Request<U>(int depth) =>
        depth > 0 ? Request<Growing<U>>(depth - 1) : Other<(T, U)>(depth).WithMtlsProofOfPossession();

    private AcquireTokenForManagedIdentityParameterBuilder Other<U>(int depth) =>
        depth > 0 ? Request<Dictionary<int, U[]>>(depth) : app.AcquireTokenForManagedIdentity(typeof(U).Name);
}
