using MtlsPop.Analyzers.Model;

namespace MtlsPop.Analyzers.Binding;

/// <summary>The binding certificate of a result is used, for the first time on this path, and nothing has asked whether it is there.</summary>
internal sealed class BindingCertificateUnchecked() : Rule<CertificateUse>(Rules.BindingCertificateUnchecked)
{
    protected override void Judge(CertificateUse use, Report report)
    {
        if (use.CheckedForNull == Fact.No)
            report.At(use.Place, use.Name);
    }
}
