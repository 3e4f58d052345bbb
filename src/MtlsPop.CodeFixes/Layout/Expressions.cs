namespace MtlsPop.CodeFixes.Layout;

internal static class Expressions
{
    /// <summary>A variable, or properties read from one: naming it twice reads the same.</summary>
    public static bool IsPath(ExpressionSyntax expression)
    {
        // A loop: the parser sets no limit to how long such a path is.
        while (true)
        {
            switch (expression)
            {
                case IdentifierNameSyntax or ThisExpressionSyntax:
                    return true;
                case MemberAccessExpressionSyntax access:
                    expression = access.Expression;
                    break;
                case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed:
                    expression = suppressed.Operand;
                    break;
                default:
                    return false;
            }
        }
    }

    /// <summary>Whether the name is that of a member read from, or set on, another expression.</summary>
    public static bool IsMemberOfAnother(SimpleNameSyntax name) => name.Parent switch
    {
        MemberAccessExpressionSyntax access => access.Name == name,
        MemberBindingExpressionSyntax => true,
        AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax } assignment => assignment.Left == name,
        _ => false,
    };

    /// <summary>
    /// Whether there is a lambda around the node within the code: the node runs when the lambda is called, not with the code.
    /// </summary>
    public static bool IsInLambda(SyntaxNode node, IReadOnlyList<SyntaxNode> code) => node.Ancestors()
        .TakeWhile(ancestor => !code.Contains(ancestor))
        .Any(ancestor => ancestor is AnonymousFunctionExpressionSyntax);
}
