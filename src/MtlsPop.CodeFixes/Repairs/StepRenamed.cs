using MtlsPop.Analyzers.Msal;

namespace MtlsPop.CodeFixes.Repairs;

/// <summary>A step that managed identities had until 4.87.0, and what it became.</summary>
internal sealed class StepRenamed() : Repair("CS1061", "CS1929")
{
    public override PlannedEdit? Plan(FixContext context, MsalLibrary msal) =>
        CallAt(context)?.Expression is MemberAccessExpressionSyntax { Name: IdentifierNameSyntax { Identifier.ValueText: MsalNames.WithClaimsFromClient } name, Expression: var request }
        && msal.Is(context.Semantics.GetTypeInfo(request, context.Cancellation).Type, MsalNames.ManagedIdentityRequestBuilder)
            ? new PlannedEdit("Repair.Claims", $"Call '{MsalNames.WithClaims}'", editor =>
                editor.ReplaceNode(name, SyntaxFactory.IdentifierName(MsalNames.WithClaims).WithTriviaFrom(name)))
            : null;
}
