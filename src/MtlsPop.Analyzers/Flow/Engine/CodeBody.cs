using Microsoft.CodeAnalysis;

namespace MtlsPop.Analyzers.Flow.Engine;

/// <summary>The code of a method, accessor, constructor or initializer, or the top-level statements of a file.</summary>
internal sealed class CodeBody(SyntaxNode syntax, ISymbol? symbol, INamedTypeSymbol? type)
{
    private List<(string Name, SyntaxNode Lambda)>? _assignedInLambdas;

    public SyntaxNode Syntax => syntax;

    /// <summary>The method or accessor; null for an initializer.</summary>
    public ISymbol? Symbol => symbol;

    /// <summary>The type that it stands in.</summary>
    public INamedTypeSymbol? Type => type;

    public bool IsAssignedInLambda(ISymbol variable)
    {
        _assignedInLambdas ??= [.. TypeSource.AssignedInLambdas(syntax)];
        foreach (var (name, lambda) in _assignedInLambdas)
        {
            if (name == variable.Name && variable.DeclaringSyntaxReferences is { Length: > 0 } declarations && !lambda.Span.Contains(declarations[0].Span))
                return true;
        }

        return false;
    }

    /// <summary>Whether a lambda or local function stands in it.</summary>
    public bool Holds(SyntaxNode function) => function.SyntaxTree == syntax.SyntaxTree && syntax.Span.Contains(function.Span);
}
