using Microsoft.CodeAnalysis;
using MtlsPop.Analyzers.Flow;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Model;

/// <summary>The result of a token request, and what is taken from it.</summary>
internal static class TokenResult
{
    /// <summary>The result that the value is a part of, such as its token or its certificate; null for anything else.</summary>
    public static Value? Of(Value value, string part) => value is Part { Whole: var whole } taken && taken.Name == part && IsResult(whole) ? whole : null;

    /// <summary>Whether the result's request asked, on this path, for a token that is bound to a certificate.</summary>
    public static Fact Bound(Value result, State state) => RequestOf(result, state) switch
    {
        null => Fact.Unknown,
        var request when request.Last(Names.WithMtlsProofOfPossession) is not null => Fact.Yes,
        { Open: true } => Fact.Unknown,
        _ => Fact.No,
    };

    /// <summary>What was done to the request that gave the result; null where that is not known.</summary>
    private static History? RequestOf(Value result, State state) =>
        result is Made made && state[made] is { Steps: { Length: > 0 } steps } && steps[0][""] is Made request ? state[request] : null;

    private static bool IsResult(Value whole) => whole switch
    {
        Made made => IsResult(made.Type),
        Received { Symbol: var symbol } => TypeOf(symbol) switch
        {
            INamedTypeSymbol { Name: "Task" or "ValueTask", TypeArguments: { Length: 1 } arguments } => IsResult(arguments[0]),
            { } type => IsResult(type),
            null => false,
        },
        _ => false,
    };

    private static bool IsResult(ITypeSymbol type) => type is { Name: Names.AuthenticationResult, ContainingAssembly.Name: Names.MsalAssembly };

    private static ITypeSymbol? TypeOf(ISymbol symbol) => symbol switch
    {
        IParameterSymbol parameter => parameter.Type,
        IFieldSymbol field => field.Type,
        IPropertySymbol property => property.Type,
        _ => null,
    };
}
