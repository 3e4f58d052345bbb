using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MtlsPop.Analyzers.Model;

/// <summary>What the place of code tells about when it runs.</summary>
internal static class BodySyntax
{
    public static MemberDeclarationSyntax? MemberOf(SyntaxNode node) => node.FirstAncestorOrSelf<MemberDeclarationSyntax>(member => member is not GlobalStatementSyntax);

    /// <summary>The method, lambda or local function that the code is in.</summary>
    public static SyntaxNode? FunctionOf(SyntaxNode node) => node.FirstAncestorOrSelf<SyntaxNode>(ancestor =>
        ancestor is MemberDeclarationSyntax and not GlobalStatementSyntax || IsFunction(ancestor));

    /// <summary>A function inside of a member.</summary>
    public static bool IsFunction(SyntaxNode node) => node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax;
}
