// Conversions, operators, properties and indexers that use themselves.
internal readonly struct Token(AuthenticationResult result)
{
    public AuthenticationResult Result { get; init; } = result;

    public Token Again => Again with { Result = Again.Result };

    public static implicit operator Token(AuthenticationResult result) => result;

    public static implicit operator AuthenticationResult(Token token) => token;

    public static bool operator true(Token token) => token ? true : false;

    public static bool operator false(Token token) => token ? false : true;

    public static Token operator &(Token left, Token right) => left && right;

    public static async Task<Token> AcquireAsync(IManagedIdentityApplication app)
    {
        Token token = await app.AcquireTokenForManagedIdentity("r").WithMtlsProofOfPossession().ExecuteAsync();
        AuthenticationResult result = token && token.Again;
        return result.BindingCertificate is null ? token & result : await AcquireAsync(app);
    }
}
