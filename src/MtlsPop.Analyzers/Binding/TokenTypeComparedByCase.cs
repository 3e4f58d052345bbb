using MtlsPop.Analyzers.Model;

namespace MtlsPop.Analyzers.Binding;

/// <summary>The type of a token is compared with a constant, letter by letter.</summary>
internal sealed class TokenTypeComparedByCase() : Rule<TokenTypeComparison>(Rules.TokenTypeComparedByCase)
{
    protected override void Judge(TokenTypeComparison comparison, Report report) => report.At(comparison.Expression);
}
