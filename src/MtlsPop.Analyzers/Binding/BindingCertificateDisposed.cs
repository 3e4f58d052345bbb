using MtlsPop.Analyzers.Framework;
using MtlsPop.Analyzers.Model;

namespace MtlsPop.Analyzers.Binding;

/// <summary>
/// A binding certificate is disposed, while MSAL goes on to use it.
/// <para>Reports: Dispose, Reset or using on the binding certificate of a bound result.</para>
/// <para>Leaves alone: a copy of the certificate; a result that is surely not bound.</para>
/// </summary>
internal sealed class BindingCertificateDisposed() : Rule<DisposeCall>(Rules.BindingCertificateDisposed)
{
    protected override IEnumerable<DisposeCall> Find(TypeModel type, CancellationToken cancellation) => DisposeCall.In(type.Flow);

    protected override void Judge(DisposeCall call, Report report)
    {
        if (call.What == DisposedObject.Certificate)
            report.At(call.Place);
    }
}
