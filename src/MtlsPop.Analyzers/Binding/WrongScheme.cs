using MtlsPop.Analyzers.Model;

namespace MtlsPop.Analyzers.Binding;

/// <summary>A bound token is sent under a constant scheme that is not its own.</summary>
internal sealed class WrongScheme() : Rule<MislabelledToken>(Rules.WrongScheme)
{
    protected override void Judge(MislabelledToken token, Report report) => report.At(token.Place, token.Scheme);
}
