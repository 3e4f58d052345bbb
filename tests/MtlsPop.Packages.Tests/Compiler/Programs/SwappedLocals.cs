// Locals that change places and take each other in, round by round.
internal static class Swapped
{
    public static async Task<object> AcquireAsync(IManagedIdentityApplication app, int times)
    {
        var (a, b, c) = (app.AcquireTokenForManagedIdentity("a"), app.AcquireTokenForManagedIdentity("b"), app.AcquireTokenForManagedIdentity("c"));
        object x = a, y = b, z = c;
        for (var i = 0; i < times; i++)
        {
            (a, b, c) = (b, c, a.WithMtlsProofOfPossession());
            (x, y, z) = (new object[] { y, z }, Tuple.Create(x, z), (x, y));
            if (i % 3 == 0)
                (x, y) = (y, x);
            else if (i % 3 == 1)
                (a, c) = (c.WithForceRefresh(true), b);
            for (var j = i; j < times; j++)
            {
                (z, x) = (new Wrapper(x, y, z), z);
                a = j > 2 ? b : c;
            }
        }

        var result = await a.ExecuteAsync();
        return (result.BindingCertificate.Thumbprint, x, y, z);
    }

    private sealed class Wrapper(params object[] held)
    {
        public object this[int i] => held[i] is Wrapper wrapper ? wrapper[i] : held;
    }
}
