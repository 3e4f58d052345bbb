using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using MtlsPop.Analyzers.Flow.Engine;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Model;

/// <summary>What an Authorization header says: whose token it carries, and under which scheme where that is a constant.</summary>
internal readonly record struct AuthorizationHeader(AbstractValue Result, string? Scheme)
{
    public const string Name = "Authorization";

    public const string Type = "AuthenticationHeaderValue";

    /// <summary>Null where the value carries no token of a result.</summary>
    public static AuthorizationHeader? Read(AbstractValue header, State state) => header switch
    {
        AllocatedObject { Type.Name: Type } made when state[made] is { Steps: { Length: > 0 } steps } => Read(steps[0]["scheme"] ?? steps[0]["input"] ?? AbstractValue.Unknown, steps[0]["parameter"], state),
        TextValue text => Read(text.Parts),
        SequenceValue { Parts: { Length: 1 } only } => Read(only[0], state),
        MemberOf when TokenResult.Of(header, MsalNames.AccessToken) is { } result => new AuthorizationHeader(result, null),
        MemberOf when TokenResult.Of(header, MsalNames.CreateAuthorizationHeader) is { } result => new AuthorizationHeader(result, null),
        _ => null,
    };

    /// <summary>Whether the value is a token, or a header that was made, perhaps with one.</summary>
    public static bool MayCarryToken(AbstractValue value) =>
        value is MemberOf { Name: MsalNames.AccessToken or MsalNames.CreateAuthorizationHeader } or AllocatedObject { Type.Name: Type };

    /// <summary>Whether a value that is the name of a header, or a key of a collection of them, is this header's.</summary>
    public static bool IsName(AbstractValue value) => value switch
    {
        ConstantValue { Data: string name } => string.Equals(name, Name, StringComparison.OrdinalIgnoreCase),
        SymbolicInput { Symbol: { Name: Name, ContainingType.Name: "HeaderNames" or "Names" or "HttpRequestHeader" } } => true,
        _ => false,
    };

    private static AuthorizationHeader? Read(AbstractValue scheme, AbstractValue? parameter, State state)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (parameter is null or ConstantValue { Data: null })
            return Read(scheme, state);

        return Read(parameter, state) is { } token ? new AuthorizationHeader(token.Result, (scheme as ConstantValue)?.Data as string) : null;
    }

    private static AuthorizationHeader? Read(ImmutableArray<AbstractValue> parts)
    {
        string? scheme = "";
        foreach (var part in parts)
        {
            if (TokenResult.Of(part, MsalNames.AccessToken) is { } result)
                return new AuthorizationHeader(result, IsScheme(scheme) ? scheme.Trim() : null);

            scheme = scheme is not null && part is ConstantValue { Data: var text } ? scheme + text : null;
        }

        return null;
    }

    private static bool IsScheme([NotNullWhen(true)] string? text) => text is { Length: > 1 } && text[text.Length - 1] == ' ' && text.Trim().All(IsTokenCharacter);

    private static bool IsTokenCharacter(char character) => char.IsLetterOrDigit(character) || character is '_' or '-' or '.';
}
