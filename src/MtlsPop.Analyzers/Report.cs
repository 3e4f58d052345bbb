using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using MtlsPop.Analyzers.Model;

namespace MtlsPop.Analyzers;

/// <summary>Reports one rule's findings in one type: each place once, and none in code that does not compile.</summary>
internal sealed class Report(DiagnosticDescriptor rule, TypeModel type, SyntaxNodeAnalysisContext context)
{
    private readonly HashSet<Location> _reported = [];

    public AnalyzerConfigOptions Options => context.Options.AnalyzerConfigOptionsProvider.GetOptions(context.Node.SyntaxTree);

    public OutputKind OutputKind => context.Compilation.Options.OutputKind;

    public void At(SyntaxNodeOrToken place, params object[] arguments) => At(place, ImmutableArray<Location>.Empty, arguments);

    /// <summary>With the other places that the fix edits or reads.</summary>
    public void At(SyntaxNodeOrToken place, ImmutableArray<Location> others, params object[] arguments)
    {
        if (!IsBroken(place))
            Create(place, others, arguments);
    }

    /// <summary>For the faults that are themselves the reason why code does not compile.</summary>
    public void EvenIfBroken(SyntaxNodeOrToken place, params object[] arguments) => Create(place, ImmutableArray<Location>.Empty, arguments);

    private void Create(SyntaxNodeOrToken place, ImmutableArray<Location> others, object[] arguments)
    {
        var location = place.GetLocation()!;
        if (_reported.Add(location))
            context.ReportDiagnostic(Diagnostic.Create(rule, location, others, arguments));
    }

    private bool IsBroken(SyntaxNodeOrToken place)
    {
        var node = place.IsNode ? place.AsNode() : place.Parent;
        var member = node?.FirstAncestorOrSelf<MemberDeclarationSyntax>(ancestor => ancestor is not GlobalStatementSyntax) ?? (node?.SyntaxTree.GetRoot(context.CancellationToken));
        return member is null || type.IsBroken(member, context.CancellationToken);
    }
}
