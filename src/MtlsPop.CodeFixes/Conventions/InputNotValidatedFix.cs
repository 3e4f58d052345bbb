namespace MtlsPop.CodeFixes.Conventions;

[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class InputNotValidatedFix() : EditorCodeFix(Rules.InputNotValidated)
{
    private const string Validate = "MPOP5004.Validate";
    private const string ThrowIfNull = nameof(ThrowIfNull);

    private protected override IEnumerable<Edit> Plan(FixSite site)
    {
        if (site.Token.Parent is not ParameterSyntax { Parent: ParameterListSyntax { Parent: BaseMethodDeclarationSyntax method } list } parameter
            || site.Semantics.GetDeclaredSymbol(method, site.Cancellation) is not IMethodSymbol symbol)
            yield break;

        var endOfLine = Usings.EndOfLine(site.Root);
        var exception = site.SystemType(nameof(ArgumentNullException));
        var name = site.Token.Text;
        var guard = site.SystemTypeHas(nameof(ArgumentNullException), ThrowIfNull)
            ? $"{exception}.{ThrowIfNull}({name});"
            : $"if ({name} is null){endOfLine}throw new {exception}(nameof({name}));";
        var before = list.Parameters.TakeWhile(other => other != parameter).Select(other => other.Identifier.ValueText).ToList();

        yield return new Edit(Validate, $"Throw when '{name}' is null", editor => editor.ReplaceNode(method, (current, _) =>
            Guards.Insert((BaseMethodDeclarationSyntax)current, symbol, guard, statement => Guards.IsGuard(statement) && Names(statement, before), site.Root)));
    }

    private static bool Names(StatementSyntax guard, List<string> parameters) =>
        guard.DescendantNodes().Any(node => node is IdentifierNameSyntax name && parameters.Contains(name.Identifier.ValueText));
}
