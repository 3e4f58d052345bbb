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
}
