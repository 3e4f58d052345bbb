using MtlsPop.Analyzers.Model;

namespace MtlsPop.Analyzers.Binding;

/// <summary>An object that is the private key of a binding certificate is disposed.</summary>
internal sealed class PrivateKeyDisposed() : Rule<Disposal>(Rules.PrivateKeyDisposed)
{
    protected override void Judge(Disposal disposal, Report report)
    {
        if (disposal.What == Disposed.PrivateKey)
            report.At(disposal.Place);
    }
}
