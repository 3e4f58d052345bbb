using MtlsPop.Analyzers.Federation;

namespace MtlsPop.CodeFixes.Federation;

[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class ExchangeAudienceMalformedFix() : EditorCodeFix(Rules.ExchangeAudienceMalformed)
{
    private const string Correct = "MPOP4005.Correct";

    private protected override IEnumerable<Edit> Plan(FixSite site)
    {
        if (site.Call is not { ArgumentList.Arguments: { Count: > 0 } arguments }
            || site.Diagnostic.Properties[ExchangeAudienceMalformed.Replacement] is not { } right
            || Audience(arguments[0].Expression, site) is not { } audience)
            yield break;

        yield return new Edit(Correct, $"Ask for '{right}'", editor => editor.ReplaceNode(audience, (current, _) => Literals.Replaced(audience, right, site).WithTriviaFrom(current)));
    }

    /// <summary>The text in the argument, or in the array that it names.</summary>
    private static ExpressionSyntax? Audience(ExpressionSyntax argument, FixSite site)
    {
        if (argument.DescendantNodesAndSelf().OfType<ExpressionSyntax>().FirstOrDefault(part => site.Semantics.GetConstantValue(part, site.Cancellation).Value is string) is { } text)
            return text;

        return site.Semantics.GetSymbolInfo(argument, site.Cancellation).Symbol is (ILocalSymbol or IFieldSymbol { IsReadOnly: true }) and { DeclaringSyntaxReferences: [var declaration] }
            && declaration.SyntaxTree == site.Root.SyntaxTree
            && declaration.GetSyntax(site.Cancellation) is VariableDeclaratorSyntax { Initializer.Value: var value }
            ? value.DescendantNodesAndSelf().OfType<ExpressionSyntax>().FirstOrDefault(part => site.Semantics.GetConstantValue(part, site.Cancellation).Value is string)
            : null;
    }
}
