using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MtlsPop.Analyzers.Flow.Engine;

/// <summary>Where a finding stands: at the code itself, or, where that is in another type, at the call that leads there.</summary>
internal static class Place
{
    /// <summary>The innermost place that stands in the type at the beginning of the calls.</summary>
    public static SyntaxNode Of(SyntaxNode syntax, CallSite? site)
    {
        var place = syntax;
        for (; site is not null; site = site.Caller)
        {
            if (!AreInOneType(place, site.Call))
                place = site.Call;
        }

        return place;
    }

    /// <summary>The name of a call, or of the member that is set: the one word that says what is done.</summary>
    public static SyntaxToken WordOf(SyntaxNode syntax) => syntax switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier: var called } } => called,
        InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax { Name.Identifier: var called } } => called,
        InvocationExpressionSyntax { Expression: SimpleNameSyntax { Identifier: var called } } => called,
        AssignmentExpressionSyntax { Left: var left } => left.GetLastToken(),
        ObjectCreationExpressionSyntax { Type: var type } => type.GetLastToken(),
        MemberAccessExpressionSyntax { Name.Identifier: var name } => name,
        _ => syntax.GetFirstToken(),
    };

    public static bool AreInOneType(SyntaxNode one, SyntaxNode other)
    {
        var (first, second) = (Outermost(one), Outermost(other));
        return first == second
            || (first is TypeDeclarationSyntax type && second is TypeDeclarationSyntax part && type.Identifier.ValueText == part.Identifier.ValueText && type.Modifiers.Any(SyntaxKind.PartialKeyword));
    }

    private static SyntaxNode? Outermost(SyntaxNode node)
    {
        SyntaxNode? outermost = null;
        for (var around = node; around is not null; around = around.Parent)
        {
            if (around is TypeDeclarationSyntax || (around is CompilationUnitSyntax && outermost is null))
                outermost = around;
        }

        return outermost;
    }
}
