using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MtlsPop.CodeFixes;

/// <summary>The place of a finding, and what is known there.</summary>
internal sealed record FixSite(SyntaxNode Root, SemanticModel Semantics, Diagnostic Diagnostic, CancellationToken Cancellation)
{
    /// <summary>The word that was reported.</summary>
    public SyntaxToken Token => Root.FindToken(Diagnostic.Location.SourceSpan.Start);

    public Compilation Compilation => Semantics.Compilation;

    /// <summary>The call whose name was reported.</summary>
    public InvocationExpressionSyntax? Call => Token.Parent switch
    {
        SimpleNameSyntax { Parent: MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access } name when access.Name == name => call,
        SimpleNameSyntax { Parent: MemberBindingExpressionSyntax { Parent: InvocationExpressionSyntax call } } => call,
        SimpleNameSyntax { Parent: InvocationExpressionSyntax call } => call,
        _ => null,
    };

    public static async Task<FixSite> FindAsync(Document document, Diagnostic diagnostic, CancellationToken cancellation)
    {
        var semantics = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        return new FixSite(root!, semantics!, diagnostic, cancellation);
    }

    /// <summary>Whether a method, an extension method too, can be called on the expression here without a further using.</summary>
    public bool CanCall(ExpressionSyntax receiver, string method) =>
        Semantics.GetTypeInfo(receiver, Cancellation).Type is { } type
        && Semantics.LookupSymbols(receiver.SpanStart, type, method, includeReducedExtensionMethods: true).Length > 0;

    /// <summary>Whether a type can be named here without a further using.</summary>
    public bool CanName(string type) => Semantics.LookupNamespacesAndTypes(Token.SpanStart, name: type).Length > 0;

    public bool References(string assembly)
    {
        foreach (var reference in Compilation.ReferencedAssemblyNames)
        {
            if (reference.Name == assembly)
                return true;
        }

        return false;
    }
}
