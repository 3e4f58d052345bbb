using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using MtlsPop.Analyzers.Flow;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Model;

/// <summary>What an Authorization header says: whose token it carries, and under which scheme where that is a constant.</summary>
internal readonly record struct AuthorizationHeader(Value Result, string? Scheme)
{
    public const string Name = "Authorization";

    public const string Type = "AuthenticationHeaderValue";

    /// <summary>Null where the value carries no token of a result.</summary>
    public static AuthorizationHeader? Read(Value header, State state) => header switch
    {
        Made { Type.Name: Type } made when state[made] is { Steps: { Length: > 0 } steps } => Read(steps[0]["scheme"] ?? steps[0]["input"] ?? Value.Unknown, steps[0]["parameter"], state),
        Text text => Read(text.Parts.Items),
        Sequence { Elements.Items: { Length: 1 } only } => Read(only[0], state),
        Part when TokenResult.Of(header, MsalNames.AccessToken) is { } result => new AuthorizationHeader(result, null),
        Part when TokenResult.Of(header, MsalNames.CreateAuthorizationHeader) is { } result => new AuthorizationHeader(result, null),
        _ => null,
    };

    /// <summary>Whether a value that is the name of a header, or a key of a collection of them, is this header's.</summary>
    public static bool IsName(Value value) => value switch
    {
        Constant { Data: string name } => string.Equals(name, Name, StringComparison.OrdinalIgnoreCase),
        Received { Symbol: { Name: Name, ContainingType.Name: "HeaderNames" or "Names" or "HttpRequestHeader" } } => true,
        _ => false,
    };

    private static AuthorizationHeader? Read(Value scheme, Value? parameter, State state)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (parameter is null or Constant { Data: null })
            return Read(scheme, state);

        return Read(parameter, state) is { } token ? new AuthorizationHeader(token.Result, (scheme as Constant)?.Data as string) : null;
    }

    private static AuthorizationHeader? Read(ImmutableArray<Value> parts)
    {
        string? scheme = "";
        foreach (var part in parts)
        {
            if (TokenResult.Of(part, MsalNames.AccessToken) is { } result)
                return new AuthorizationHeader(result, IsScheme(scheme) ? scheme.Trim() : null);

            scheme = scheme is not null && part is Constant { Data: var text } ? scheme + text : null;
        }

        return null;
    }

    private static bool IsScheme([NotNullWhen(true)] string? text) => text is { Length: > 1 } && text[text.Length - 1] == ' ' && text.Trim().All(IsTokenCharacter);

    private static bool IsTokenCharacter(char character) => char.IsLetterOrDigit(character) || character is '_' or '-' or '.';
}
