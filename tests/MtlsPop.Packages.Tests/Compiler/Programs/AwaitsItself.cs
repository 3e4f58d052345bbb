// An object that is its own awaiter, enumerator and parts.
internal sealed class Self(IManagedIdentityApplication app) : System.Runtime.CompilerServices.INotifyCompletion
{
    public Self Current => this;

    public bool IsCompleted => true;

    public Self this[Self index] => index[this];

    public Self GetAwaiter() => this;

    public Self GetResult() => this;

    public Self GetEnumerator() => this;

    public bool MoveNext() => true;

    public void OnCompleted(Action continuation) => continuation();

    public void Deconstruct(out Self left, out Self right) => (left, right) = this;

    public static Self operator +(Self left, Self right) => left + right;

    public async Task<AuthenticationResult> AcquireAsync()
    {
        var self = await this;
        foreach (var one in self)
        {
            var ((a, b), (c, (d, e))) = one;
            self = a + b + c[d] + await e;
        }

        return await self.Current.Request().ExecuteAsync();
    }

    private AcquireTokenForManagedIdentityParameterBuilder Request() =>
        app.AcquireTokenForManagedIdentity("https://vault.azure.net").WithMtlsProofOfPossession();
}
