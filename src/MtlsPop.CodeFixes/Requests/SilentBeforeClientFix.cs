using MtlsPop.Analyzers.Msal;

namespace MtlsPop.CodeFixes.Requests;

/// <summary>
/// Removes an attempt whose result nobody uses: a statement of its own, or a <c>try</c> whose <c>catch</c> does what is left to do.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class SilentBeforeClientFix() : EditorCodeFix(Rules.SilentBeforeClient)
{
    private const string Remove = "MPOP1007.Remove";

    private protected override IEnumerable<PlannedEdit> Plan(FixContext context)
    {
        if (context.Call?.FirstAncestorOrSelf<StatementSyntax>() is not { } attempt)
            yield break;

        Action<SyntaxEditor>? edit = attempt.Parent is BlockSyntax { Parent: TryStatementSyntax tried } block && tried.Block == block
            ? WithoutTry(tried, attempt, context)
            : IsUnused(attempt) && attempt.Parent is BlockSyntax or GlobalStatementSyntax
                ? editor => Statements.Remove(editor, attempt)
                : null;
        if (edit is not null)
            yield return new PlannedEdit(Remove, "Remove the silent attempt", edit);
    }

    private static Action<SyntaxEditor>? WithoutTry(TryStatementSyntax tried, StatementSyntax attempt, FixContext context)
    {
        if (tried is not { Finally: null, Catches: [{ Filter: null } caught], Block.Statements: var statements, ContainsDirectives: false }
            || statements.Last() != attempt
            || !statements.Take(statements.Count - 1).All(statement => statement is LocalDeclarationStatementSyntax)
            || !Catches(caught, context)
            || (caught.Declaration is { Identifier: { RawKind: not 0 } exception } && Names(caught.Block, exception.ValueText)))
            return null;

        if (caught.Block.Statements.Count == 0)
            return tried.Parent is BlockSyntax or GlobalStatementSyntax ? editor => Statements.Remove(editor, tried) : null;

        return Names(caught.Block, MsalNames.AcquireTokenForClient)
            ? editor =>
                editor.ReplaceNode(tried, (current, _) => Unwrapped((TryStatementSyntax)current, LineEnding.Of(editor.OriginalRoot)))
            : null;
    }

    private static StatementSyntax Unwrapped(TryStatementSyntax tried, SyntaxTrivia endOfLine)
    {
        var rest = tried.Catches[0].Block;
        var only = rest.Statements is [{ } one] && one is not LocalDeclarationStatementSyntax ? one : null;
        var (left, staying) = only is null ? (rest, rest.Span) : ((StatementSyntax)only, only.FullSpan);
        var moved = tried.DescendantTrivia()
            .Where(trivia => Statements.IsComment(trivia) && tried.Span.Contains(trivia.Span) && !staying.Contains(trivia.Span));
        var comments = moved.SelectMany(comment => Indentation.Of(tried.GetLeadingTrivia()).Insert(0, endOfLine).Insert(0, comment));
        if (only is not null)
            comments = comments.Concat(only.GetLeadingTrivia().SkipWhile(trivia => !Statements.IsComment(trivia)));

        return left
            .WithLeadingTrivia(tried.GetLeadingTrivia().AddRange(comments))
            .WithTrailingTrivia(
                only?.GetTrailingTrivia().Any(Statements.IsComment) == true ? only.GetTrailingTrivia() : tried.GetTrailingTrivia())
            .WithAdditionalAnnotations(Formatter.Annotation);
    }

    /// <summary>Whether the exception that a failed attempt throws ends up there.</summary>
    private static bool Catches(CatchClauseSyntax caught, FixContext context)
    {
        if (caught.Declaration is not { Type: var type })
            return true;

        return context.Semantics.GetTypeInfo(type, context.Cancellation).Type
            is { Name: "MsalUiRequiredException" or "MsalServiceException" or "MsalException" or "Exception" };
    }

    private static bool IsUnused(StatementSyntax attempt) => attempt switch
    {
        ExpressionStatementSyntax { Expression: AwaitExpressionSyntax or InvocationExpressionSyntax } => true,
        ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" } } } =>
            true,
        LocalDeclarationStatementSyntax { Declaration.Variables: [{ Identifier.ValueText: var name }] } => !Names(attempt.Parent!, name),
        _ => false,
    };

    private static bool Names(SyntaxNode node, string name) =>
        node.DescendantNodes().Any(child => child is SimpleNameSyntax { Identifier.ValueText: var text } && text == name);
}
