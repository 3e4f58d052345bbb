using MtlsPop.Analyzers.Model;

namespace MtlsPop.Analyzers.Binding;

/// <summary>A method that runs per call makes the client which carries the binding certificate.</summary>
internal sealed class ClientPerCall() : Rule<ShortLivedClient>(Rules.ClientPerCall)
{
    protected override void Judge(ShortLivedClient client, Report report) => report.At(client.Place);
}
