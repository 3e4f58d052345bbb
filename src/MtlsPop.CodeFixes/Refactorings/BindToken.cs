using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MtlsPop.Analyzers.Model;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.CodeFixes.Refactorings;

/// <summary>Binds the token of a bearer request, and puts right what was right for a bearer token only. Offered where nothing is left to do by hand.</summary>
[ExportCodeRefactoringProvider(LanguageNames.CSharp)]
public sealed class BindToken : CodeRefactoringProvider
{
    public override async Task ComputeRefactoringsAsync(CodeRefactoringContext context)
    {
        var (document, cancellation) = (context.Document, context.CancellationToken);
        var root = (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false))!;
        if (BeginningAt(root.FindNode(context.Span)) is not { } beginning
            || await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } semantics
            || MsalLibrary.In(semantics.Compilation) is not { } msal
            || !IsBearer(beginning, semantics, msal, cancellation))
            return;

        var isManagedIdentity = beginning.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: Names.AcquireTokenForManagedIdentity };
        if (msal.Version < KnownDefects.Floor || (isManagedIdentity && !msal.AttestationIsReferenced))
            return;

        var bound = Chain.Append(beginning, Names.WithMtlsProofOfPossession);
        if (isManagedIdentity)
            bound = Chain.Append(bound, Names.WithAttestationSupport);
        var changed = root.ReplaceNode(beginning, bound);
        if (isManagedIdentity && semantics.LookupNamespacesAndTypes(beginning.SpanStart, name: "ManagedIdentityAttestationExtensions").Length == 0)
            changed = Usings.Add(changed, [Names.AttestationAssembly]);

        var aftermath = await Aftermath.OfAsync(document, document.WithSyntaxRoot(changed), cancellation).ConfigureAwait(false);
        if (aftermath is null)
            return;

        var title = string.Join("; ", new[] { isManagedIdentity ? "Bind this token (mTLS PoP) and attest its key" : "Bind this token (mTLS PoP)" }.Concat(aftermath.Titles));
        context.RegisterRefactoring(CodeAction.Create(title, _ => Task.FromResult(aftermath.Solution), nameof(BindToken)));
    }

    /// <summary>The call that begins the chain in which the place is.</summary>
    private static InvocationExpressionSyntax? BeginningAt(SyntaxNode place)
    {
        foreach (var node in place.AncestorsAndSelf().TakeWhile(node => node is not StatementSyntax and not MemberDeclarationSyntax))
        {
            for (var link = node as ExpressionSyntax; link is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } call; link = access.Expression)
            {
                if (access.Name.Identifier.ValueText is Names.AcquireTokenForClient or Names.AcquireTokenForManagedIdentity)
                    return call;
            }
        }

        return null;
    }

    private static bool IsBearer(InvocationExpressionSyntax beginning, SemanticModel semantics, MsalLibrary msal, CancellationToken cancellation)
    {
        var unit = beginning.Ancestors().OfType<TypeDeclarationSyntax>().LastOrDefault() ?? beginning.SyntaxTree.GetRoot(cancellation);
        var requests = TypeModel.Of(unit, semantics, msal, cancellation)?.Requests.Where(request => request.Beginning.Syntax == beginning).ToArray();
        return requests is { Length: > 0 } && requests.All(request => request.Bound == Fact.No && request.BearerOverMtls == Fact.No);
    }
}
