namespace MtlsPop.CodeFixes.Framework;

/// <summary>A finding in a file that is being edited around it.</summary>
internal sealed class MovingDiagnostic(Diagnostic diagnostic, SyntaxNode root)
{
    private readonly SyntaxAnnotation _mark = new();
    private readonly SyntaxToken _place = root.FindToken(diagnostic.Location.SourceSpan.Start);
    private readonly List<(SyntaxNode Node, SyntaxAnnotation Mark)> _further = diagnostic.AdditionalLocations
        .Select(location => (root.FindNode(location.SourceSpan, getInnermostNodeForTie: true), new SyntaxAnnotation()))
        .ToList();

    public static SyntaxNode Mark(SyntaxNode root, IReadOnlyList<MovingDiagnostic> all)
    {
        var nodes = all.SelectMany(moving => moving._further).ToLookup(further => further.Node, further => further.Mark);
        var tokens = all.ToLookup(moving => moving._place, moving => moving._mark);
        return root.ReplaceSyntax(
            nodes.Select(node => node.Key), (original, current) => current.WithAdditionalAnnotations(nodes[original]),
            tokens.Select(token => token.Key), (original, current) => current.WithAdditionalAnnotations(tokens[original]),
            [], (_, current) => current);
    }

    /// <summary>The finding where it is now; null where it is gone.</summary>
    public Diagnostic? In(SyntaxNode root)
    {
        var place = root.GetAnnotatedTokens(_mark).FirstOrDefault();
        if (place.RawKind == 0)
            return null;

        var further = _further.Select(marked => root.GetAnnotatedNodes(marked.Mark).FirstOrDefault()).Where(node => node is not null);
        return Diagnostic.Create(diagnostic.Descriptor, place.GetLocation(), further.Select(node => node!.GetLocation()), diagnostic.Properties);
    }
}
