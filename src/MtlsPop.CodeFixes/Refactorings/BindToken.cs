using MtlsPop.Analyzers.Model;
using MtlsPop.Analyzers.Msal;
using MtlsPop.Analyzers.Syntax;
using MtlsPop.CodeFixes.Runtime;

namespace MtlsPop.CodeFixes.Refactorings;

/// <summary>
/// Binds the token of a bearer request, and puts right what was right for a bearer token only. Offered where nothing is left to do by hand.
/// </summary>
[ExportCodeRefactoringProvider(LanguageNames.CSharp)]
public sealed class BindToken : CodeRefactoringProvider
{
    private const string Title = "Bind this token (mTLS PoP)";

    public override async Task ComputeRefactoringsAsync(CodeRefactoringContext context)
    {
        var (document, cancellation) = (context.Document, context.CancellationToken);
        var root = (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false))!;
        if (BeginningAt(root.FindNode(context.Span)) is not { } beginning
            || await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } semantics
            || MsalLibrary.In(semantics.Compilation) is not { } msal
            || !IsBearer(beginning, semantics, msal, cancellation))
            return;

        var isManagedIdentity = InvocationName.OfMember(beginning) == MsalNames.AcquireTokenForManagedIdentity;
        if (msal.Version < KnownDefects.Floor || (isManagedIdentity && !msal.AttestationIsReferenced))
            return;

        var (changed, done) = msal.RuntimeIsReferenced && RuntimeRequest.ExecutionOf(beginning) is { } execution
            ? (UsingDirectives.Add(root.ReplaceNode(execution, RuntimeRequest.InPlaceOf(execution)), [MsalNames.RuntimeNamespace]), $"{Title} by '{MsalNames.AcquireMtlsPopTokenAsync}'")
            : isManagedIdentity
                ? (Attested(root, beginning, semantics), $"{Title} and attest its key")
                : (root.ReplaceNode(beginning, ChainEditor.Append(beginning, MsalNames.WithMtlsProofOfPossession)), Title);

        if (await FollowUpFixes.ApplyAsync(document, document.WithSyntaxRoot(changed), cancellation).ConfigureAwait(false) is { } aftermath)
        {
            var title = string.Join("; ", aftermath.Titles.Prepend(done));
            context.RegisterRefactoring(CodeAction.Create(title, _ => Task.FromResult(aftermath.Solution), nameof(BindToken)));
        }
    }

    /// <summary>The call that begins the chain in which the place is.</summary>
    private static InvocationExpressionSyntax? BeginningAt(SyntaxNode place)
    {
        foreach (var node in place.AncestorsAndSelf().TakeWhile(node => node is not StatementSyntax and not MemberDeclarationSyntax))
        {
            foreach (var call in FluentChain.Back(node as ExpressionSyntax))
            {
                if (InvocationName.OfMember(call) is MsalNames.AcquireTokenForClient or MsalNames.AcquireTokenForManagedIdentity)
                    return call;
            }
        }

        return null;
    }

    private static bool IsBearer(
        InvocationExpressionSyntax beginning, SemanticModel semantics, MsalLibrary msal, CancellationToken cancellation)
    {
        var unit = beginning.Ancestors().OfType<TypeDeclarationSyntax>().LastOrDefault() ?? beginning.SyntaxTree.GetRoot(cancellation);
        var requests = TypeModel.Of(unit, semantics, msal, cancellation)?.Requests.Where(request => request.Beginning.Syntax == beginning)
            .ToArray();
        return requests is { Length: > 0 } && requests.All(request => request.Bound == ThreeState.No && request.BearerOverMtls == ThreeState.No);
    }

    private static SyntaxNode Attested(SyntaxNode root, InvocationExpressionSyntax beginning, SemanticModel semantics)
    {
        var bound = ChainEditor.Append(ChainEditor.Append(beginning, MsalNames.WithMtlsProofOfPossession), MsalNames.WithAttestationSupport);
        var isImported = semantics.LookupNamespacesAndTypes(beginning.SpanStart, name: "ManagedIdentityAttestationExtensions").Length > 0;
        return UsingDirectives.Add(root.ReplaceNode(beginning, bound), isImported ? [] : [MsalNames.AttestationAssembly]);
    }
}
