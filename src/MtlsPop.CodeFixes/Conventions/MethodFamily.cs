namespace MtlsPop.CodeFixes.Conventions;

/// <summary>
/// A method with what it overrides and implements, with what overrides and implements it, and with every call of any of them in the
/// solution.
/// </summary>
internal sealed class MethodFamily
{
    private readonly List<(Document Document, MethodDeclarationSyntax Syntax, IMethodSymbol Symbol)> _members = [];
    private readonly List<(Document Document, InvocationExpressionSyntax Syntax)> _calls = [];

    private MethodFamily()
    {
    }

    public IReadOnlyList<(Document Document, MethodDeclarationSyntax Syntax, IMethodSymbol Symbol)> Members => _members;

    public IReadOnlyList<(Document Document, InvocationExpressionSyntax Syntax)> Calls => _calls;

    /// <summary>
    /// Null where a further optional parameter would break code: a member stands outside of the solution's C#, or a use is no plain call.
    /// </summary>
    public static async Task<MethodFamily?> OfAsync(IMethodSymbol method, Solution solution, CancellationToken cancellation)
    {
        var family = new MethodFamily();
        var waiting = new Queue<IMethodSymbol>([method]);
        while (waiting.Count > 0)
        {
            var member = waiting.Dequeue().OriginalDefinition;
            if (member.DeclaringSyntaxReferences is not [var reference]
                || solution.GetDocument(reference.SyntaxTree) is not { } document
                || await reference.GetSyntaxAsync(cancellation).ConfigureAwait(false) is not MethodDeclarationSyntax syntax)
                return null;

            if (family._members.Exists(known => known.Syntax == syntax))
                continue;

            family._members.Add((document, syntax, member));
            var related = new List<ISymbol>();
            if (member.OverriddenMethod is { } overridden)
                related.Add(overridden);
            related.AddRange(
                await SymbolFinder.FindOverridesAsync(member, solution, cancellationToken: cancellation).ConfigureAwait(false));
            related.AddRange(
                await SymbolFinder.FindImplementationsAsync(member, solution, cancellationToken: cancellation).ConfigureAwait(false));
            related.AddRange(
                await SymbolFinder.FindImplementedInterfaceMembersAsync(member, solution, cancellationToken: cancellation)
                    .ConfigureAwait(false));
            foreach (var symbol in related.OfType<IMethodSymbol>())
                waiting.Enqueue(symbol);
        }

        foreach (var member in family.Members)
        {
            foreach (var found in await SymbolFinder.FindReferencesAsync(member.Symbol, solution, cancellation).ConfigureAwait(false))
            {
                foreach (var location in found.Locations)
                {
                    if (!await family.AddCallAsync(location, cancellation).ConfigureAwait(false))
                        return null;
                }
            }
        }

        return family;
    }

    /// <summary>False where the reference is not one that a further optional parameter leaves alone.</summary>
    private async Task<bool> AddCallAsync(ReferenceLocation reference, CancellationToken cancellation)
    {
        if (reference.Document.Project.Language != LanguageNames.CSharp
            || await reference.Document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not { } root
            || root.FindNode(reference.Location.SourceSpan, findInsideTrivia: true, getInnermostNodeForTie: true) is not { } node)
            return false;

        if (node.FirstAncestorOrSelf<CrefSyntax>() is { } cref)
            return !cref.DescendantNodes().OfType<CrefParameterListSyntax>().Any();

        SyntaxNode name = node.Parent switch
        {
            MemberAccessExpressionSyntax access when access.Name == node => access,
            MemberBindingExpressionSyntax binding => binding,
            _ => node,
        };
        if (name.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } } })
            return true;

        var semantics = await reference.Document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        if (reference.CandidateReason != CandidateReason.None
            || name.Parent is not InvocationExpressionSyntax call
            || call.Expression != name
            || IsInExpressionTree(call, semantics!, cancellation))
            return false;

        if (!_calls.Exists(known => known.Syntax == call))
            _calls.Add((reference.Document, call));
        return true;
    }

    /// <summary>An expression tree may not leave out an optional argument.</summary>
    private static bool IsInExpressionTree(InvocationExpressionSyntax call, SemanticModel semantics, CancellationToken cancellation) =>
        call.Ancestors().Any(ancestor =>
            ancestor is QueryExpressionSyntax
            || (ancestor is AnonymousFunctionExpressionSyntax lambda && semantics.GetTypeInfo(lambda, cancellation).ConvertedType is { Name: "Expression", ContainingNamespace.Name: "Expressions" }));
}
