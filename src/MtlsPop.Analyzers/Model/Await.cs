using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MtlsPop.Analyzers.Flow;

namespace MtlsPop.Analyzers.Model;

/// <summary>An await in code that acquires, holds or sends a bound token.</summary>
internal sealed class Await(SyntaxToken keyword, bool configured)
{
    /// <summary>The word <c>await</c>.</summary>
    public SyntaxToken Keyword => keyword;

    /// <summary>Whether the code says on which context to resume.</summary>
    public bool Configured => configured;

    public static IEnumerable<Await> In(TypeModel type, CancellationToken cancellation)
    {
        foreach (var body in type.BindingCode.Around)
        {
            var everyAwait = type.BindingCode.Bodies.Contains(body);
            if (!Mentions.Word(body, "await") || !(everyAwait || Mentions.InOrBeside(body, cancellation)))
                continue;

            foreach (var inner in body.DescendantNodes(child => child is not TypeDeclarationSyntax))
            {
                if (Awaited(inner, type.Semantics, cancellation) is { } awaited && (everyAwait || IsOfMsal(awaited.Expression, type, cancellation)))
                    yield return new Await(awaited.Keyword, awaited.Configured);
            }
        }
    }

    private static (SyntaxToken Keyword, ExpressionSyntax Expression, bool Configured)? Awaited(SyntaxNode node, SemanticModel semantics, CancellationToken cancellation)
    {
        switch (node)
        {
            case AwaitExpressionSyntax { Expression: var expression } wait:
                return Judged(wait.AwaitKeyword, expression);

            case ForEachStatementSyntax { AwaitKeyword.RawKind: (int)SyntaxKind.AwaitKeyword, Expression: var sequence } loop:
                return Judged(loop.AwaitKeyword, sequence);

            case UsingStatementSyntax { AwaitKeyword.RawKind: (int)SyntaxKind.AwaitKeyword } statement:
                return (statement.Expression ?? statement.Declaration?.Variables.FirstOrDefault()?.Initializer?.Value) is { } resource
                    ? Judged(statement.AwaitKeyword, resource)
                    : null;

            case LocalDeclarationStatementSyntax { AwaitKeyword.RawKind: (int)SyntaxKind.AwaitKeyword, Declaration.Variables: { Count: > 0 } variables } declaration:
                return variables[0].Initializer is { Value: var value } ? Judged(declaration.AwaitKeyword, value) : null;

            default:
                return null;
        }

        (SyntaxToken, ExpressionSyntax, bool)? Judged(SyntaxToken keyword, ExpressionSyntax expression) =>
            semantics.GetTypeInfo(expression, cancellation).Type switch
            {
                null or IErrorTypeSymbol or IDynamicTypeSymbol => null,
                { Name: "ConfiguredTaskAwaitable" or "ConfiguredValueTaskAwaitable" or "ConfiguredCancelableAsyncEnumerable" or "ConfiguredAsyncDisposable" } => (keyword, expression, true),
                { Name: "Task" or "ValueTask" } => (keyword, expression, false),
                { } awaited when CanConfigure(awaited, expression, semantics) => (keyword, expression, false),
                _ => null,
            };
    }

    private static bool CanConfigure(ITypeSymbol awaited, ExpressionSyntax expression, SemanticModel semantics)
    {
        foreach (var symbol in semantics.LookupSymbols(expression.SpanStart, awaited, "ConfigureAwait", includeReducedExtensionMethods: true))
        {
            if (symbol is IMethodSymbol { Parameters: { Length: > 0 } parameters } && parameters[0].Type.SpecialType == SpecialType.System_Boolean)
                return true;
        }

        return false;
    }

    private static bool IsOfMsal(ExpressionSyntax awaited, TypeModel type, CancellationToken cancellation)
    {
        var result = type.Semantics.GetTypeInfo(awaited, cancellation).Type;
        return result is INamedTypeSymbol { TypeArguments: { Length: 1 } arguments } && type.Msal.OwnsType(arguments[0])
            || (type.Semantics.GetSymbolInfo(awaited, cancellation).Symbol is { } called && (type.Msal.Owns(called) || type.Msal.IsRuntime(called)));
    }
}
