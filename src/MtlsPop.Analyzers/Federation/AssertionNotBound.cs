using MtlsPop.Analyzers.Framework;
using MtlsPop.Analyzers.Model;

namespace MtlsPop.Analyzers.Federation;

/// <summary>
/// A bound token becomes an assertion, and the certificate that it is bound to stays behind.
/// <para>Reports: an assertion that presents a bound token and sets no certificate, or null.</para>
/// <para>Leaves alone: an assertion that gets its certificate later, or that other code was handed.</para>
/// </summary>
internal sealed class AssertionNotBound() : Rule<Assertion>(Rules.AssertionNotBound)
{
    protected override IEnumerable<Assertion> Find(TypeModel type, CancellationToken cancellation) => type.Assertions;

    protected override void Judge(Assertion assertion, Report report)
    {
        if (assertion.TokenBound == ThreeState.Yes && assertion.HasCertificate == ThreeState.No)
            report.At((assertion.Certificate ?? assertion.Token).Token);
    }
}
