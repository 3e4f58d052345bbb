using MtlsPop.Analyzers.Model;

namespace MtlsPop.CodeFixes.Binding;

/// <summary>The handler that a client is made with: made in its place, or in a variable that is there for nothing else.</summary>
internal sealed class ClientHandler
{
    private readonly FixSite _site;

    private ClientHandler(BaseObjectCreationExpressionSyntax creation, IReadOnlyList<StatementSyntax> statements, FixSite site)
    {
        _site = site;
        Creation = creation;
        Statements = statements;
        Certificates = Names.Select(name => ResultCertificate.At(name, site)).OfType<ExpressionSyntax>().Where(IsFromOutside).ToList();
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

    /// <summary>Null where it is another kind of handler, where its variable is used for more, or where it is given more than one certificate.</summary>
    public static ClientHandler? Of(BaseObjectCreationExpressionSyntax client, FixSite site)
    {
        var handler = ArgumentOf(client)?.Expression switch
        {
            BaseObjectCreationExpressionSyntax creation => new ClientHandler(creation, [], site),
            IdentifierNameSyntax variable => InVariable(variable, client, site),
            _ => null,
        };
        return handler is not null
            && site.Semantics.GetTypeInfo(handler.Creation, site.Cancellation).Type is var type
            && (HttpObject.Is(type, HttpObject.ClientHandler) || HttpObject.Is(type, HttpObject.SocketsHandler))
            && handler.Certificates.All(certificate => certificate.IsEquivalentTo(handler.Certificate!, topLevel: false))
            && !handler.Code.Any(code => code.ContainsDirectives)
                ? handler
                : null;
    }

    /// <summary>The statements that nothing needs once it is gone: its own, and the variable with the certificate where that is used for nothing else.</summary>
    public IReadOnlyList<StatementSyntax> Unneeded() =>
        Certificate is not null
        && Variables.DeclaratorOf(RootOf(Certificate), _site) is { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax declaration } } declarator
        && _site.Semantics.GetDeclaredSymbol(declarator, _site.Cancellation) is ILocalSymbol { Type.Name: "X509Certificate2" } variable
        && declaration.Parent == Creation.FirstAncestorOrSelf<StatementSyntax>()?.Parent
        && Variables.Uses(variable, _site).All(IsCertificate)
        && !Layout.Statements.HoldComment([declaration])
            ? [declaration, .. Statements]
            : Statements;

    public bool IsCertificate(SyntaxNode node) => Certificates.Any(certificate => certificate.Contains(node));

    public bool IsDeclaredInside(ISymbol symbol) => symbol.DeclaringSyntaxReferences.All(declaration => declaration.SyntaxTree == _site.Root.SyntaxTree && Code.Any(code => code.Span.Contains(declaration.Span)));

    private static ClientHandler? InVariable(IdentifierNameSyntax variable, BaseObjectCreationExpressionSyntax client, FixSite site)
    {
        if (client.FirstAncestorOrSelf<StatementSyntax>() is not { Parent: { } block } end
            || Variables.DeclaratorOf(variable, site) is not { Initializer.Value: BaseObjectCreationExpressionSyntax creation, Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax declaration } } declarator
            || declaration.Parent != block)
            return null;

        var statements = new List<StatementSyntax> { declaration };
        foreach (var use in Variables.Uses(site.Semantics.GetDeclaredSymbol(declarator, site.Cancellation)!, site).Where(use => use != variable))
        {
            if (use.FirstAncestorOrSelf<StatementSyntax>() is not ExpressionStatementSyntax setting
                || setting.Parent != block || setting.SpanStart > end.SpanStart || setting.GetFirstToken() != use.Identifier)
                return null;
            statements.Add(setting);
        }

        var handler = new ClientHandler(creation, statements, site);
        var until = TextSpan.FromBounds(declaration.SpanStart, client.SpanStart);
        return handler.Certificate is { } certificate && IsSetWithin(until, RootOf(certificate).Identifier.ValueText, site) ? null : handler;
    }

    private static bool IsSetWithin(TextSpan span, string variable, FixSite site) => site.Root.DescendantNodes(span).OfType<IdentifierNameSyntax>().Any(name =>
        span.Contains(name.Span) && name.Identifier.ValueText == variable && Variables.IsSet(name));

    private static IdentifierNameSyntax RootOf(ExpressionSyntax certificate) => certificate.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().First();

    private bool IsFromOutside(ExpressionSyntax certificate) => !IsDeclaredInside(_site.Semantics.GetSymbolInfo(RootOf(certificate), _site.Cancellation).Symbol!);
}
