using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using MtlsPop.Analyzers.Model;

namespace MtlsPop.Analyzers;

/// <summary>Reports one rule's findings in one type: each place once, and none in code that does not compile.</summary>
internal sealed class Report(DiagnosticDescriptor rule, TypeModel type, SyntaxNodeAnalysisContext context)
{
    private readonly HashSet<Location> _reported = [];
    private SyntaxNode? _further;

    public AnalyzerConfigOptions Options => context.Options.AnalyzerConfigOptionsProvider.GetOptions(context.Node.SyntaxTree);

    public OutputKind OutputKind => context.Compilation.Options.OutputKind;

    public void At(SyntaxNodeOrToken place, params object[] arguments)
    {
        if (!IsBroken(place))
            EvenIfBroken(place, arguments);
    }

    /// <summary>For the faults that are themselves the reason why code does not compile.</summary>
    public void EvenIfBroken(SyntaxNodeOrToken place, params object[] arguments)
    {
        var location = place.GetLocation()!;
        if (_reported.Add(location))
            context.ReportDiagnostic(Diagnostic.Create(rule, location, _further is null ? null : [_further.GetLocation()], arguments));
    }

    /// <summary>Tells the fix of what is reported next where something else is that it needs.</summary>
    public Report With(SyntaxNode? further)
    {
        _further = further;
        return this;
    }

    private bool IsBroken(SyntaxNodeOrToken place) => (place.IsNode ? place.AsNode() : place.Parent) is { } node && type.IsBroken(node);
}
