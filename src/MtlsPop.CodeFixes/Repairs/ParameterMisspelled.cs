using MtlsPop.Analyzers.Msal;

namespace MtlsPop.CodeFixes.Repairs;

/// <summary>An argument that names its parameter in another case than MSAL does: <c>sendX5c</c> is <c>sendX5C</c>.</summary>
internal sealed class ParameterMisspelled() : Repair("CS1739")
{
    public override PlannedEdit? Plan(FixContext context, MsalLibrary msal)
    {
        if (context.Token.Parent is not IdentifierNameSyntax { Parent: NameColonSyntax { Parent: ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } } } written)
            return null;

        var meant = context.Semantics.GetSymbolInfo(call, context.Cancellation).CandidateSymbols
            .OfType<IMethodSymbol>()
            .Where(msal.Owns)
            .SelectMany(method => method.Parameters)
            .FirstOrDefault(parameter => string.Equals(parameter.Name, written.Identifier.ValueText, StringComparison.OrdinalIgnoreCase));
        return meant is null
            ? null
            : new PlannedEdit("Repair.Parameter", $"Name the argument '{meant.Name}'", editor =>
                editor.ReplaceNode(written, (current, _) => SyntaxFactory.IdentifierName(meant.Name).WithTriviaFrom(current)));
    }
}
