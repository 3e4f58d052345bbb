using Microsoft.CodeAnalysis;
using MtlsPop.Analyzers.Flow.Engine;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Model;

/// <summary>What is known of an <c>AuthenticationResult</c> by the request that it answers, and what is taken from it.</summary>
internal static class TokenResult
{
    /// <summary>The result that the value is a part of, such as its token or its certificate; null for anything else.</summary>
    public static AbstractValue? Of(AbstractValue value, string part) => value is MemberOf { Owner: var whole } taken && taken.Name == part && IsResult(whole) ? whole : null;

    /// <summary>What was done to build the request; null where it cannot be seen.</summary>
    public static CallLog? RequestOf(AllocatedObject result, State state) =>
        state[result] is { Steps: { Length: > 0 } steps } && steps[0].Receiver is AllocatedObject request ? state[request] : null;

    public static ThreeState Bound(AbstractValue? result, State state)
    {
        if (result is AllocatedObject made)
        {
            if (state[made] is { Steps: { Length: > 0 } steps } && steps[0].Name == MsalNames.AcquireMtlsPopTokenAsync)
                return ThreeState.Yes;

            if (RequestOf(made, state) is { } request)
            {
                if (request.Last(MsalNames.WithMtlsProofOfPossession) is not null)
                    return ThreeState.Yes;
                if (!request.IsOpenTo(MsalNames.WithMtlsProofOfPossession))
                    return ThreeState.No;
            }
        }

        // A result that has a binding certificate, or the type of a bound token, is bound, whoever acquired it.
        return result is not null && (state.IsNull(new MemberOf(result, MsalNames.BindingCertificate)) == false || state.IsSet(new MemberOf(result, MsalNames.TokenType)) == true)
            ? ThreeState.Yes
            : ThreeState.Unknown;
    }

    /// <summary>A path on which the code found that the token is not bound, although that was asked for.</summary>
    public static bool CameUnbound(AbstractValue result, State state) =>
        state.IsNull(new MemberOf(result, MsalNames.BindingCertificate)) == true || state.IsSet(new MemberOf(result, MsalNames.TokenType)) == false;

    /// <summary>Whether the result was asked for in order to be exchanged.</summary>
    public static ThreeState ForExchange(AllocatedObject result, State state) => RequestOf(result, state) is { } request ? ExchangeAudience.AskedBy(request) : ThreeState.Unknown;

    private static bool IsResult(AbstractValue whole) => whole switch
    {
        AllocatedObject made => IsResult(made.Type),
        SymbolicInput { Symbol: var symbol } => TypeOf(symbol) switch
        {
            INamedTypeSymbol { Name: "Task" or "ValueTask", TypeArguments: { Length: 1 } arguments } => IsResult(arguments[0]),
            { } type => IsResult(type),
            null => false,
        },
        _ => false,
    };

    private static bool IsResult(ITypeSymbol type) => type is { Name: MsalNames.AuthenticationResult, ContainingAssembly.Name: MsalNames.MsalAssembly };

    private static ITypeSymbol? TypeOf(ISymbol symbol) => symbol switch
    {
        IParameterSymbol parameter => parameter.Type,
        IFieldSymbol field => field.Type,
        IPropertySymbol property => property.Type,
        _ => null,
    };
}
