// Types that are their own bases, parts and constraints.
// errors: CS0146 CS0454 CS0523 CS0529
internal class Egg : Hen
{
    public Task<AuthenticationResult> AcquireAsync(IManagedIdentityApplication app) =>
        app.AcquireTokenForManagedIdentity("r").WithMtlsProofOfPossession().ExecuteAsync();
}

internal class Hen : Egg
{
    public Hen(IManagedIdentityApplication app) => AcquireAsync(app);
}

internal interface IOne : IOther;

internal interface IOther : IOne;

internal struct Box
{
    public Box Inner;
    public AuthenticationResult Result;
}

internal sealed class Bounded
{
    public static T Pick<T, U>(T one, U other, IManagedIdentityApplication app)
        where T : U
        where U : T
    {
        app.AcquireTokenForManagedIdentity("r").WithMtlsProofOfPossession();
        return Pick(one, other, app);
    }
}
