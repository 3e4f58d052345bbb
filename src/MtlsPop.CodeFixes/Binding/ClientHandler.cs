using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using MtlsPop.Analyzers.Model;

namespace MtlsPop.CodeFixes.Binding;

/// <summary>The handler that a client is made with: made in its place, or in a variable that is there for nothing else.</summary>
internal sealed class ClientHandler
{
    private readonly FixSite _site;
    private readonly BaseObjectCreationExpressionSyntax _creation;
    private readonly IReadOnlyList<StatementSyntax> _statements;
    private readonly List<ExpressionSyntax> _certificates;

    private ClientHandler(BaseObjectCreationExpressionSyntax creation, IReadOnlyList<StatementSyntax> statements, FixSite site)
    {
        _site = site;
        _creation = creation;
        _statements = statements;
        _certificates = Names(Code).Select(name => ResultCertificate.At(name, site)).OfType<ExpressionSyntax>().Where(IsFromOutside).ToList();
    }

    /// <summary>The certificate that it is given, as it is written; null where it is given none.</summary>
    public ExpressionSyntax? Certificate => _certificates.Count > 0 ? _certificates[0] : null;

    /// <summary>The declaration of its variable, and the statements that set it; none where it is made in place.</summary>
    public IReadOnlyList<StatementSyntax> Statements => _statements;

    /// <summary>The creation, or the statements with all that is done to it.</summary>
    private IReadOnlyList<SyntaxNode> Code => _statements.Count > 0 ? _statements : [_creation];

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
            && site.Semantics.GetTypeInfo(handler._creation, site.Cancellation).Type is var type
            && (HttpObject.Is(type, HttpObject.ClientHandler) || HttpObject.Is(type, HttpObject.SocketsHandler))
            && handler._certificates.All(certificate => certificate.IsEquivalentTo(handler.Certificate!, topLevel: false))
            && !handler.Code.Any(code => code.ContainsDirectives)
                ? handler
                : null;
    }

    /// <summary>Whether it would be the same in every call of the method, but for the certificate.</summary>
    public bool IsSameInEveryCall() =>
        !Code.SelectMany(code => code.DescendantNodes()).Any(node => node is InstanceExpressionSyntax or AwaitExpressionSyntax or SingleVariableDesignationSyntax)
        && Names(Code).All(name => IsCertificate(name) || MeansTheSame(name));

    /// <summary>Whether nothing is set but the certificate, and what the runtime's own handlers have set anyway. No comment says otherwise.</summary>
    public bool SetsOnlyCertificate() =>
        _creation.ArgumentList is not { Arguments.Count: > 0 }
        && Settings().All(setting => IsSetAnyway(setting.Name, setting.Value))
        && !Code.Any(HasComment);

    /// <summary>A name for the parameter of a lambda that makes it.</summary>
    public string FreeParameter() => FreshName.At(Code[Code.Count - 1].SpanStart, Code, _site, "certificate", "binding");

    /// <summary>A lambda that makes it from its parameter.</summary>
    public string Factory(string parameter)
    {
        if (_statements.Count <= 1 && _creation is ObjectCreationExpressionSyntax)
            return $"{parameter} => {WithParameter(_creation, parameter)}";

        var indentation = Indent.Of(_statements[0]);
        var inner = indentation + Indent.Step(_site.Root);
        var lines = _statements
            .Select(statement => WithParameter(statement, parameter))
            .Append($"return {((LocalDeclarationStatementSyntax)_statements[0]).Declaration.Variables[0].Identifier};")
            .Select(statement => inner + Indent.More(Indent.Less(statement, indentation), inner));
        var text = string.Join("\n", [$"{parameter} =>", indentation + "{", .. lines, indentation + "}"]);
        return text.Replace("\n", Usings.EndOfLine(_site.Root).ToString());
    }

    /// <summary>The statements that nothing needs once it is gone: its own, and the variable with the certificate where that is used for nothing else.</summary>
    public IReadOnlyList<StatementSyntax> Unneeded() =>
        Certificate is not null
        && Variables.DeclaratorOf(RootOf(Certificate), _site) is { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax declaration } } declarator
        && _site.Semantics.GetDeclaredSymbol(declarator, _site.Cancellation) is ILocalSymbol { Type.Name: "X509Certificate2" } variable
        && declaration.Parent == _creation.FirstAncestorOrSelf<StatementSyntax>()?.Parent
        && Variables.Uses(variable, _site).All(IsCertificate)
        && !HasComment(declaration)
            ? [declaration, .. _statements]
            : _statements;

    private static bool HasComment(SyntaxNode code) => code.WithoutTrivia().DescendantTrivia().Any(CodeFixes.Statements.IsComment);

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

    private static IEnumerable<SimpleNameSyntax> Names(IEnumerable<SyntaxNode> code) => code.SelectMany(part => part.DescendantNodes()).OfType<SimpleNameSyntax>();

    private bool IsCertificate(SyntaxNode node) => _certificates.Any(certificate => certificate.Contains(node));

    private bool IsFromOutside(ExpressionSyntax certificate) => !IsDeclaredInside(_site.Semantics.GetSymbolInfo(RootOf(certificate), _site.Cancellation).Symbol!);

    private bool IsDeclaredInside(ISymbol symbol) => symbol.DeclaringSyntaxReferences.All(declaration => declaration.SyntaxTree == _site.Root.SyntaxTree && Code.Any(code => code.Span.Contains(declaration.Span)));

    private bool MeansTheSame(SimpleNameSyntax name) => _site.Semantics.GetSymbolInfo(name, _site.Cancellation).Symbol switch
    {
        { Kind: SymbolKind.Local or SymbolKind.Parameter } variable => IsDeclaredInside(variable),
        IMethodSymbol { MethodKind: MethodKind.LocalFunction } or ITypeParameterSymbol => false,
        INamespaceOrTypeSymbol or IDiscardSymbol or IFieldSymbol { IsConst: true } or IFieldSymbol { IsStatic: true, IsReadOnly: true } => true,
        IFieldSymbol { IsStatic: true } or IPropertySymbol { IsStatic: true, SetMethod: not null } => false,
        IMethodSymbol { IsStatic: true } method => method.DeclaringSyntaxReferences.IsEmpty || RunsLater(name),
        { IsStatic: true } => true,
        null => name.Parent is NameColonSyntax,
        _ => IsMemberOfAnother(name),
    };

    private bool RunsLater(SyntaxNode name) => name.Ancestors().TakeWhile(ancestor => !Code.Contains(ancestor)).Any(ancestor => ancestor is AnonymousFunctionExpressionSyntax)
        || name.Parent is not (InvocationExpressionSyntax or MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax });

    private static bool IsMemberOfAnother(SimpleNameSyntax name) =>
        name.Parent is MemberAccessExpressionSyntax { Name: var member } && member == name
        || name.Parent is MemberBindingExpressionSyntax
        || name.Parent is AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax, Left: var set } && set == name;

    private string WithParameter(SyntaxNode code, string parameter)
    {
        var start = code is LocalDeclarationStatementSyntax { Declaration: var declaration } ? declaration.SpanStart : code.SpanStart;
        var text = code.ToString().Substring(start - code.SpanStart);
        foreach (var certificate in _certificates.Where(code.Contains).OrderByDescending(certificate => certificate.SpanStart))
            text = text.Remove(certificate.SpanStart - start, certificate.Span.Length).Insert(certificate.SpanStart - start, parameter);
        return text;
    }

    /// <summary>What is set, by the last name, and what to.</summary>
    private IEnumerable<(string? Name, ExpressionSyntax? Value)> Settings()
    {
        IEnumerable<ExpressionSyntax> initial = _creation.Initializer is { } initializer ? initializer.Expressions : [];
        return initial.Concat(_statements.OfType<ExpressionStatementSyntax>().Select(statement => statement.Expression)).Select(setting => setting switch
        {
            AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: var set, Right: var value } => (set.GetLastToken().ValueText, value),
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Add", Expression: var set }, ArgumentList.Arguments: [{ Expression: var value }] } => (set.GetLastToken().ValueText, value),
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
            BaseObjectCreationExpressionSyntax { ArgumentList: not { Arguments.Count: > 0 }, Initializer: var initializer } => initializer is null || IsSetAnyway(name, initializer),
            InitializerExpressionSyntax { Expressions: var options } => options.All(option => option is AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "ClientCertificates" }, Right: var certificates } && HoldsOnlyCertificate(certificates)),
            _ => false,
        },
        _ => false,
    };

    /// <summary>The certificate, or a collection of nothing else.</summary>
    private bool HoldsOnlyCertificate(SyntaxNode value) => value switch
    {
        ExpressionSyntax expression when _certificates.Contains(expression) => true,
        InitializerExpressionSyntax { Expressions: var elements } => elements.All(HoldsOnlyCertificate),
        BaseObjectCreationExpressionSyntax collection => IsCollection(collection)
            && (collection.ArgumentList is not { Arguments: var given } || given.All(argument => HoldsOnlyCertificate(argument.Expression)))
            && (collection.Initializer is null || HoldsOnlyCertificate(collection.Initializer)),
        _ when value.GetFirstToken().IsKind(SyntaxKind.OpenBracketToken) => value.ChildNodes().All(element => element.ChildNodes().ToList() is [var only] && only.Span == element.Span && HoldsOnlyCertificate(only)),
        _ => false,
    };

    private bool IsCollection(ExpressionSyntax creation) => _site.Semantics.GetTypeInfo(creation, _site.Cancellation).Type?.Name is "X509CertificateCollection" or "X509Certificate2Collection";
}
