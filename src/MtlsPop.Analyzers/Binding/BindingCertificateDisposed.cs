using MtlsPop.Analyzers.Model;

namespace MtlsPop.Analyzers.Binding;

/// <summary>A binding certificate is disposed, while MSAL goes on to use it.</summary>
internal sealed class BindingCertificateDisposed() : Rule<CertificateDisposal>(Rules.BindingCertificateDisposed)
{
    protected override void Judge(CertificateDisposal disposal, Report report) => report.At(disposal.Place);
}
