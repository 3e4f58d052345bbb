using MtlsPop.Analyzers.Framework;
using MtlsPop.Analyzers.Model;

namespace MtlsPop.Analyzers.Federation;

/// <summary>What a first leg's token is exchanged in is bound, and the token itself is not.</summary>
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
