using MtlsPop.Analyzers.Model;

namespace MtlsPop.Analyzers.Federation;

/// <summary>The certificate that goes with an assertion came with another token.</summary>
internal sealed class AssertionBoundToOtherToken() : Rule<Assertion>(Rules.AssertionBoundToOtherToken)
{
    protected override void Judge(Assertion assertion, Report report)
    {
        if (assertion.FromOneResult == Fact.No)
            report.At(assertion.Certificate!.Token);
    }
}
