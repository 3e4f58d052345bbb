using MtlsPop.Analyzers.Federation;

namespace MtlsPop.CodeFixes.Federation;

[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class ExchangeAudienceMalformedFix() : EditorCodeFix(Rules.ExchangeAudienceMalformed)
{
    private const string Correct = "MPOP4005.Correct";

    private protected override IEnumerable<PlannedEdit> Plan(FixContext context)
    {
        if (context.Call is not { ArgumentList.Arguments: { Count: > 0 } arguments }
            || context.Diagnostic.Properties[ExchangeAudienceMalformed.Replacement] is not { } right
            || Audience(arguments[0].Expression, context) is not { } audience)
            yield break;

        yield return new PlannedEdit(Correct, $"Ask for '{right}'", editor =>
            editor.ReplaceNode(audience, (current, _) => Literals.ReplaceText(audience, right, context).WithTriviaFrom(current)));
    }

    /// <summary>The text in the argument, or in the array that it names.</summary>
    private static ExpressionSyntax? Audience(ExpressionSyntax argument, FixContext context)
    {
        if (argument.DescendantNodesAndSelf().OfType<ExpressionSyntax>().FirstOrDefault(part => context.Semantics.GetConstantValue(part, context.Cancellation).Value is string) is { } text)
            return text;

        return context.Semantics.GetSymbolInfo(argument, context.Cancellation).Symbol
            is (ILocalSymbol or IFieldSymbol { IsReadOnly: true }) and { DeclaringSyntaxReferences: [var declaration] }
            && declaration.SyntaxTree == context.Root.SyntaxTree
            && declaration.GetSyntax(context.Cancellation) is VariableDeclaratorSyntax { Initializer.Value: var value }
            ? value.DescendantNodesAndSelf()
                .OfType<ExpressionSyntax>()
                .FirstOrDefault(part => context.Semantics.GetConstantValue(part, context.Cancellation).Value is string)
            : null;
    }
}
