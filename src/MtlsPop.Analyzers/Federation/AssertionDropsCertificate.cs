using MtlsPop.Analyzers.Framework;
using MtlsPop.Analyzers.Model;

namespace MtlsPop.Analyzers.Federation;

/// <summary>
/// An assertion that is only text carries no certificate, and the token in it, or the token asked for with it, is bound to one.
/// <para>Reports: an assertion as text where its token is bound, or where the request that it serves asks for a bound one.</para>
/// <para>Leaves alone: the overload that takes a certificate; constants.</para>
/// </summary>
internal sealed class AssertionDropsCertificate() : Rule<AssertionSource>(Rules.AssertionDropsCertificate)
{
    protected override IEnumerable<AssertionSource> Find(TypeModel type, CancellationToken cancellation) => AssertionSource.Of(type);

    protected override void Judge(AssertionSource source, Report report)
    {
        if (!source.CarriesCertificate && (source.TokenBound == ThreeState.Yes || source.ServesBoundRequest))
            report.At(source.Place);
    }
}
