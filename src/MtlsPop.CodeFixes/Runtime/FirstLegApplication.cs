using MtlsPop.Analyzers.Msal;
using MtlsPop.Analyzers.Syntax;

namespace MtlsPop.CodeFixes.Runtime;

/// <summary>The application whose token an assertion is, and nothing else: the runtime presents such an assertion by itself.</summary>
internal static class FirstLegApplication
{
    /// <summary>
    /// The assertion as the runtime's call; null where code would be lost, or where the application has no name at the call.
    /// </summary>
    public static PlannedEdit? Present(string key, FixContext context)
    {
        if (context.Call is not { Expression: MemberAccessExpressionSyntax called, ArgumentList.Arguments: [var argument] } call
            || Of(call, context) is not { } application
            || !RuntimeCall.CanBeWritten(called.Expression, MsalNames.WithBoundClientAssertion, context))
            return null;

        var unused = Unused(TokenIn(argument.Expression)!, call, context);
        return new PlannedEdit(key, $"Present the first leg by '{MsalNames.WithBoundClientAssertion}'", editor =>
        {
            editor.ReplaceNode(called.Name, (current, _) =>
                SyntaxFactory.IdentifierName(MsalNames.WithBoundClientAssertion).WithTriviaFrom(current));
            editor.ReplaceNode(argument, (current, _) => SyntaxFactory.Argument(application.WithoutTrivia()).WithTriviaFrom(current));
            if (unused is not null)
                editor.RemoveNode(unused, SyntaxRemoveOptions.KeepNoTrivia);
        })
        {
            Usings = RuntimeCall.MissingUsings(called.Expression, MsalNames.WithBoundClientAssertion, context),
        };
    }

    /// <summary>The application, as it is named at the call that takes the assertion; null where the assertion is anything more.</summary>
    public static ExpressionSyntax? Of(InvocationExpressionSyntax call, FixContext context) =>
        call.ArgumentList.Arguments is [var argument]
        && !argument.WithoutTrivia().DescendantTrivia().Any(trivia => trivia.IsDirective || Statements.IsComment(trivia))
        && TokenIn(argument.Expression) is { } token
        && AcquisitionOf(token, context) is { } acquisition
            ? ApplicationOf(acquisition, call, context)
            : null;

    /// <summary>The <c>AccessToken</c> of a result, where the assertion is that and the certificate of the same result.</summary>
    private static MemberAccessExpressionSyntax? TokenIn(ExpressionSyntax assertion) => Wrapping.Unwrap(assertion) switch
    {
        LambdaExpressionSyntax { ExpressionBody: { } returned } => TokenIn(returned),
        LambdaExpressionSyntax { Block.Statements: [ReturnStatementSyntax { Expression: { } returned }] } => TokenIn(returned),
        LambdaExpressionSyntax { Block.Statements: [LocalDeclarationStatementSyntax { Declaration.Variables: [var result] }, ReturnStatementSyntax { Expression: { } returned }] }
            when TokenIn(returned) is { Expression: IdentifierNameSyntax read } token
            && read.Identifier.ValueText == result.Identifier.ValueText => token,
        InvocationExpressionSyntax task when Wrapping.Finished(task) is { } value => TokenIn(value),
        BaseObjectCreationExpressionSyntax { Initializer.Expressions: { Count: 2 } parts }
            when Part(parts, MsalNames.Assertion) is MemberAccessExpressionSyntax { Name.Identifier.ValueText: MsalNames.AccessToken } token
            && Part(parts, MsalNames.TokenBindingCertificate)
                is MemberAccessExpressionSyntax { Name.Identifier.ValueText: MsalNames.BindingCertificate } certificate
            && token.Expression is IdentifierNameSyntax && SyntaxFactory.AreEquivalent(token.Expression, certificate.Expression) => token,
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: MsalNames.AccessToken } token => token,
        _ => null,
    };

    private static ExpressionSyntax? Part(SeparatedSyntaxList<ExpressionSyntax> initializer, string name) =>
        initializer.OfType<AssignmentExpressionSyntax>().FirstOrDefault(part => part.Left.ToString() == name)?.Right;

    /// <summary>The request whose result the token is of, written out where the result is awaited.</summary>
    private static InvocationExpressionSyntax? AcquisitionOf(MemberAccessExpressionSyntax token, FixContext context)
    {
        var result = token.Expression is IdentifierNameSyntax variable
            ? Variables.DeclaratorOf(variable, context)?.Initializer?.Value
            : token.Expression;
        return result is null ? null : Wrapping.AwaitedCall(Wrapping.Unwrap(result));
    }

    /// <summary>
    /// The application, where the request asks it for a token to exchange and the runtime asks for all that the request asks for.
    /// </summary>
    private static ExpressionSyntax? ApplicationOf(
        InvocationExpressionSyntax acquisition, InvocationExpressionSyntax call, FixContext context)
    {
        var beginning = FluentChain.Back(acquisition).FirstOrDefault(step =>
            InvocationName.OfMember(step) is not (MsalNames.WithMtlsProofOfPossession or MsalNames.WithAttestationSupport or MsalNames.ExecuteAsync));
        return beginning is { Expression: MemberAccessExpressionSyntax { Expression: var application } }
            && InvocationName.OfMember(beginning) is MsalNames.AcquireTokenForManagedIdentity or MsalNames.AcquireTokenForClient
            && AsksForExchange(beginning, context)
            && MeansTheSame(application, call, context)
                ? application
                : null;
    }

    private static bool AsksForExchange(InvocationExpressionSyntax beginning, FixContext context) =>
        beginning.ArgumentList.DescendantNodes().OfType<ExpressionSyntax>().Any(expression =>
            context.Semantics.GetConstantValue(expression, context.Cancellation).Value is string audience
                && audience.StartsWith(Clouds.ExchangeAudience, StringComparison.OrdinalIgnoreCase));

    /// <summary>A callback names the application when it is called; the runtime is given it when the second leg is built.</summary>
    private static bool MeansTheSame(ExpressionSyntax application, InvocationExpressionSyntax call, FixContext context) =>
        context.Semantics.GetSymbolInfo(application, context.Cancellation).Symbol
            is IParameterSymbol or ILocalSymbol or IFieldSymbol { IsReadOnly: true } or IPropertySymbol { SetMethod: null }
        && Expressions.IsPath(application)
        && CapturedVariables.AreVisible(application, call.SpanStart, context);

    /// <summary>The statement that acquires the token for the assertion alone, outside of it.</summary>
    private static SyntaxNode? Unused(MemberAccessExpressionSyntax token, InvocationExpressionSyntax call, FixContext context)
    {
        if (token.Expression is not IdentifierNameSyntax variable
            || Variables.DeclaratorOf(variable, context)
                is not { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax statement } } declarator
            || call.Contains(statement)
            || statement.ContainsDirectives
            || statement.DescendantTrivia().Any(Statements.IsComment))
            return null;

        var isUsedElsewhere = Variables.Uses(context.Semantics.GetDeclaredSymbol(declarator, context.Cancellation)!, context)
            .Any(use => !call.ArgumentList.Contains(use));
        return isUsedElsewhere ? null : statement.Parent is GlobalStatementSyntax global ? global : statement;
    }
}
