using MtlsPop.Analyzers.Msal;
using MtlsPop.CodeFixes.Runtime;

namespace MtlsPop.CodeFixes.Binding;

[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class BindingCertificateUncheckedFix() : CertificateGuardFix(Rules.BindingCertificateUnchecked);

/// <summary>Checks a binding certificate for null before its first use, whoever acquired the token.</summary>
public abstract class CertificateGuardFix : EditorCodeFix
{
    private readonly DiagnosticDescriptor _rule;

    private protected CertificateGuardFix(DiagnosticDescriptor rule)
        : base(rule) => _rule = rule;

    private string Guard => _rule.Id + ".Guard";

    private string Runtime => _rule.Id + ".Runtime";

    private protected override IEnumerable<PlannedEdit> Plan(FixContext context)
    {
        if (Certificate(context) is not { } certificate)
            yield break;

        yield return StatementToGuard(certificate) is { } statement
            ? new PlannedEdit(Guard, "Throw when the token is not bound", editor =>
                Statements.InsertBefore(
                    editor,
                    statement,
                    GuardOf(
                        certificate,
                        Thrown(context),
                        LineEnding.Of(context.Root) + Indentation.Of(statement) + Indentation.Unit(context.Root))))
            : new PlannedEdit(Guard, "Throw when the token is not bound", editor =>
                editor.ReplaceNode(certificate, (current, _) => Checked((ExpressionSyntax)current, Thrown(context))));

        if (RequiredBinding.Replaced(certificate, context) is { } read)
        {
            yield return new PlannedEdit(Runtime, $"Throw when the token is not bound, by '{MsalNames.RequireBinding}'", editor =>
                editor.ReplaceNode(read, (current, _) => RequiredBinding.Write(current)))
            {
                Usings = RuntimeCall.MissingUsings(RequiredBinding.Result(read)!, MsalNames.RequireBinding, context),
            };
        }
    }

    private static string Thrown(FixContext context) =>
        $"new {context.SystemType(nameof(InvalidOperationException))}(\"The token is not bound to a certificate.\")";

    /// <summary>
    /// The expression that is the certificate: a variable, or the property with what it is read from; null where that is a part of a longer
    /// <c>?.</c>, which nothing else can stand in for.
    /// </summary>
    private static ExpressionSyntax? Certificate(FixContext context)
    {
        if (context.Token.Parent is not SimpleNameSyntax name)
            return null;

        ExpressionSyntax certificate = name.Parent switch
        {
            MemberAccessExpressionSyntax access when access.Name == name => access,
            MemberBindingExpressionSyntax { Parent: ConditionalAccessExpressionSyntax access } => access,
            MemberBindingExpressionSyntax binding => binding,
            _ => name,
        };
        if (certificate.GetFirstToken().IsKind(SyntaxKind.DotToken))
            return null;

        return certificate.Parent is PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed
            ? suppressed
            : certificate;
    }

    /// <summary>
    /// The statement before which a guard does what a check in place would do; null where there is none, or where the use is only reached
    /// under a condition.
    /// </summary>
    private static StatementSyntax? StatementToGuard(ExpressionSyntax certificate)
    {
        if (!Expressions.IsPath(certificate))
            return null;

        SyntaxNode inner = certificate;
        for (var node = certificate.Parent; node is not null; inner = node, node = node.Parent)
        {
            switch (node)
            {
                case ConditionalExpressionSyntax conditional when conditional.Condition != inner:
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression or (int)SyntaxKind.LogicalOrExpression or (int)SyntaxKind.CoalesceExpression } binary when binary.Right == inner:
                case AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceAssignmentExpression }
                    or ConditionalAccessExpressionSyntax
                    or SwitchExpressionArmSyntax
                    or AnonymousFunctionExpressionSyntax:
                case ForStatementSyntax
                    or WhileStatementSyntax
                    or DoStatementSyntax
                    or SwitchLabelSyntax
                    or CatchFilterClauseSyntax
                    or LocalFunctionStatementSyntax
                    or MemberDeclarationSyntax and not GlobalStatementSyntax:
                    return null;

                case VariableDeclarationSyntax { Variables.Count: > 1 }:
                    return null;

                case ExpressionSyntax when Declares(node, certificate):
                    return null;

                case StatementSyntax statement:
                    return Statements.TakesOneBefore(statement) && Statements.BeginsLine(statement) && !statement.ContainsDirectives
                        ? statement
                        : null;
            }
        }

        return null;
    }

    /// <summary>The statement itself declares the variable, in a pattern or as an out argument.</summary>
    private static bool Declares(SyntaxNode node, ExpressionSyntax certificate)
    {
        var variable = certificate.GetFirstToken().ValueText;
        return node.Parent is StatementSyntax or ArrowExpressionClauseSyntax or EqualsValueClauseSyntax
            && node.DescendantNodes()
                .Any(child => child is SingleVariableDesignationSyntax designation && designation.Identifier.ValueText == variable);
    }

    private static StatementSyntax GuardOf(ExpressionSyntax certificate, string thrown, string nextLine) =>
        SyntaxFactory.ParseStatement($"if ({Bare(certificate)} is null){nextLine}throw {thrown};");

    private static ExpressionSyntax Checked(ExpressionSyntax certificate, string thrown)
    {
        var check = SyntaxFactory.ParseExpression($"{Bare(certificate)} ?? throw {thrown}");
        var stands = certificate.Parent is ArgumentSyntax or EqualsValueClauseSyntax or ParenthesizedExpressionSyntax;
        return (stands ? check : SyntaxFactory.ParenthesizedExpression(check)).WithTriviaFrom(certificate);
    }

    private static ExpressionSyntax Bare(ExpressionSyntax certificate) =>
        (certificate is PostfixUnaryExpressionSyntax suppressed ? suppressed.Operand : certificate).WithoutTrivia();
}
