using MtlsPop.Analyzers.Model;

namespace MtlsPop.Analyzers.Binding;

/// <summary>A binding certificate is disposed, while MSAL goes on to use it.</summary>
internal sealed class BindingCertificateDisposed() : Rule<Disposal>(Rules.BindingCertificateDisposed)
{
    protected override void Judge(Disposal disposal, Report report)
    {
        if (disposal.What == Disposed.Certificate)
            report.At(disposal.Place);
    }
}
