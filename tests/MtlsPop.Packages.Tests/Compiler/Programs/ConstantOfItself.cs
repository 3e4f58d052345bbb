// Constants, defaults and enum values that are made of each other.
// errors: CS0110
internal static class Scopes
{
    public const string First = Second + "/.default";
    public const string Second = First;

    public enum Kind { One = Two, Two = One }

    public static Task<AuthenticationResult> AcquireAsync(IConfidentialClientApplication app, string scope = First) =>
        app.AcquireTokenForClient([First, Second, scope]).WithMtlsProofOfPossession().ExecuteAsync();

    public static Task<AuthenticationResult> MachineAsync(IManagedIdentityApplication app, Kind kind = Kind.One) =>
        app.AcquireTokenForManagedIdentity($"{First}{kind}").WithMtlsProofOfPossession().ExecuteAsync();
}
