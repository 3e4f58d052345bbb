using Microsoft.CodeAnalysis;
using MtlsPop.Analyzers.Model;

namespace MtlsPop.Analyzers;

internal abstract class Rule(DiagnosticDescriptor descriptor)
{
    public DiagnosticDescriptor Descriptor => descriptor;

    public abstract void Judge(TypeModel type, Report report);
}

/// <summary>One sentence about one fact of the model. It registers nothing, walks no syntax and looks nothing up.</summary>
internal abstract class Rule<TFact>(DiagnosticDescriptor descriptor) : Rule(descriptor)
{
    public sealed override void Judge(TypeModel type, Report report)
    {
        foreach (var fact in type.All<TFact>())
            Judge(fact, report);
    }

    protected abstract void Judge(TFact fact, Report report);
}
