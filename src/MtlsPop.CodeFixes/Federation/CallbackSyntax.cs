namespace MtlsPop.CodeFixes.Federation;

/// <summary>The function that an assertion callback is: a lambda, a local function or a method that serves nothing else.</summary>
internal sealed class CallbackSyntax
{
    private CallbackSyntax(SyntaxNode function, IMethodSymbol symbol, TypeSyntax? delegateType)
    {
        Function = function;
        Symbol = symbol;
        DelegateType = delegateType;
    }

    public SyntaxNode Function { get; }

    public IMethodSymbol Symbol { get; }

    /// <summary>The type of the variable that holds the lambda, where it is written.</summary>
    public TypeSyntax? DelegateType { get; }

    public SyntaxNode? Body => Function switch
    {
        LambdaExpressionSyntax lambda => lambda.Body,
        LocalFunctionStatementSyntax function => (SyntaxNode?)function.Body ?? function.ExpressionBody?.Expression,
        MethodDeclarationSyntax method => (SyntaxNode?)method.Body ?? method.ExpressionBody?.Expression,
        _ => null,
    };

    /// <summary>What it returns, as it is written.</summary>
    public IEnumerable<ExpressionSyntax> Returned => Body switch
    {
        ExpressionSyntax expression => [expression],
        BlockSyntax block => block
            .DescendantNodes(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
            .OfType<ReturnStatementSyntax>()
            .Select(statement => statement.Expression)
            .OfType<ExpressionSyntax>(),
        _ => [],
    };

    public static CallbackSyntax? Of(ExpressionSyntax argument, FixContext context)
    {
        if (argument is LambdaExpressionSyntax lambda)
            return context.Semantics.GetSymbolInfo(lambda, context.Cancellation).Symbol is IMethodSymbol symbol
                ? new CallbackSyntax(lambda, symbol, null)
                : null;

        if (argument is not IdentifierNameSyntax
            || context.Semantics.GetSymbolInfo(argument, context.Cancellation).Symbol
                is not { DeclaringSyntaxReferences: [var reference] } named
            || reference.SyntaxTree != context.Root.SyntaxTree
            || IsUsedElsewhere(named, argument, context))
            return null;

        return (named, reference.GetSyntax(context.Cancellation)) switch
        {
            (IMethodSymbol { DeclaredAccessibility: Accessibility.Private or Accessibility.NotApplicable, IsVirtual: false } method, (MethodDeclarationSyntax or LocalFunctionStatementSyntax) and var function) =>
                new CallbackSyntax(function, method, null),
            (ILocalSymbol, VariableDeclaratorSyntax { Initializer.Value: LambdaExpressionSyntax held, Parent: VariableDeclarationSyntax { Variables.Count: 1, Type: var type } }) =>
                context.Semantics.GetSymbolInfo(held, context.Cancellation).Symbol is IMethodSymbol symbol
                    ? new CallbackSyntax(held, symbol, type.IsVar ? null : type)
                    : null,
            _ => null,
        };
    }

    /// <summary>Gives a lambda other parameters.</summary>
    public static ParenthesizedLambdaExpressionSyntax WithParameters(LambdaExpressionSyntax lambda, string parameters) =>
        SyntaxFactory.ParenthesizedLambdaExpression(
            lambda.AsyncKeyword,
            ((ParenthesizedLambdaExpressionSyntax)SyntaxFactory.ParseExpression($"{parameters} => 0")).ParameterList.WithTriviaFrom(
                lambda is ParenthesizedLambdaExpressionSyntax known
                    ? known.ParameterList
                    : ((SimpleLambdaExpressionSyntax)lambda).Parameter),
            lambda.ArrowToken,
            lambda.Body);

    private static bool IsUsedElsewhere(ISymbol named, ExpressionSyntax here, FixContext context) =>
        context.Root.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name =>
            name != here
            && name.Identifier.ValueText == named.Name
            && SymbolEqualityComparer.Default.Equals(context.Semantics.GetSymbolInfo(name, context.Cancellation).Symbol, named));
}
