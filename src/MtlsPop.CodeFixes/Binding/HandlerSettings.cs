namespace MtlsPop.CodeFixes.Binding;

/// <summary>What a client's handler is set to.</summary>
internal sealed class HandlerSettings(ClientHandler handler, FixContext context)
{
    /// <summary>
    /// Whether nothing is set but the certificate, and what the runtime's own handlers have set anyway. No comment says otherwise.
    /// </summary>
    public bool AreOnlyCertificate() =>
        handler.Creation.ArgumentList is not { Arguments.Count: > 0 }
        && Settings().All(setting => IsSetAnyway(setting.Name, setting.Value))
        && !Statements.HoldComment(handler.Code);

    /// <summary>What is set, by the last name, and what to.</summary>
    private IEnumerable<(string? Name, ExpressionSyntax? Value)> Settings()
    {
        IEnumerable<ExpressionSyntax> initial = handler.Creation.Initializer is { } initializer ? initializer.Expressions : [];
        return initial.Concat(handler.Statements.OfType<ExpressionStatementSyntax>().Select(statement => statement.Expression))
            .Select(setting => setting switch
        {
            AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: var set, Right: var value } =>
                (set.GetLastToken().ValueText, value),
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Add", Expression: var set }, ArgumentList.Arguments: [{ Expression: var value }] } =>
                (set.GetLastToken().ValueText, value),
            _ => ((string?)null, (ExpressionSyntax?)null),
        });
    }

    private bool IsSetAnyway(string? name, ExpressionSyntax? value) => name switch
    {
        "AllowAutoRedirect" or "UseCookies" => value.IsKind(SyntaxKind.FalseLiteralExpression),
        "ClientCertificateOptions" => value!.GetLastToken().ValueText == "Manual",
        "ClientCertificates" => HoldsOnlyCertificate(value!),
        "SslOptions" => value switch
        {
            BaseObjectCreationExpressionSyntax { ArgumentList: not { Arguments.Count: > 0 }, Initializer: var initializer } => initializer
                is null
                || IsSetAnyway(name, initializer),
            InitializerExpressionSyntax { Expressions: var options } =>
                options.All(option =>
                    option is AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "ClientCertificates" }, Right: var certificates }
                        && HoldsOnlyCertificate(certificates)),
            _ => false,
        },
        _ => false,
    };

    /// <summary>The certificate, or a collection of nothing else.</summary>
    private bool HoldsOnlyCertificate(SyntaxNode value) => value switch
    {
        ExpressionSyntax expression when handler.Certificates.Contains(expression) => true,
        InitializerExpressionSyntax { Expressions: var elements } => elements.All(HoldsOnlyCertificate),
        BaseObjectCreationExpressionSyntax collection => IsCollection(collection)
            && (collection.ArgumentList is not { Arguments: var given } || given.All(argument => HoldsOnlyCertificate(argument.Expression)))
            && (collection.Initializer is null || HoldsOnlyCertificate(collection.Initializer)),
        _ when value.GetFirstToken()
            .IsKind(SyntaxKind.OpenBracketToken) => value.ChildNodes()
            .All(element => element.ChildNodes().ToList() is [var only] && only.Span == element.Span && HoldsOnlyCertificate(only)),
        _ => false,
    };

    private bool IsCollection(ExpressionSyntax creation) =>
        context.Semantics.GetTypeInfo(creation, context.Cancellation).Type?.Name
            is "X509CertificateCollection" or "X509Certificate2Collection";
}
