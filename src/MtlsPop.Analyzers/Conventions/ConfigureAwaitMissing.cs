using Microsoft.CodeAnalysis;
using MtlsPop.Analyzers.Model;

namespace MtlsPop.Analyzers.Conventions;

/// <summary>Code that works with bound tokens awaits on its caller's context. Programs choose their own context, so only libraries are asked, unless the project asks too.</summary>
internal sealed class ConfigureAwaitMissing() : Rule<Await>(Rules.ConfigureAwaitMissing)
{
    private const string Option = "mtlspop.configure_await";

    protected override void Judge(Await wait, Report report)
    {
        if (!wait.Configured && IsAskedFor(report))
            report.At(wait.Keyword);
    }

    private static bool IsAskedFor(Report report) =>
        report.Options.TryGetValue(Option, out var choice) && choice.ToLowerInvariant() is "always" or "never"
            ? choice.Equals("always", StringComparison.OrdinalIgnoreCase)
            : report.OutputKind is OutputKind.DynamicallyLinkedLibrary or OutputKind.NetModule;
}
