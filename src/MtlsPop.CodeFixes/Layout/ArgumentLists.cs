namespace MtlsPop.CodeFixes.Layout;

internal static class ArgumentLists
{
    /// <summary>
    /// The argument that hands a cancellation token to the call, by position where that is possible, else by name; null where the call
    /// takes none.
    /// </summary>
    public static ArgumentSyntax? ForToken(InvocationExpressionSyntax call, string token, SemanticModel semantics)
    {
        // In place of the token, which perhaps has yet to be declared.
        var known = SyntaxFactory.ParseExpression("default(global::System.Threading.CancellationToken)");
        var written = SyntaxFactory.ParseExpression(token);
        if (Takes(SyntaxFactory.Argument(known)) is not null)
            return SyntaxFactory.Argument(written);

        if (semantics.GetSymbolInfo(call).Symbol is not IMethodSymbol method)
            return null;

        var name = method.Parameters.FirstOrDefault(parameter => parameter.Type.Name == nameof(CancellationToken))?.Name
            ?? "cancellationToken";
        var named = SyntaxFactory.NameColon(name)
            .WithColonToken(SyntaxFactory.Token(SyntaxKind.ColonToken).WithTrailingTrivia(SyntaxFactory.Space));
        return Takes(SyntaxFactory.Argument(named, default, known)) is not null ? SyntaxFactory.Argument(named, default, written) : null;

        ISymbol? Takes(ArgumentSyntax argument)
        {
            var given = call.WithArgumentList(Append(call.ArgumentList, argument));
            return semantics.GetSpeculativeSymbolInfo(call.SpanStart, Whole(call, given), SpeculativeBindingOption.BindAsExpression).Symbol;
        }
    }

    public static ArgumentListSyntax Append(ArgumentListSyntax list, ArgumentSyntax argument) =>
        list.WithArguments(Append(list.Arguments, argument));

    /// <summary>Appends an argument or a parameter, laid out as the others are.</summary>
    public static SeparatedSyntaxList<TNode> Append<TNode>(SeparatedSyntaxList<TNode> list, TNode added)
        where TNode : SyntaxNode
    {
        if (list.Count == 0)
            return list.Add(added);

        var last = list.Last();
        var before = last.GetFirstToken().GetPreviousToken();
        var ownLine = before.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia);
        var between = last.GetTrailingTrivia();
        var (kept, after) = (SyntaxTriviaList.Empty, SyntaxTriviaList.Empty);
        if (between.Any(SyntaxKind.MultiLineCommentTrivia) && !between.Any(SyntaxKind.EndOfLineTrivia))
            (kept, between) = (between, SyntaxTriviaList.Empty);
        if (between.Any(SyntaxKind.EndOfLineTrivia))
            after = SyntaxFactory.TriviaList(between.Last(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)));
        else
            between = between.Add(ownLine ? before.TrailingTrivia.Last() : SyntaxFactory.Space);
        if (ownLine)
            added = added.WithLeadingTrivia(Indentation.Of(last.GetLeadingTrivia()));

        var bare = list.Replace(last, last.WithTrailingTrivia(kept));
        var separators = bare.GetSeparators().Append(SyntaxFactory.Token(SyntaxTriviaList.Empty, SyntaxKind.CommaToken, between));
        return SyntaxFactory.SeparatedList(bare.Append(added.WithTrailingTrivia(after)), separators);
    }

    /// <summary>A call after <c>?.</c> means something only with what stands before it.</summary>
    private static ExpressionSyntax Whole(InvocationExpressionSyntax call, InvocationExpressionSyntax given) =>
        call.GetFirstToken().IsKind(SyntaxKind.DotToken) && call.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>() is { } access
            ? SyntaxFactory.ParseExpression($"({access.Expression}){given}")
            : given;
}
