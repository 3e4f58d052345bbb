namespace MtlsPop.CodeFixes.Binding;

/// <summary>A lambda that makes a client's handler from its certificate.</summary>
internal sealed class HandlerFactory(ClientHandler handler, FixContext context)
{
    /// <summary>Whether it would be the same in every call of the method, but for the certificate.</summary>
    public bool IsSameInEveryCall() =>
        !handler.Code.SelectMany(code => code.DescendantNodes())
            .Any(node => node is InstanceExpressionSyntax or AwaitExpressionSyntax or SingleVariableDesignationSyntax)
        && handler.Names.All(name => handler.IsCertificate(name) || MeansTheSame(name));

    /// <summary>A name for the parameter that means nothing else there.</summary>
    public string FreeParameter() =>
        FreshName.At(handler.Code[handler.Code.Count - 1].SpanStart, handler.Code, context, "certificate", "binding");

    /// <summary>The lambda, with its parameter in place of the certificate.</summary>
    public string Lambda(string parameter)
    {
        if (handler.Statements.Count <= 1 && handler.Creation is ObjectCreationExpressionSyntax)
            return $"{parameter} => {WithParameter(handler.Creation, parameter)}";

        var indentation = Indentation.Of(handler.Statements[0]);
        var inner = indentation + Indentation.Unit(context.Root);
        var lines = handler.Statements
            .Select(statement => WithParameter(statement, parameter))
            .Append($"return {((LocalDeclarationStatementSyntax)handler.Statements[0]).Declaration.Variables[0].Identifier};")
            .Select(statement => inner + Indentation.Increase(Indentation.Decrease(statement, indentation), inner));
        var text = string.Join("\n", [$"{parameter} =>", indentation + "{", .. lines, indentation + "}"]);
        return text.Replace("\n", LineEnding.Of(context.Root).ToString());
    }

    private bool MeansTheSame(SimpleNameSyntax name) => context.Semantics.GetSymbolInfo(name, context.Cancellation).Symbol switch
    {
        { Kind: SymbolKind.Local or SymbolKind.Parameter } variable => handler.IsDeclaredInside(variable),
        IMethodSymbol { MethodKind: MethodKind.LocalFunction } or ITypeParameterSymbol => false,
        INamespaceOrTypeSymbol
            or IDiscardSymbol
            or IFieldSymbol { IsConst: true }
            or IFieldSymbol { IsStatic: true, IsReadOnly: true } => true,
        IFieldSymbol { IsStatic: true } or IPropertySymbol { IsStatic: true, SetMethod: not null } => false,
        IMethodSymbol { IsStatic: true } method => method.DeclaringSyntaxReferences.IsEmpty || RunsLater(name),
        { IsStatic: true } => true,
        null => name.Parent is NameColonSyntax,
        _ => Expressions.IsMemberOfAnother(name),
    };

    /// <summary>Whether the method is only named here, or called in a lambda: it runs when the handler is used.</summary>
    private bool RunsLater(SyntaxNode name) =>
        Expressions.IsInLambda(name, handler.Code)
        || name.Parent is not (InvocationExpressionSyntax or MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax });

    private string WithParameter(SyntaxNode code, string parameter)
    {
        var start = code is LocalDeclarationStatementSyntax { Declaration: var declaration } ? declaration.SpanStart : code.SpanStart;
        var text = code.ToString().Substring(start - code.SpanStart);
        foreach (var certificate in handler.Certificates.Where(code.Contains).OrderByDescending(certificate => certificate.SpanStart))
            text = text.Remove(certificate.SpanStart - start, certificate.Span.Length).Insert(certificate.SpanStart - start, parameter);
        return text;
    }
}
