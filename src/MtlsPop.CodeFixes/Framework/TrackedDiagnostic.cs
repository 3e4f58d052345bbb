namespace MtlsPop.CodeFixes.Framework;

/// <summary>A diagnostic whose locations are tracked by annotations while its file is edited.</summary>
internal sealed class TrackedDiagnostic(Diagnostic diagnostic, SyntaxNode root)
{
    private readonly SyntaxAnnotation _annotation = new();
    private readonly SyntaxToken _token = root.FindToken(diagnostic.Location.SourceSpan.Start);
    private readonly List<(SyntaxNode Node, SyntaxAnnotation Annotation)> _additional = diagnostic.AdditionalLocations
        .Select(location => (root.FindNode(location.SourceSpan, getInnermostNodeForTie: true), new SyntaxAnnotation()))
        .ToList();

    /// <summary>The root with the annotations of all the diagnostics.</summary>
    public static SyntaxNode Track(SyntaxNode root, IReadOnlyList<TrackedDiagnostic> all)
    {
        var nodes = all.SelectMany(tracked => tracked._additional).ToLookup(found => found.Node, found => found.Annotation);
        var tokens = all.ToLookup(tracked => tracked._token, tracked => tracked._annotation);
        return root.ReplaceSyntax(
            nodes.Select(node => node.Key), (original, current) => current.WithAdditionalAnnotations(nodes[original]),
            tokens.Select(token => token.Key), (original, current) => current.WithAdditionalAnnotations(tokens[original]),
            [], (_, current) => current);
    }

    /// <summary>The diagnostic at its place in the edited file; null where the place is gone.</summary>
    public Diagnostic? FindIn(SyntaxNode root)
    {
        var token = root.GetAnnotatedTokens(_annotation).FirstOrDefault();
        if (token.RawKind == 0)
            return null;

        var additional = _additional
            .Select(found => root.GetAnnotatedNodes(found.Annotation).FirstOrDefault())
            .Where(node => node is not null)
            .Select(node => node!.GetLocation());
        return Diagnostic.Create(diagnostic.Descriptor, token.GetLocation(), additional, diagnostic.Properties);
    }
}
