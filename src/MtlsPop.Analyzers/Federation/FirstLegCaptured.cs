using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using MtlsPop.Analyzers.Framework;
using MtlsPop.Analyzers.Model;

namespace MtlsPop.Analyzers.Federation;

/// <summary>
/// An application that stays presents the same first leg for ever. Where the certificate is missing as well, that is said instead.
/// <para>Reports: a callback that always returns a result which it did not acquire, in an application that outlives its member.</para>
/// <para>Leaves alone: a callback that reads what may change; an assertion without certificate, which MPOP4006 reports.</para>
/// </summary>
internal sealed class FirstLegCaptured() : Rule<AssertionSource>(Rules.FirstLegCaptured)
{
    protected override IEnumerable<AssertionSource> Find(TypeModel type, CancellationToken cancellation) => AssertionSource.Of(type);

    protected override void Judge(AssertionSource source, Report report)
    {
        if (source is { CapturesResult: true, PresentsCertificate: true, TokenBound: not ThreeState.No, OutlivesItsMember: true })
            report.Add(new Finding(source.Place)
            {
                OtherPlaces = source.CapturedAcquisition is { } acquisition ? ImmutableArray.Create(acquisition.GetLocation()) : ImmutableArray<Location>.Empty,
            });
    }
}
