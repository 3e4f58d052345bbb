using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using MtlsPop.Analyzers.Model;

namespace MtlsPop.Analyzers.Framework;

/// <summary>Reports one rule's findings in one type: each place once, and none in generated code or in code that does not compile.</summary>
internal sealed class Report(DiagnosticDescriptor rule, TypeModel type, SemanticModelAnalysisContext context)
{
    private readonly HashSet<Location> _reported = [];

    public AnalyzerConfigOptions Options => context.Options.AnalyzerConfigOptionsProvider.GetOptions(context.SemanticModel.SyntaxTree);

    public OutputKind OutputKind => context.SemanticModel.Compilation.Options.OutputKind;

    public CancellationToken Cancellation => context.CancellationToken;

    public void At(SyntaxNodeOrToken place, params object[] arguments) => Add(new Finding(place, arguments));

    public void Add(Finding finding)
    {
        if (ShouldSkip(finding))
            return;

        var location = finding.Location ?? finding.Place.GetLocation()!;
        if (_reported.Add(location))
            context.ReportDiagnostic(Diagnostic.Create(rule, location, finding.Severity ?? rule.DefaultSeverity, finding.OtherPlaces, finding.Properties, finding.Arguments));
    }

    private bool ShouldSkip(Finding finding) =>
        NodeAt(finding.Place) is { } node && (IsGenerated(node) || (StatementOf(node) is { } statement ? statement.ContainsDiagnostics : !finding.EvenWithErrors && type.IsBroken(node)));

    /// <summary>The innermost statement, or expression that stands for one; null in a signature, which the whole body answers for.</summary>
    private static SyntaxNode? StatementOf(SyntaxNode node)
    {
        for (var around = node; around is not null; around = around.Parent)
        {
            switch (around)
            {
                case StatementSyntax and not BlockSyntax:
                case ArrowExpressionClauseSyntax or EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent.Parent: BaseFieldDeclarationSyntax } or PropertyDeclarationSyntax } or ConstructorInitializerSyntax:
                    return around;
                case MemberDeclarationSyntax:
                    return null;
            }
        }

        return null;
    }

    /// <summary>Whether a tool wrote the member, among others that people did.</summary>
    private static bool IsGenerated(SyntaxNode node) => node.AncestorsAndSelf().Any(ancestor =>
        ancestor is MemberDeclarationSyntax { AttributeLists: { Count: > 0 } lists }
        && lists.Any(list => list.Attributes.Any(attribute => attribute.Name.GetLastToken().ValueText is "GeneratedCode" or "GeneratedCodeAttribute")));

    private static SyntaxNode? NodeAt(SyntaxNodeOrToken place) => place.IsNode ? place.AsNode() : place.Parent;
}
