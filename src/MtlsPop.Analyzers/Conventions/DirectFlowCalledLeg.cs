using MtlsPop.Analyzers.Model;

namespace MtlsPop.Analyzers.Conventions;

/// <summary>A token that nothing is exchanged for is called a leg.</summary>
internal sealed class DirectFlowCalledLeg() : Rule<LegWord>(Rules.DirectFlowCalledLeg)
{
    protected override void Judge(LegWord word, Report report) => report.At(word.Place, word.Around, word.Text);
}
