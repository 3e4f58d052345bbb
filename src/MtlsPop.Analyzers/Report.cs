using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using MtlsPop.Analyzers.Model;

namespace MtlsPop.Analyzers;

/// <summary>Reports one rule's findings in one type: each place once, and none in code that does not compile.</summary>
internal sealed class Report(DiagnosticDescriptor rule, TypeModel type, SyntaxNodeAnalysisContext context)
{
    private static readonly ImmutableDictionary<string, string?> _noProperties = ImmutableDictionary<string, string?>.Empty;

    private readonly HashSet<Location> _reported = [];

    public AnalyzerConfigOptions Options => context.Options.AnalyzerConfigOptionsProvider.GetOptions(context.Node.SyntaxTree);

    public OutputKind OutputKind => context.Compilation.Options.OutputKind;

    public void At(SyntaxNodeOrToken place, params object[] arguments) => At(place, ImmutableArray<Location>.Empty, arguments);

    /// <summary>With the other places that the fix edits or reads.</summary>
    public void At(SyntaxNodeOrToken place, ImmutableArray<Location> others, params object[] arguments)
    {
        if (!IsBeyondJudgement(place))
            Create(place, others, _noProperties, arguments);
    }

    /// <summary>With what the fix, or the reader of the findings, must know.</summary>
    public void At(SyntaxNodeOrToken place, ImmutableDictionary<string, string?> properties, params object[] arguments)
    {
        if (!IsBeyondJudgement(place))
            Create(place, ImmutableArray<Location>.Empty, properties, arguments);
    }

    /// <summary>In a comment on the code around it.</summary>
    public void At(Location place, SyntaxNode around, params object[] arguments)
    {
        if (!IsBeyondJudgement(around))
            Create(place, ImmutableArray<Location>.Empty, _noProperties, arguments);
    }

    /// <summary>For the faults that are themselves the reason why code does not compile.</summary>
    public void EvenIfBroken(SyntaxNodeOrToken place, ImmutableArray<Location> others, params object[] arguments)
    {
        if (!IsGenerated(place))
            Create(place, others, _noProperties, arguments);
    }

    private void Create(SyntaxNodeOrToken place, ImmutableArray<Location> others, ImmutableDictionary<string, string?> properties, object[] arguments) =>
        Create(place.GetLocation()!, others, properties, arguments);

    private void Create(Location location, ImmutableArray<Location> others, ImmutableDictionary<string, string?> properties, object[] arguments)
    {
        if (_reported.Add(location))
            context.ReportDiagnostic(Diagnostic.Create(rule, location, others, properties, arguments));
    }

    /// <summary>Also where the step does not compile: the packages may be the reason.</summary>
    public void Of(BindingStep step, PackageFault fault)
    {
        var location = step.Token.GetLocation();
        if (!IsGenerated(step.Token) && (!step.Compiles || !IsBroken(step.Token)) && _reported.Add(location))
            context.ReportDiagnostic(fault.At(location, rule));
    }

    private bool IsBeyondJudgement(SyntaxNodeOrToken place) => IsGenerated(place) || IsBroken(place);

    private bool IsBroken(SyntaxNodeOrToken place) => NodeAt(place) is { } node && type.IsBroken(node);

    /// <summary>In a member that a tool wrote, among others that people did.</summary>
    private static bool IsGenerated(SyntaxNodeOrToken place) => NodeAt(place) is { } node && node.AncestorsAndSelf().Any(ancestor =>
        ancestor is MemberDeclarationSyntax { AttributeLists: { Count: > 0 } lists }
        && lists.Any(list => list.Attributes.Any(attribute => attribute.Name.GetLastToken().ValueText is "GeneratedCode" or "GeneratedCodeAttribute")));

    private static SyntaxNode? NodeAt(SyntaxNodeOrToken place) => place.IsNode ? place.AsNode() : place.Parent;
}
