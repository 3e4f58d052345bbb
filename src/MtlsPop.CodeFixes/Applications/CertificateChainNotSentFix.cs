using MtlsPop.Analyzers.Msal;

namespace MtlsPop.CodeFixes.Applications;

[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class CertificateChainNotSentFix() : EditorCodeFix(Rules.CertificateChainNotSent)
{
    private const string SendChain = "MPOP2001.SendChain";
    private const string OptionsParameter = "certificateOptions";

    private static readonly LiteralExpressionSyntax _true = SyntaxFactory.LiteralExpression(SyntaxKind.TrueLiteralExpression);

    private protected override IEnumerable<PlannedEdit> Plan(FixContext context)
    {
        if (context.Call is not { } call || context.Semantics.GetSymbolInfo(call, context.Cancellation).Symbol is not IMethodSymbol method)
            yield break;

        var flag = Argument(call, method, MsalNames.SendX5CParameter);
        var options = Argument(call, method, OptionsParameter);
        var takesCertificate = method.Parameters.Any(parameter => parameter.Type.Name == "X509Certificate2");
        Action<SyntaxEditor>? edit = (flag, options) switch
        {
            ({ } given, _) => editor => editor.ReplaceNode(given.Expression, _true.WithTriviaFrom(given.Expression)),
            (_, { } given) => EditOptions(context, given, takesCertificate),
            _ when takesCertificate => editor => editor.ReplaceNode(call, (current, _) => Append((InvocationExpressionSyntax)current)),
            _ => null,
        };

        if (edit is not null)
        {
            yield return new PlannedEdit(SendChain, "Send the certificate's chain", edit)
            {
                Usings = options is not null && !takesCertificate && !context.CanName(MsalNames.CertificateOptions)
                    ? ["Microsoft.Identity.Client.AppConfig"]
                    : [],
            };
        }
    }

    private static Action<SyntaxEditor>? EditOptions(FixContext context, ArgumentSyntax given, bool takesCertificate)
    {
        // What options can be set in an older language: none.
        var cannotSet = context.Language < LanguageVersion.CSharp9;
        if (cannotSet && !takesCertificate)
            return null;

        if (given.Expression.IsKind(SyntaxKind.NullLiteralExpression)
            || (cannotSet && given.Expression is BaseObjectCreationExpressionSyntax))
        {
            return takesCertificate
                ? editor => editor.ReplaceNode(given, Flag().WithTriviaFrom(given))
                : editor =>
                    editor.ReplaceNode(
                        given.Expression,
                        SyntaxFactory.ParseExpression($"new {MsalNames.CertificateOptions} {{ {MsalNames.SendX5C} = true }}")
                            .WithTriviaFrom(given.Expression));
        }

        return !cannotSet && CreationOf(context, given.Expression) is { } creation
            ? editor => editor.ReplaceNode(creation, (current, _) => WithOption((BaseObjectCreationExpressionSyntax)current))
            : null;
    }

    /// <summary>The options where they are made: here, or at the variable that holds them.</summary>
    private static BaseObjectCreationExpressionSyntax? CreationOf(FixContext context, ExpressionSyntax options)
    {
        if (options is BaseObjectCreationExpressionSyntax here)
            return here;

        var variable = context.Semantics.GetSymbolInfo(options, context.Cancellation).Symbol;
        return variable is ILocalSymbol or IFieldSymbol
            && variable.DeclaringSyntaxReferences is { Length: 1 } declarations
            && declarations[0].GetSyntax(context.Cancellation)
                is VariableDeclaratorSyntax { Initializer.Value: BaseObjectCreationExpressionSyntax there }
            && there.SyntaxTree == context.Root.SyntaxTree
                ? there
                : null;
    }

    private static BaseObjectCreationExpressionSyntax WithOption(BaseObjectCreationExpressionSyntax creation)
    {
        var set = creation.Initializer?.Expressions.OfType<AssignmentExpressionSyntax>()
            .FirstOrDefault(assignment => assignment.Left.ToString() == MsalNames.SendX5C);
        if (set is not null)
            return creation.ReplaceNode(set.Right, _true.WithTriviaFrom(set.Right));

        return Initializers.Add(
            creation,
            SyntaxFactory.AssignmentExpression(SyntaxKind.SimpleAssignmentExpression, SyntaxFactory.IdentifierName(MsalNames.SendX5C), _true));
    }

    private static InvocationExpressionSyntax Append(InvocationExpressionSyntax call) =>
        call.WithArgumentList(ArgumentLists.Append(call.ArgumentList, Flag()));

    private static ArgumentSyntax Flag() => SyntaxFactory.ParseArgumentList($"({MsalNames.SendX5CParameter}: true)").Arguments[0];

    private static ArgumentSyntax? Argument(InvocationExpressionSyntax call, IMethodSymbol method, string parameter)
    {
        var arguments = call.ArgumentList.Arguments;
        for (var i = 0; i < arguments.Count; i++)
        {
            var name = arguments[i].NameColon?.Name.Identifier.ValueText ?? (i < method.Parameters.Length ? method.Parameters[i].Name : "");
            if (name == parameter)
                return arguments[i];
        }

        return null;
    }
}
