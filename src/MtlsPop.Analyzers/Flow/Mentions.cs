using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace MtlsPop.Analyzers.Flow;

/// <summary>Where the text of a file mentions MSAL, or any other word. Each word is searched for once in each file; a search for a handful of them is what most files cost.</summary>
internal sealed class Mentions
{
    private static readonly ConditionalWeakTable<SyntaxTree, Mentions> _known = new();

    private static readonly ImmutableArray<string> _words = ImmutableArray.Create(
        "AcquireTokenFor", "AcquireMtlsPopToken", "BindingCertificate", "ClientApplicationBuilder", "ManagedIdentityApplicationBuilder",
        "ClientSignedAssertion", "RequireBinding", "WithClientAssertion", "WithMtlsProofOfPossession", "mtls_pop");

    /// <summary>Words that say nothing alone, but that belong to the subject in a type that mentions MSAL.</summary>
    private static readonly ImmutableArray<string> _companions = ImmutableArray.Create(
        "AccessToken", "AuthenticationResult", "CreateAuthorizationHeader", "ExecuteAsync", "TokenType", "HttpClientFactory");

    private readonly SyntaxTree _tree;
    private readonly ConcurrentDictionary<string, int[]> _places = new(StringComparer.Ordinal);
    private readonly bool _mentionsMsal;

    private Mentions(SyntaxTree tree)
    {
        _tree = tree;
        _mentionsMsal = _words.Any(word => PlacesOf(word).Length > 0);
    }

    public static bool In(SyntaxNode node, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var mentions = Of(node);
        return mentions._mentionsMsal && mentions.HasAny(_words, node.Span);
    }

    public static bool InOrBeside(SyntaxNode node, CancellationToken cancellation) => In(node, cancellation) || Of(node).HasAny(_companions, node.Span);

    public static bool Word(SyntaxNode node, string word) => Of(node).Has(word, node.Span);

    /// <summary>The identifiers of this name in the node.</summary>
    public static IEnumerable<SyntaxToken> Names(SyntaxNode node, string name)
    {
        var places = Of(node).PlacesOf(name);
        for (var i = FirstFrom(node.SpanStart, places); i < places.Length && places[i] + name.Length <= node.Span.End; i++)
        {
            if (node.FindToken(places[i]) is { Parent: SimpleNameSyntax } token && token.ValueText == name)
                yield return token;
        }
    }

    private static Mentions Of(SyntaxNode node) => _known.GetValue(node.SyntaxTree, tree => new Mentions(tree));

    private bool HasAny(ImmutableArray<string> words, TextSpan span)
    {
        foreach (var word in words)
        {
            if (Has(word, span))
                return true;
        }

        return false;
    }

    private bool Has(string word, TextSpan span)
    {
        var places = PlacesOf(word);
        var first = FirstFrom(span.Start, places);
        return first < places.Length && places[first] + word.Length <= span.End;
    }

    private int[] PlacesOf(string word) => _places.TryGetValue(word, out var places) ? places : _places[word] = Search(word);

    private int[] Search(string word)
    {
        // The name of what is not written yet.
        if (word.Length == 0)
            return [];

        var text = _tree.GetText().ToString();
        List<int>? places = null;
        for (var at = text.IndexOf(word, StringComparison.Ordinal); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.Ordinal))
            (places ??= []).Add(at);
        return places?.ToArray() ?? [];
    }

    private static int FirstFrom(int start, int[] places)
    {
        var found = Array.BinarySearch(places, start);
        return found < 0 ? ~found : found;
    }
}
