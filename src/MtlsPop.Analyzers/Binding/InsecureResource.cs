using MtlsPop.Analyzers.Model;

namespace MtlsPop.Analyzers.Binding;

/// <summary>A bound token is sent to an address that is surely not TLS.</summary>
internal sealed class InsecureResource() : Rule<InsecureCall>(Rules.InsecureResource)
{
    protected override void Judge(InsecureCall call, Report report) => report.At(call.Place, call.Address);
}
