using MtlsPop.Analyzers.Model;

namespace MtlsPop.Analyzers.Conventions;

/// <summary>A public member of a disposable class of bound tokens uses what was perhaps disposed.</summary>
internal sealed class DisposalNotChecked() : Rule<DisposableUse>(Rules.DisposalNotChecked)
{
    protected override void Judge(DisposableUse use, Report report) => report.At(use.Member, use.Member.ValueText, use.State);
}
