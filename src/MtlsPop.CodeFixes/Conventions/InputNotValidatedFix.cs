namespace MtlsPop.CodeFixes.Conventions;

[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class InputNotValidatedFix() : EditorCodeFix(Rules.InputNotValidated)
{
    private const string Validate = "MPOP5004.Validate";
    private const string ThrowIfNull = nameof(ThrowIfNull);

    private protected override IEnumerable<PlannedEdit> Plan(FixContext context)
    {
        if (
            context.Token.Parent is not ParameterSyntax { Parent: ParameterListSyntax { Parent: BaseMethodDeclarationSyntax method } list } parameter
            || context.Semantics.GetDeclaredSymbol(method, context.Cancellation) is not IMethodSymbol symbol)
            yield break;

        var endOfLine = LineEnding.Of(context.Root);
        var exception = context.SystemType(nameof(ArgumentNullException));
        var name = context.Token.Text;
        var guard = context.SystemTypeHas(nameof(ArgumentNullException), ThrowIfNull)
            ? $"{exception}.{ThrowIfNull}({name});"
            : $"if ({name} is null){endOfLine}throw new {exception}(nameof({name}));";
        var before = list.Parameters.TakeWhile(other => other != parameter).Select(other => other.Identifier.ValueText).ToList();

        yield return new PlannedEdit(Validate, $"Throw when '{name}' is null", editor => editor.ReplaceNode(method, (current, _) =>
            Guards.Insert(
                (BaseMethodDeclarationSyntax)current,
                symbol,
                guard,
                statement => Guards.IsGuard(statement) && Names(statement, before),
                context.Root)));
    }

    private static bool Names(StatementSyntax guard, List<string> parameters) =>
        guard.DescendantNodes().Any(node => node is IdentifierNameSyntax name && parameters.Contains(name.Identifier.ValueText));
}
