using MtlsPop.Analyzers.Framework;
using MtlsPop.Analyzers.Model;

namespace MtlsPop.Analyzers.Federation;

/// <summary>
/// What a first leg's token is exchanged in is bound, and the token itself is not.
/// <para>Reports: a first leg for a plain token where the assertion or the second leg made with it is bound.</para>
/// <para>Leaves alone: a first leg that attests, which MPOP1002 reports.</para>
/// </summary>
internal sealed class FirstLegNotBound() : Rule<FirstLeg>(Rules.FirstLegNotBound)
{
    protected override IEnumerable<FirstLeg> Find(TypeModel type, CancellationToken cancellation) => FirstLeg.Of(type);

    protected override void Judge(FirstLeg leg, Report report)
    {
        // Attestation without binding is a finding of its own.
        if (leg is { Bound: ThreeState.No, Attested: ThreeState.No, ExchangedBound: true })
            report.At(leg.Place);
    }
}
