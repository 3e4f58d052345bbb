using MtlsPop.Analyzers.Framework;
using MtlsPop.Analyzers.Model;

namespace MtlsPop.Analyzers.Conventions;

/// <summary>
/// A public asynchronous method acquires or sends a bound token, and its callers cannot give up.
/// <para>Reports: a public asynchronous method that makes a request and takes no token, here or in a longer overload.</para>
/// <para>Leaves alone: programs; methods that a foreign interface or base type gives.</para>
/// </summary>
internal sealed class CancellationNotOffered() : Rule<PublicMethod>(Rules.CancellationNotOffered)
{
    protected override IEnumerable<PublicMethod> Find(TypeModel type, CancellationToken cancellation) => PublicMethod.Of(type, cancellation);

    protected override void Judge(PublicMethod method, Report report)
    {
        if (method is { ReturnsLater: true, OffersCancellation: false, MakesRequests: true })
            report.At(method.Name, method.Name.ValueText);
    }
}
