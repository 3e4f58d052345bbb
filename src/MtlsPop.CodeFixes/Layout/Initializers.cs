namespace MtlsPop.CodeFixes.Layout;

internal static class Initializers
{
    /// <summary>Sets one more property of an object where it is made; on a line of its own where the others are.</summary>
    public static BaseObjectCreationExpressionSyntax Add(BaseObjectCreationExpressionSyntax creation, ExpressionSyntax assignment)
    {
        if (creation.Initializer is { } initializer)
            return creation.WithInitializer(initializer.WithExpressions(Append(initializer.Expressions, assignment)))
                .WithAdditionalAnnotations(Formatter.Annotation);

        var only = SyntaxFactory.InitializerExpression(
            SyntaxKind.ObjectInitializerExpression,
            SyntaxFactory.SingletonSeparatedList(assignment));
        var bare = creation switch
        {
            ObjectCreationExpressionSyntax { ArgumentList.Arguments.Count: 0, Type: var type } written =>
                written.WithArgumentList(null).WithType(type.WithoutTrailingTrivia()),
            _ => creation.WithoutTrailingTrivia(),
        };
        return bare.WithInitializer(only).WithTrailingTrivia(creation.GetTrailingTrivia()).WithAdditionalAnnotations(Formatter.Annotation);
    }

    private static SeparatedSyntaxList<ExpressionSyntax> Append(SeparatedSyntaxList<ExpressionSyntax> others, ExpressionSyntax assignment)
    {
        if (others.Count == 0)
            return others.Add(assignment);

        var last = others.Last();
        var ownLine = last.GetFirstToken().GetPreviousToken().TrailingTrivia.Where(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        var separators = others.GetSeparators()
            .Take(others.Count - 1)
            .Append(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(ownLine));
        var end = others.SeparatorCount == others.Count ? others.GetSeparator(others.Count - 1).TrailingTrivia : last.GetTrailingTrivia();
        return SyntaxFactory.SeparatedList(
            others.Replace(last, last.WithoutTrailingTrivia())
                .Append(assignment.WithLeadingTrivia(last.GetLeadingTrivia()).WithTrailingTrivia(end)),
            separators);
    }
}
