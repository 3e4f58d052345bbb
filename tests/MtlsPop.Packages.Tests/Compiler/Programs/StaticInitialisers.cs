// Static fields, properties and constructors of types that make each other.
internal static class Left
{
    public static readonly IConfidentialClientApplication App = Right.Builder.Build();
    public static readonly string[] Scopes = [.. Right.Scopes, Right.Name];

    static Left() => Right.Builder = Right.Builder.WithTenantId(Name);

    public static string Name => Right.Name + App.Authority;

    public static Task<AuthenticationResult> AcquireAsync() => App.AcquireTokenForClient(Scopes).WithMtlsProofOfPossession().ExecuteAsync();
}

internal static class Right
{
    public static readonly string[] Scopes = [.. Left.Scopes, Left.Name];

    public static ConfidentialClientApplicationBuilder Builder { get; set; } = ConfidentialClientApplicationBuilder.Create(Left.Name)
        .WithClientName($"{Left.App}{Builder}");

    public static string Name => Left.Name + Builder;

    public static Task<AuthenticationResult> AcquireAsync() => Left.App.AcquireTokenForClient(Scopes).WithMtlsProofOfPossession().ExecuteAsync();
}
