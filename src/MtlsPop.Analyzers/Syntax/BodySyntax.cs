using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MtlsPop.Analyzers.Syntax;

/// <summary>What the place of code tells about when it runs.</summary>
internal static class BodySyntax
{
    /// <summary>Methods that run once, whatever they look like.</summary>
    private static readonly ImmutableHashSet<string> _runOnce = ImmutableHashSet.Create(
        "Main", "StartAsync", "ExecuteAsync", "Configure", "ConfigureServices", "Initialize", "InitializeAsync");

    public static MemberDeclarationSyntax? MemberOf(SyntaxNode node) => node.FirstAncestorOrSelf<MemberDeclarationSyntax>(member => member is not GlobalStatementSyntax);

    /// <summary>The method, lambda or local function that the code is in.</summary>
    public static SyntaxNode? FunctionOf(SyntaxNode node) => node.FirstAncestorOrSelf<SyntaxNode>(ancestor =>
        ancestor is MemberDeclarationSyntax and not GlobalStatementSyntax || IsFunction(ancestor));

    /// <summary>A function inside of a member.</summary>
    public static bool IsFunction(SyntaxNode node) => node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax;

    /// <summary>Whether the method may run many times in one process: it is no start-up code.</summary>
    public static bool RunsPerCall(MethodDeclarationSyntax method) =>
        !_runOnce.Contains(method.Identifier.ValueText)
        && method.Parent is TypeDeclarationSyntax
        && !method.AttributeLists.Any(list => list.Attributes.Any(attribute => attribute.Name.GetLastToken().ValueText is "ModuleInitializer" or "ModuleInitializerAttribute"));
}
