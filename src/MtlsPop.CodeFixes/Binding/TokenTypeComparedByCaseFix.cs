namespace MtlsPop.CodeFixes.Binding;

[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TokenTypeComparedByCaseFix() : EditorCodeFix(Rules.TokenTypeComparedByCase)
{
    private const string IgnoreCase = "MPOP3007.IgnoreCase";
    private const string Comparison = nameof(StringComparison);

    private static readonly ExpressionSyntax _ordinalIgnoreCase = SyntaxFactory.ParseExpression(
        $"{Comparison}.{nameof(StringComparison.OrdinalIgnoreCase)}");

    private protected override IEnumerable<PlannedEdit> Plan(FixContext context)
    {
        var edit = context.Root.FindNode(context.Diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) switch
        {
            BinaryExpressionSyntax comparison =>
                Replace(comparison, comparison.Left, comparison.Right, comparison.IsKind(SyntaxKind.NotEqualsExpression), context),
            InvocationExpressionSyntax call => Add(call, context),
            ExpressionSyntax { Parent: ConstantPatternSyntax { Parent: IsPatternExpressionSyntax isPattern } } constant =>
                Replace(isPattern, isPattern.Expression, constant, false, context),
            ExpressionSyntax { Parent: ConstantPatternSyntax { Parent: UnaryPatternSyntax { Parent: IsPatternExpressionSyntax isNotPattern } } } constant =>
                Replace(isNotPattern, isNotPattern.Expression, constant, true, context),
            _ => null,
        };

        if (edit is not null)
            yield return new PlannedEdit(IgnoreCase, "Compare without regard to case", edit) { Usings = context.CanName(Comparison) ? [] : [nameof(System)] };
    }

    private static Action<SyntaxEditor>? Replace(
        ExpressionSyntax comparison, ExpressionSyntax left, ExpressionSyntax right, bool negated, FixContext context)
    {
        if (!IsString(left, context) || !IsString(right, context))
            return null;

        var call = SyntaxFactory.ParseExpression(
            $"{(negated ? "!" : "")}string.Equals({left.WithoutTrivia()}, {right.WithoutTrivia()}, {_ordinalIgnoreCase})");
        return editor => editor.ReplaceNode(comparison, call.WithTriviaFrom(comparison));
    }

    private static Action<SyntaxEditor>? Add(InvocationExpressionSyntax call, FixContext context)
    {
        var arguments = call.ArgumentList.Arguments;
        if (arguments.FirstOrDefault(argument => TypeOf(argument.Expression, context)?.Name == Comparison) is { Expression: var byCase })
            return editor => editor.ReplaceNode(byCase, _ordinalIgnoreCase.WithTriviaFrom(byCase));

        if (!arguments.All(argument => IsString(argument.Expression, context)))
            return null;

        // object.Equals has no overload that ignores case.
        var ofString = context.Semantics.GetSymbolInfo(call, context.Cancellation).Symbol
            is { ContainingType.SpecialType: SpecialType.System_String };
        var comparison = SyntaxFactory.Argument(_ordinalIgnoreCase).WithLeadingTrivia(SyntaxFactory.Space);
        return editor => editor.ReplaceNode(call, (current, _) => With((InvocationExpressionSyntax)current));

        InvocationExpressionSyntax With(InvocationExpressionSyntax compared) => compared
            .WithExpression(
                ofString ? compared.Expression : SyntaxFactory.ParseExpression("string.Equals").WithTriviaFrom(compared.Expression))
            .AddArgumentListArguments(comparison);
    }

    private static bool IsString(ExpressionSyntax expression, FixContext context) =>
        TypeOf(expression, context)?.SpecialType == SpecialType.System_String;

    private static ITypeSymbol? TypeOf(ExpressionSyntax expression, FixContext context) =>
        context.Semantics.GetTypeInfo(expression, context.Cancellation).Type;
}
