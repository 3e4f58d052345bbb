using System.Collections.Immutable;
using MtlsPop.Analyzers.Model;

namespace MtlsPop.Analyzers.Federation;

/// <summary>An application that stays presents the same first leg for ever. Where the certificate is missing as well, that is said instead.</summary>
internal sealed class FirstLegCaptured() : Rule<AssertionSource>(Rules.FirstLegCaptured)
{
    protected override void Judge(AssertionSource source, Report report)
    {
        if (source is { CarriesCertificate: true, TokenBound: Fact.Yes, LeavesCertificate: false, OutlivesItsMember: true, CapturedAcquisition: { } acquisition })
            report.At(source.Place, ImmutableArray.Create(acquisition.GetLocation()));
    }
}
