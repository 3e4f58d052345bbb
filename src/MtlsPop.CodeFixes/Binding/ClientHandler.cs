using MtlsPop.Analyzers.Model;

namespace MtlsPop.CodeFixes.Binding;

/// <summary>The handler that a client is made with: made in its place, or in a variable that is there for nothing else.</summary>
internal sealed class ClientHandler
{
    private readonly FixContext _context;

    private ClientHandler(BaseObjectCreationExpressionSyntax creation, IReadOnlyList<StatementSyntax> statements, FixContext context)
    {
        _context = context;
        Creation = creation;
        Statements = statements;
        Certificates = Names.Select(name => ResultCertificate.At(name, context)).OfType<ExpressionSyntax>().Where(IsFromOutside).ToList();
    }

    public BaseObjectCreationExpressionSyntax Creation { get; }

    /// <summary>The declaration of its variable, and the statements that set it; none where it is made in place.</summary>
    public IReadOnlyList<StatementSyntax> Statements { get; }

    /// <summary>The creation, or the statements with all that is done to it.</summary>
    public IReadOnlyList<SyntaxNode> Code => Statements.Count > 0 ? Statements : [Creation];

    /// <summary>The names in its code.</summary>
    public IEnumerable<SimpleNameSyntax> Names => Code.SelectMany(part => part.DescendantNodes()).OfType<SimpleNameSyntax>();

    /// <summary>Where it is given its certificate, as that is written.</summary>
    public IReadOnlyList<ExpressionSyntax> Certificates { get; }

    /// <summary>Null where it is given none.</summary>
    public ExpressionSyntax? Certificate => Certificates.Count > 0 ? Certificates[0] : null;

    /// <summary>The argument of a client's creation that is its handler.</summary>
    public static ArgumentSyntax? ArgumentOf(BaseObjectCreationExpressionSyntax client) =>
        client.ArgumentList?.Arguments.FirstOrDefault(argument => argument.NameColon is not { Name.Identifier.ValueText: not "handler" });

    /// <summary>
    /// Null where it is another kind of handler, where its variable is used for more, or where it is given more than one certificate.
    /// </summary>
    public static ClientHandler? Of(BaseObjectCreationExpressionSyntax client, FixContext context)
    {
        var handler = ArgumentOf(client)?.Expression switch
        {
            BaseObjectCreationExpressionSyntax creation => new ClientHandler(creation, [], context),
            IdentifierNameSyntax variable => InVariable(variable, client, context),
            _ => null,
        };
        return handler is not null
            && context.Semantics.GetTypeInfo(handler.Creation, context.Cancellation).Type is var type
            && (HttpObject.Is(type, HttpObject.ClientHandler) || HttpObject.Is(type, HttpObject.SocketsHandler))
            && handler.Certificates.All(certificate => certificate.IsEquivalentTo(handler.Certificate!, topLevel: false))
            && !handler.Code.Any(code => code.ContainsDirectives)
                ? handler
                : null;
    }

    /// <summary>
    /// The statements that nothing needs once it is gone: its own, and the variable with the certificate where that is used for nothing
    /// else.
    /// </summary>
    public IReadOnlyList<StatementSyntax> Unneeded() =>
        Certificate is not null
        && Variables.DeclaratorOf(RootOf(Certificate), _context)
            is { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax declaration } } declarator
        && _context.Semantics.GetDeclaredSymbol(declarator, _context.Cancellation)
            is ILocalSymbol { Type.Name: "X509Certificate2" } variable
        && declaration.Parent == Creation.FirstAncestorOrSelf<StatementSyntax>()?.Parent
        && Variables.Uses(variable, _context).All(IsCertificate)
        && !Layout.Statements.HoldComment([declaration])
            ? [declaration, .. Statements]
            : Statements;

    public bool IsCertificate(SyntaxNode node) => Certificates.Any(certificate => certificate.Contains(node));

    public bool IsDeclaredInside(ISymbol symbol) =>
        symbol.DeclaringSyntaxReferences.All(declaration =>
            declaration.SyntaxTree == _context.Root.SyntaxTree && Code.Any(code => code.Span.Contains(declaration.Span)));

    private static ClientHandler? InVariable(IdentifierNameSyntax variable, BaseObjectCreationExpressionSyntax client, FixContext context)
    {
        if (client.FirstAncestorOrSelf<StatementSyntax>() is not { Parent: { } block } end
            || Variables.DeclaratorOf(variable, context)
                is not { Initializer.Value: BaseObjectCreationExpressionSyntax creation, Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax declaration } } declarator
            || declaration.Parent != block)
            return null;

        var statements = new List<StatementSyntax> { declaration };
        foreach (var use in Variables.Uses(context.Semantics.GetDeclaredSymbol(declarator, context.Cancellation)!, context).Where(use => use != variable))
        {
            if (use.FirstAncestorOrSelf<StatementSyntax>() is not ExpressionStatementSyntax setting
                || setting.Parent != block || setting.SpanStart > end.SpanStart || setting.GetFirstToken() != use.Identifier)
                return null;
            statements.Add(setting);
        }

        var handler = new ClientHandler(creation, statements, context);
        var until = TextSpan.FromBounds(declaration.SpanStart, client.SpanStart);
        return handler.Certificate is { } certificate && IsSetWithin(until, RootOf(certificate).Identifier.ValueText, context)
            ? null
            : handler;
    }

    private static bool IsSetWithin(TextSpan span, string variable, FixContext context) =>
        context.Root.DescendantNodes(span).OfType<IdentifierNameSyntax>().Any(name =>
            span.Contains(name.Span) && name.Identifier.ValueText == variable && Variables.IsAssigned(name));

    private static IdentifierNameSyntax RootOf(ExpressionSyntax certificate) =>
        certificate.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().First();

    private bool IsFromOutside(ExpressionSyntax certificate) =>
        !IsDeclaredInside(_context.Semantics.GetSymbolInfo(RootOf(certificate), _context.Cancellation).Symbol!);
}
