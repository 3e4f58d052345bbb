namespace MtlsPop.Mutations;

/// <summary>Code to change, and where in it chance falls. What is chosen is null where there is none of its kind.</summary>
internal sealed class Draft(string code, string other, Random chance)
{
    private readonly CompilationUnitSyntax _root = CSharpSyntaxTree
        .ParseText(code, CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Preview))
        .GetCompilationUnitRoot();

    public string Code => code;

    public string Other => other;

    public bool HasStatements => _root.Members.OfType<GlobalStatementSyntax>().Any();

    public int Number { get; } = chance.Next(1_000);

    public SyntaxToken? Token() => Any([.. _root.DescendantTokens().Where(token => token.Span.Length > 0)]) is { RawKind: not 0 } token ? token : null;

    public SyntaxToken? Identifier() =>
        Any([.. _root.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken) && token.Span.Length > 0)])
            is { RawKind: not 0 } token ? token : null;

    public StatementSyntax? Statement() => Node<StatementSyntax>(statement => statement is not BlockSyntax);

    public ExpressionSyntax? Expression() =>
        Node<ExpressionSyntax>(expression =>
            expression.Parent is not (NameSyntax or UsingDirectiveSyntax or BaseTypeSyntax or TypeArgumentListSyntax));

    public T? Node<T>(Func<T, bool>? suits = null)
        where T : SyntaxNode => Any([.. _root.DescendantNodes().OfType<T>().Where(node => node.Span.Length > 0 && suits?.Invoke(node) != false)]);

    public T? Any<T>(T[] choices) => choices.Length == 0 ? default : choices[chance.Next(choices.Length)];

    public int Up(int limit) => chance.Next(limit);

    public string Replace(TextSpan span, string text) => string.Concat(code.AsSpan(0, span.Start), text, code.AsSpan(span.End));

    public string Insert(int position, string text) => code.Insert(position, text);

    public string Swap(TextSpan one, TextSpan two)
    {
        var (first, second) = one.Start < two.Start ? (one, two) : (two, one);
        return first.OverlapsWith(second)
            ? code
            : string.Concat(
                code[..first.Start], code[second.Start..second.End], code[first.End..second.Start], code[first.Start..first.End] + code[second.End..]);
    }
}
