namespace MtlsPop.CodeFixes.Conventions;

[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class ConfigureAwaitMissingFix() : EditorCodeFix(Rules.ConfigureAwaitMissing)
{
    private const string Append = "MPOP5001.Append";
    private const string ConfigureAwait = nameof(ConfigureAwait);

    private protected override IEnumerable<PlannedEdit> Plan(FixContext context)
    {
        Action<SyntaxEditor>? edit = context.Token.Parent switch
        {
            AwaitExpressionSyntax wait => editor => Configure(editor, wait.Expression),
            ForEachStatementSyntax loop => editor => Configure(editor, loop.Expression),
            UsingStatementSyntax { Expression: { } resource } => editor => Configure(editor, resource),
            UsingStatementSyntax { Declaration: { Variables: { Count: 1 } variables } declaration } statement
                when Statements.TakesOneBefore(statement) => editor => Separate(editor, statement, declaration, variables[0]),
            LocalDeclarationStatementSyntax { Declaration.Variables: { Count: 1 } variables } statement
                when Statements.TakesOneBefore(statement) => editor => Separate(editor, statement, variables[0]),
            _ => null,
        };

        if (edit is not null)
        {
            yield return new PlannedEdit(Append, "Append '.ConfigureAwait(false)'", edit)
            {
                Usings = IsExtension(context) ? ["System.Threading.Tasks"] : [],
            };
        }
    }

    /// <summary>What streams and disposables are configured with is an extension method.</summary>
    private static bool IsExtension(FixContext context) =>
        context.Token.Parent is not AwaitExpressionSyntax
        && context.Semantics.LookupNamespacesAndTypes(context.Token.SpanStart, name: "Task").Length == 0;

    private static void Configure(SyntaxEditor editor, ExpressionSyntax awaited) =>
        editor.ReplaceNode(awaited, (current, _) => Configured((ExpressionSyntax)current));

    private static ExpressionSyntax Configured(ExpressionSyntax awaited) =>
        ChainEditor.Append(Parenthesized(awaited), ConfigureAwait, SyntaxFactory.Argument(SyntaxFactory.ParseExpression("false")));

    private static ExpressionSyntax Parenthesized(ExpressionSyntax awaited) =>
        awaited is InvocationExpressionSyntax
            or MemberAccessExpressionSyntax
            or IdentifierNameSyntax
            or ParenthesizedExpressionSyntax
            or ElementAccessExpressionSyntax
            or BaseObjectCreationExpressionSyntax
            ? awaited
            : SyntaxFactory.ParenthesizedExpression(awaited.WithoutTrivia()).WithTriviaFrom(awaited);

    /// <summary>
    /// <c>await using (var x = y)</c> becomes a declaration of <c>x</c>, and <c>await using (x.ConfigureAwait(false))</c>: what is
    /// configured is no longer an <c>x</c>.
    /// </summary>
    private static void Separate(
        SyntaxEditor editor, UsingStatementSyntax statement, VariableDeclarationSyntax declaration, VariableDeclaratorSyntax variable)
    {
        Statements.InsertBefore(editor, statement, SyntaxFactory.LocalDeclarationStatement(declaration.WithoutTrivia()));
        editor.ReplaceNode(statement, (current, _) => ((UsingStatementSyntax)current)
            .WithDeclaration(null)
            .WithExpression(Configured(SyntaxFactory.IdentifierName(variable.Identifier.WithoutTrivia()))));
    }

    private static void Separate(SyntaxEditor editor, LocalDeclarationStatementSyntax statement, VariableDeclaratorSyntax variable)
    {
        Statements.InsertBefore(editor, statement, SyntaxFactory.LocalDeclarationStatement(statement.Declaration.WithoutTrivia()));
        var name = variable.Identifier.ValueText;
        var disposal = SyntaxFactory.ParseStatement($"await using var {name}Disposal = {name}.{ConfigureAwait}(false);");
        editor.ReplaceNode(statement, (current, _) => disposal.WithTriviaFrom(current));
    }
}
