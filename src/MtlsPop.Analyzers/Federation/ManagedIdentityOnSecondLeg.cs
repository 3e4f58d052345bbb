using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using MtlsPop.Analyzers.Framework;
using MtlsPop.Analyzers.Model;

namespace MtlsPop.Analyzers.Federation;

/// <summary>
/// The second leg of a federation is a managed identity's. Where it is one by an assertion, the code does not compile, and the compiler cannot say why.
/// <para>Reports: WithClientAssertion on a managed identity, also where it does not compile; a managed identity that asks for the final resource, by name or after a first leg that nothing uses.</para>
/// <para>Leaves alone: a first leg that goes anywhere; direct requests.</para>
/// </summary>
internal sealed class ManagedIdentityOnSecondLeg() : Rule<SecondLeg>(Rules.ManagedIdentityOnSecondLeg)
{
    protected override IEnumerable<SecondLeg> Find(TypeModel type, CancellationToken cancellation) => type.SecondLegs;

    protected override void Judge(SecondLeg leg, Report report)
    {
        var firstLeg = leg.FirstLeg is { } known ? ImmutableArray.Create(known.GetLocation()) : ImmutableArray<Location>.Empty;
        report.Add(new Finding(leg.Step) { OtherPlaces = firstLeg, EvenWithErrors = !leg.Compiles });
    }
}
