using MtlsPop.Analyzers.Framework;
using MtlsPop.Analyzers.Model;

namespace MtlsPop.Analyzers.Conventions;

/// <summary>
/// A request for a bound token, or one that sends it, is not given the cancellation token at hand.
/// <para>Reports: a request, for a token or over HTTP, that could take the token that is at hand and does not.</para>
/// <para>Leaves alone: finally blocks and catches of cancellation; functions with several tokens.</para>
/// </summary>
internal sealed class CancellationNotPassed() : Rule<CancellableCall>(Rules.CancellationNotPassed)
{
    protected override IEnumerable<CancellableCall> Find(TypeModel type, CancellationToken cancellation) => CancellableCall.Of(type, cancellation);

    protected override void Judge(CancellableCall call, Report report)
    {
        if (call.Source is { } source)
            report.At(call.Name, call.Name.ValueText, source.Expression);
    }
}
