using MtlsPop.Analyzers.Msal;

namespace MtlsPop.CodeFixes.Federation;

/// <summary>Sets an assertion's certificate to that of the result whose token it presents.</summary>
internal static class CertificateOfAssertion
{
    /// <summary>Null where that result cannot be reached.</summary>
    public static Action<SyntaxEditor>? Set(FixContext context) =>
        context.Token.Parent?.FirstAncestorOrSelf<AssignmentExpressionSyntax>() is { } assignment && TokenBeside(assignment) is { } token
            ? Apply(assignment, token, context)
            : null;

    /// <summary>The token itself where that was reported, else the one that is set beside the certificate.</summary>
    private static ExpressionSyntax? TokenBeside(AssignmentExpressionSyntax assignment)
    {
        if (assignment.Left.GetLastToken().ValueText == MsalNames.Assertion)
            return assignment.Right;

        if (assignment.Parent is InitializerExpressionSyntax initializer)
            return ((AssignmentExpressionSyntax?)initializer.Expressions.FirstOrDefault(SetsToken))?.Right;

        return assignment is { Left: MemberAccessExpressionSyntax { Expression: var assertion }, Parent.Parent: BlockSyntax block }
            ? block.Statements.Select(statement => (statement as ExpressionStatementSyntax)?.Expression)
                .OfType<AssignmentExpressionSyntax>()
                .LastOrDefault(other =>
                other.Left is MemberAccessExpressionSyntax { Name.Identifier.ValueText: MsalNames.Assertion, Expression: var same }
                    && same.IsEquivalentTo(assertion, topLevel: false))?.Right
            : null;
    }

    private static bool SetsToken(ExpressionSyntax expression) =>
        expression is AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: MsalNames.Assertion } };

    private static Action<SyntaxEditor>? Apply(AssignmentExpressionSyntax assignment, ExpressionSyntax token, FixContext context)
    {
        if (ResultOfToken.Named(token, context) is { } result)
            return editor => SetCertificate(editor, assignment, result, context);

        if (ResultOfToken.Awaited(token) is not ParenthesizedExpressionSyntax { Expression: var acquisition } awaited
            || InsertionPoint.Before(token, context) is not { } place
            || (assignment.SpanStart < token.SpanStart && assignment.Parent is not InitializerExpressionSyntax))
            return null;

        var name = FreshName.In(place.Scope, context, "firstLeg");
        return editor =>
        {
            SetCertificate(editor, assignment, SyntaxFactory.IdentifierName(name), context);
            editor.ReplaceNode(awaited, (current, _) => SyntaxFactory.IdentifierName(name).WithTriviaFrom(current));
            place.Insert(editor, [$"var {name} = {acquisition};"], context);
        };
    }

    private static void SetCertificate(
        SyntaxEditor editor, AssignmentExpressionSyntax assignment, ExpressionSyntax result, FixContext context)
    {
        var certificate = SyntaxFactory.MemberAccessExpression(
            SyntaxKind.SimpleMemberAccessExpression,
            result,
            SyntaxFactory.IdentifierName(MsalNames.BindingCertificate));
        if (assignment.Left.GetLastToken().ValueText == MsalNames.TokenBindingCertificate)
            editor.ReplaceNode(CertificateIn(assignment.Right), (current, _) => certificate.WithTriviaFrom(current));
        else if (assignment.Parent is InitializerExpressionSyntax initializer)
            editor.ReplaceNode(initializer, (current, _) => Added((InitializerExpressionSyntax)current, certificate, context));
        else if (assignment is { Left: MemberAccessExpressionSyntax { Expression: var assertion }, Parent: ExpressionStatementSyntax statement })
            editor.InsertAfter(
                statement,
                SyntaxFactory.ParseStatement(
                    $"{Indentation.Of(statement)}{assertion}.{MsalNames.TokenBindingCertificate} = {certificate};{LineEnding.Of(context.Root)}"));
    }

    /// <summary>A check for null around the certificate stays.</summary>
    private static ExpressionSyntax CertificateIn(ExpressionSyntax value) =>
        value.DescendantNodesAndSelf()
            .OfType<MemberAccessExpressionSyntax>()
            .FirstOrDefault(access => access.Name.Identifier.ValueText == MsalNames.BindingCertificate)
            ?? value;

    /// <summary>
    /// Adds the property after the token's, on a line of its own where that is on one. A comment after the token stays there.
    /// </summary>
    private static InitializerExpressionSyntax Added(
        InitializerExpressionSyntax initializer, ExpressionSyntax certificate, FixContext context)
    {
        var parts = initializer.Expressions.GetWithSeparators();
        var token = initializer.Expressions.First(SetsToken);
        var at = parts.IndexOf(token);
        var (after, endOfLine) = (token.GetTrailingTrivia(), SyntaxFactory.TriviaList(LineEnding.Of(context.Root)));
        var ownLine = initializer.OpenBraceToken.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia);
        var comma = SyntaxFactory.Token(SyntaxKind.CommaToken);
        var added = SyntaxFactory.AssignmentExpression(
            SyntaxKind.SimpleAssignmentExpression,
            SyntaxFactory.IdentifierName(MsalNames.TokenBindingCertificate)
                .WithLeadingTrivia(ownLine ? Indentation.Of(token.GetLeadingTrivia()) : []),
            SyntaxFactory.Token(SyntaxKind.EqualsToken).WithLeadingTrivia(SyntaxFactory.Space).WithTrailingTrivia(SyntaxFactory.Space),
            certificate);

        parts = at + 1 < parts.Count
            ? parts.InsertRange(at + 2, [added, comma.WithTrailingTrivia(ownLine ? endOfLine : parts[at + 1].GetTrailingTrivia())])
            : parts
                .Replace(token, token.WithoutTrailingTrivia())
                .InsertRange(
                    at + 1,
                    [comma.WithTrailingTrivia(ownLine ? after : SyntaxFactory.TriviaList(SyntaxFactory.Space)), added.WithTrailingTrivia(ownLine ? endOfLine : after)]);
        return initializer.WithExpressions(SyntaxFactory.SeparatedList<ExpressionSyntax>(parts));
    }
}
