using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using MtlsPop.Analyzers.Flow.Engine;
using MtlsPop.Analyzers.Framework;
using MtlsPop.Analyzers.Model;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Binding;

/// <summary>
/// The type of a token is compared with a constant, letter by letter.
/// <para>Reports: a case-sensitive comparison of the token type with "mtls_pop", or of a bound token's with any constant.</para>
/// <para>Leaves alone: a comparison that ignores case; "Bearer" for a token that is not known to be bound.</para>
/// </summary>
internal sealed class TokenTypeComparedByCase() : Rule<TokenTypeComparison>(Rules.TokenTypeComparedByCase)
{
    protected override IEnumerable<TokenTypeComparison> Find(TypeModel type, CancellationToken cancellation) => TokenTypeComparison.In(type.Flow);

    protected override void Judge(TokenTypeComparison comparison, Report report) => report.At(comparison.Expression);
}

/// <summary>A question about the type of a token that depends on how the server spells it.</summary>
internal sealed class TokenTypeComparison(SyntaxNode expression)
{
    /// <summary>The comparison, or the constant that a switch or a pattern compares with.</summary>
    public SyntaxNode Expression => expression;

    public static IEnumerable<TokenTypeComparison> In(TypeAnalysis flow) => flow.EventsOf(Compares, value => value is MemberOf { Name: MsalNames.TokenType })
        .Where(observation => IsCaseSensitive(observation) && IsAboutBinding(observation))
        .Select(observation => observation.Operation.Syntax)
        .Distinct()
        .GroupBy(SwitchAround)
        .SelectMany(comparisons => comparisons.Key is null ? comparisons : comparisons.Take(1))
        .Select(expression => new TokenTypeComparison(expression));

    /// <summary>The switch whose label or arm a constant is; null for any other comparison.</summary>
    private static SyntaxNode? SwitchAround(SyntaxNode comparison)
    {
        if (comparison is not (PatternSyntax or CaseSwitchLabelSyntax or { Parent: PatternSyntax or CaseSwitchLabelSyntax }))
            return null;

        var pattern = comparison;
        while (pattern.Parent is PatternSyntax or CaseSwitchLabelSyntax or CasePatternSwitchLabelSyntax or SwitchSectionSyntax or SwitchExpressionArmSyntax)
            pattern = pattern.Parent;
        return pattern is SwitchSectionSyntax or SwitchExpressionArmSyntax ? pattern.Parent : null;
    }

    private static bool Compares(IOperation operation) => operation is IBinaryOperation or IConstantPatternOperation
        or IInvocationOperation { TargetMethod: { Name: "Equals", ContainingType.SpecialType: SpecialType.System_String or SpecialType.System_Object } };

    private static bool IsCaseSensitive(TraceEvent observation) =>
        observation.Operation is not IInvocationOperation
        || observation.Arguments.For("comparisonType") is not { } comparison
        || comparison.Value is ConstantValue { Data: int and not (int)StringComparison.OrdinalIgnoreCase and not (int)StringComparison.InvariantCultureIgnoreCase and not (int)StringComparison.CurrentCultureIgnoreCase };

    /// <summary>Code that asks for "Bearer" is about bearer tokens, unless its token is bound.</summary>
    private static bool IsAboutBinding(TraceEvent observation)
    {
        var compared = observation.Arguments.Select(argument => argument.Value).Append(observation.Receiver).ToList();
        var result = compared.Select(value => TokenResult.Of(value, MsalNames.TokenType)).FirstOrDefault(found => found is not null);
        var constant = compared.OfType<ConstantValue>().Select(value => value.Data).OfType<string>().FirstOrDefault();
        return result is not null && constant is not null && TokenResult.Bound(result, observation.State) switch
        {
            ThreeState.Unknown => string.Equals(constant, MsalNames.BoundScheme, StringComparison.OrdinalIgnoreCase),
            var bound => bound == ThreeState.Yes,
        };
    }
}
