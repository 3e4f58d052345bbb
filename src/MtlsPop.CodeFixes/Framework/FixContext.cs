namespace MtlsPop.CodeFixes.Framework;

/// <summary>The place of a finding, and what is known there.</summary>
internal sealed record FixContext(SyntaxNode Root, SemanticModel Semantics, Diagnostic Diagnostic, CancellationToken Cancellation)
{
    /// <summary>The word that was reported.</summary>
    public SyntaxToken Token => Root.FindToken(Diagnostic.Location.SourceSpan.Start);

    public Compilation Compilation => Semantics.Compilation;

    public LanguageVersion Language => ((CSharpParseOptions)Root.SyntaxTree.Options).LanguageVersion;

    /// <summary>The call whose name was reported.</summary>
    public InvocationExpressionSyntax? Call => CallOf(Token);

    /// <summary>The calls whose names were reported along with it, as far as they stand in the same file.</summary>
    public IReadOnlyList<InvocationExpressionSyntax> OtherCalls
    {
        get
        {
            var calls = new List<InvocationExpressionSyntax>();
            foreach (var other in Diagnostic.AdditionalLocations)
            {
                if (other.SourceTree == Root.SyntaxTree && CallOf(Root.FindToken(other.SourceSpan.Start)) is { } call)
                    calls.Add(call);
            }

            return calls;
        }
    }

    /// <summary>Whether what is to be mended stands in another type than the finding.</summary>
    public static bool IsInOtherType(Diagnostic diagnostic) => diagnostic.Properties.ContainsKey(Analyzers.Framework.Finding.InOtherType);

    public static async Task<FixContext> CreateAsync(Document document, Diagnostic diagnostic, CancellationToken cancellation)
    {
        var semantics = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        return new FixContext(root!, semantics!, diagnostic, cancellation);
    }

    /// <summary>Whether a method, an extension method too, can be called on the expression here without a further using.</summary>
    public bool CanCall(ExpressionSyntax receiver, string method) =>
        Semantics.GetTypeInfo(receiver, Cancellation).Type is { } type
        && Semantics.LookupSymbols(receiver.SpanStart, type, method, includeReducedExtensionMethods: true).Length > 0;

    /// <summary>Whether a type can be named here by its name alone.</summary>
    public bool CanName(string type) => Semantics.LookupNamespacesAndTypes(Token.SpanStart, name: type).Length > 0;

    /// <summary>Whether code at the place has the object that the member is of, if it is of one.</summary>
    public bool CanReach(ISymbol member, SyntaxNode place)
    {
        if (member.IsStatic)
            return true;

        for (var around = Semantics.GetEnclosingSymbol(place.SpanStart, Cancellation); around is not null and not INamedTypeSymbol; around = around.ContainingSymbol)
        {
            if (around.IsStatic || around is IFieldSymbol)
                return false;
        }

        return true;
    }

    /// <summary>How to write a type of the namespace System here.</summary>
    public string SystemType(string name)
    {
        var known = Semantics.LookupNamespacesAndTypes(Token.SpanStart, name: name);
        return known.IsEmpty
            ? $"System.{name}"
            : known.All(type => type.ContainingNamespace is { Name: nameof(System), ContainingNamespace.IsGlobalNamespace: true })
            ? name
            : $"global::System.{name}";
    }

    /// <summary>Whether a type of the namespace System has the member in this framework.</summary>
    public bool SystemTypeHas(string type, string member)
    {
        var expression = SyntaxFactory.ParseExpression($"global::System.{type}.{member}");
        var bound = Semantics.GetSpeculativeSymbolInfo(Token.SpanStart, expression, SpeculativeBindingOption.BindAsExpression);
        return bound.Symbol is not null || !bound.CandidateSymbols.IsEmpty;
    }

    public bool References(string assembly)
    {
        foreach (var reference in Compilation.ReferencedAssemblyNames)
        {
            if (reference.Name == assembly)
                return true;
        }

        return false;
    }

    private static InvocationExpressionSyntax? CallOf(SyntaxToken name) => name.Parent switch
    {
        SimpleNameSyntax { Parent: MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access } called
            when access.Name == called => call,
        SimpleNameSyntax { Parent: MemberBindingExpressionSyntax { Parent: InvocationExpressionSyntax call } } => call,
        SimpleNameSyntax { Parent: InvocationExpressionSyntax call } => call,
        _ => null,
    };
}
