using Microsoft.CodeAnalysis;
using MtlsPop.Analyzers.Model;

namespace MtlsPop.Analyzers.Framework;

internal abstract class Rule(DiagnosticDescriptor descriptor)
{
    public DiagnosticDescriptor Descriptor => descriptor;

    public abstract void Judge(TypeModel type, Report report);
}

/// <summary>A rule about each piece of evidence of one kind: the nouns of the model, or what the rule itself looks for.</summary>
internal abstract class Rule<TEvidence>(DiagnosticDescriptor descriptor) : Rule(descriptor)
{
    public sealed override void Judge(TypeModel type, Report report)
    {
        foreach (var evidence in Find(type, report.Cancellation))
            Judge(evidence, report);
    }

    protected abstract IEnumerable<TEvidence> Find(TypeModel type, CancellationToken cancellation);

    protected abstract void Judge(TEvidence evidence, Report report);
}
