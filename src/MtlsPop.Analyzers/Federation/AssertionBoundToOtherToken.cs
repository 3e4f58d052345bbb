using MtlsPop.Analyzers.Framework;
using MtlsPop.Analyzers.Model;

namespace MtlsPop.Analyzers.Federation;

/// <summary>
/// The certificate that goes with an assertion came with another token.
/// <para>Reports: an assertion whose certificate is of one result and whose token of another, on every path.</para>
/// <para>Leaves alone: results that are not made here.</para>
/// </summary>
internal sealed class AssertionBoundToOtherToken() : Rule<Assertion>(Rules.AssertionBoundToOtherToken)
{
    protected override IEnumerable<Assertion> Find(TypeModel type, CancellationToken cancellation) => type.Assertions;

    protected override void Judge(Assertion assertion, Report report)
    {
        if (assertion.FromOneResult == ThreeState.No)
            report.At(assertion.Certificate!.Token);
    }
}
