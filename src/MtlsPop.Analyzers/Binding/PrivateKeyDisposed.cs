using MtlsPop.Analyzers.Framework;
using MtlsPop.Analyzers.Model;

namespace MtlsPop.Analyzers.Binding;

/// <summary>
/// An object that is the private key of a binding certificate is disposed.
/// <para>Reports: Dispose, Reset or using on the private key that the binding certificate gives.</para>
/// <para>Leaves alone: a key from another certificate.</para>
/// </summary>
internal sealed class PrivateKeyDisposed() : Rule<DisposeCall>(Rules.PrivateKeyDisposed)
{
    protected override IEnumerable<DisposeCall> Find(TypeModel type, CancellationToken cancellation) => DisposeCall.In(type.Flow);

    protected override void Judge(DisposeCall call, Report report)
    {
        if (call.What == DisposedObject.PrivateKey)
            report.At(call.Place);
    }
}
