using MtlsPop.Analyzers.Msal;
using MtlsPop.Analyzers.Syntax;

namespace MtlsPop.CodeFixes.Runtime;

/// <summary>MtlsPop.Runtime's one call for a request of MSAL.</summary>
internal static class RuntimeRequest
{
    /// <summary>
    /// The execution of the request, where nothing is asked of it but to be bound, so that the one call does all of it; a comment among the
    /// steps would have no place there.
    /// </summary>
    public static InvocationExpressionSyntax? ExecutionOf(InvocationExpressionSyntax beginning)
    {
        var call = After(beginning);
        if (call is { ArgumentList.Arguments.Count: 0 } && InvocationName.OfMember(call) == MsalNames.WithMtlsProofOfPossession)
            call = After(call);
        return call is not null
            && InvocationName.OfMember(call) == MsalNames.ExecuteAsync
            && HoldsNoComment(TextSpan.FromBounds(beginning.Span.End, call.Span.End), call)
                ? call
                : null;
    }

    /// <summary>The call in place of the request that <see cref="ExecutionOf"/> gave the execution of.</summary>
    public static InvocationExpressionSyntax InPlaceOf(InvocationExpressionSyntax execution)
    {
        var beginning = FluentChain.Back(execution).First(call => InvocationName.OfMember(call) is not (MsalNames.ExecuteAsync or MsalNames.WithMtlsProofOfPossession));
        var access = (MemberAccessExpressionSyntax)beginning.Expression;
        var arguments = execution.ArgumentList.Arguments.Aggregate(beginning.ArgumentList, (list, argument) =>
            ArgumentLists.Append(list, argument.WithoutTrivia()));
        return beginning
            .WithExpression(access.WithName(SyntaxFactory.IdentifierName(MsalNames.AcquireMtlsPopTokenAsync).WithTriviaFrom(access.Name)))
            .WithArgumentList(arguments)
            .WithTrailingTrivia(execution.GetTrailingTrivia());
    }

    private static InvocationExpressionSyntax? After(InvocationExpressionSyntax call) =>
        call.Expression is MemberAccessExpressionSyntax ? FluentChain.On(call).FirstOrDefault() : null;

    /// <summary>Nor a directive.</summary>
    private static bool HoldsNoComment(TextSpan span, SyntaxNode node) => node.DescendantTrivia().All(trivia =>
        !span.Contains(trivia.Span) || trivia.IsKind(SyntaxKind.WhitespaceTrivia) || trivia.IsKind(SyntaxKind.EndOfLineTrivia));
}
