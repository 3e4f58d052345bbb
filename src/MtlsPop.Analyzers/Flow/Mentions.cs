using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MtlsPop.Analyzers.Flow;

/// <summary>Where the text of a file mentions MSAL. A search for a handful of words, made once for each file: what most files cost.</summary>
internal sealed class Mentions
{
    private static readonly ConditionalWeakTable<SyntaxTree, Mentions> _known = new();

    private static readonly ImmutableArray<string> _words = ImmutableArray.Create(
        "AcquireTokenFor", "AcquireMtlsPopToken", "BindingCertificate", "ClientApplicationBuilder", "ManagedIdentityApplicationBuilder",
        "ClientSignedAssertion", "WithClientAssertion", "WithMtlsProofOfPossession");

    /// <summary>Words that say nothing alone, but that belong to the subject in a type that mentions MSAL.</summary>
    private static readonly ImmutableArray<string> _companions = ImmutableArray.Create(
        "AccessToken", "AuthenticationResult", "CreateAuthorizationHeader", "ExecuteAsync", "RequireBinding", "TokenType", "HttpClientFactory");

    private readonly string _text;
    private readonly List<int> _positions = [];

    private Mentions(SyntaxTree tree)
    {
        _text = tree.GetText().ToString();
        foreach (var word in _words)
        {
            for (var at = Find(word, 0, _text.Length); at >= 0; at = Find(word, at + word.Length, _text.Length))
                _positions.Add(at);
        }

        if (_positions.Count == 0)
            _text = "";
    }

    public static bool In(SyntaxNode node, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Of(node).Within(node);
    }

    public static bool InOrBeside(SyntaxNode node, CancellationToken cancellation) => In(node, cancellation) || _companions.Any(word => Word(node, word));

    public static bool Word(SyntaxNode node, string word) => Of(node).Find(word, node.SpanStart, node.Span.End) >= 0;

    /// <summary>The identifiers of this name in the node.</summary>
    public static IEnumerable<SyntaxToken> Names(SyntaxNode node, string name)
    {
        var mentions = Of(node);
        for (var at = mentions.Find(name, node.SpanStart, node.Span.End); at >= 0; at = mentions.Find(name, at + name.Length, node.Span.End))
        {
            if (node.FindToken(at) is { Parent: SimpleNameSyntax } token && token.ValueText == name)
                yield return token;
        }
    }

    private static Mentions Of(SyntaxNode node) => _known.GetValue(node.SyntaxTree, tree => new Mentions(tree));

    private bool Within(SyntaxNode node)
    {
        foreach (var position in _positions)
        {
            if (node.Span.Contains(position))
                return true;
        }

        return false;
    }

    private int Find(string word, int from, int to) => _text.Length == 0 ? -1 : _text.IndexOf(word, from, to - from, StringComparison.Ordinal);
}
