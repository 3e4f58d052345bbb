using MtlsPop.Analyzers.Model;

namespace MtlsPop.Analyzers.Binding;

/// <summary>The private key of a binding certificate is exported.</summary>
internal sealed class BindingCertificateExported() : Rule<KeyExport>(Rules.BindingCertificateExported)
{
    protected override void Judge(KeyExport export, Report report) => report.At(export.Place);
}
