namespace MtlsPop.CodeFixes.Requests;

/// <summary>Lets the method, or whatever has the body, throw at its beginning on another system.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class PlatformCannotBindFix() : EditorCodeFix(Rules.PlatformCannotBind)
{
    private const string Guard = "MPOP1005.Guard";

    private protected override IEnumerable<PlannedEdit> Plan(FixContext context)
    {
        if (context.Call is not { } binding
            || OwnerOf(binding) is not { } owner
            || context.Compilation.ObjectType.ContainingAssembly.GetTypeByMetadataName(
                "System.OperatingSystem")?.GetMembers("IsWindows").Length
                is null or 0)
            yield break;

        var endOfLine = LineEnding.Of(context.Root);
        yield return new PlannedEdit(Guard, "Throw on other systems than Windows", editor => editor.ReplaceNode(owner, (current, _) => current switch
        {
            BlockSyntax body => Guarded(body, endOfLine),
            BaseMethodDeclarationSyntax method => WithGuardedBlock(method),
            _ => current,
        }))
        {
            Usings = context.CanName("OperatingSystem") ? [] : ["System"],
        };

        SyntaxNode WithGuardedBlock(BaseMethodDeclarationSyntax method)
        {
            method = Guards.WithBlock(
                method,
                (IMethodSymbol)context.Semantics.GetDeclaredSymbol(owner, context.Cancellation)!,
                context.Root);
            return method.WithBody(Guarded(method.Body!, endOfLine));
        }
    }

    /// <summary>The body, or the method that is one expression and has yet to get a body.</summary>
    private static SyntaxNode? OwnerOf(SyntaxNode node) => node.Ancestors().FirstOrDefault(ancestor =>
        ancestor is MemberDeclarationSyntax
            or AnonymousFunctionExpressionSyntax
            or LocalFunctionStatementSyntax
            or AccessorDeclarationSyntax) switch
    {
        BaseMethodDeclarationSyntax { ExpressionBody: not null } method => method,
        BaseMethodDeclarationSyntax method => method.Body,
        AnonymousFunctionExpressionSyntax lambda => lambda.Block,
        LocalFunctionStatementSyntax function => function.Body,
        AccessorDeclarationSyntax accessor => accessor.Body,
        _ => null,
    };

    /// <summary>Several findings of one body ask for one guard.</summary>
    private static BlockSyntax Guarded(BlockSyntax body, SyntaxTrivia endOfLine)
    {
        var guard = SyntaxFactory.ParseStatement(
            $"if (!OperatingSystem.IsWindows()){endOfLine}    throw new PlatformNotSupportedException(\"A managed identity's token can be bound on Windows only.\");{endOfLine}");
        if (body.Statements.FirstOrDefault() is not { } first)
            return body;
        if (first.IsEquivalentTo(guard, topLevel: false))
            return body;

        return body.WithStatements(body.Statements
            .Replace(first, first.WithLeadingTrivia(first.GetLeadingTrivia().Insert(0, endOfLine)))
            .Insert(0, guard.WithAdditionalAnnotations(Formatter.Annotation)));
    }
}
