// Records that are copied into copies of themselves.
internal sealed record Chain(Chain? Inner, AuthenticationResult? Result, IManagedIdentityApplication App)
{
    public Chain Self { get; init; } = new(null, null, App);

    public async Task<Chain> GrowAsync(int times)
    {
        var chain = this with { Inner = this };
        for (var i = 0; i < times; i++)
        {
            var result = await chain.App.AcquireTokenForManagedIdentity("r").WithMtlsProofOfPossession().ExecuteAsync();
            chain = chain with
            {
                Inner = chain with { Inner = chain, Self = chain.Self with { Self = chain } },
                Result = result,
                Self = this with { Self = chain },
            };
        }

        return chain is { Inner.Inner.Inner: { Result.BindingCertificate: { } certificate } deep }
            ? deep with { Result = null }
            : await chain.GrowAsync(times - 1);
    }
}
