using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MtlsPop.Analyzers.Flow.Engine;
using MtlsPop.Analyzers.Framework;
using MtlsPop.Analyzers.Model;
using MtlsPop.Analyzers.Msal;
using MtlsPop.Analyzers.Syntax;

namespace MtlsPop.Analyzers.Requests;

/// <summary>
/// The user's cache is asked for a token that only the application's own cache can have.
/// <para>Reports: AcquireTokenSilent for the same application and scopes that AcquireTokenForClient follows with.</para>
/// <para>Leaves alone: silent requests for a user.</para>
/// </summary>
internal sealed class SilentBeforeClient() : Rule<SilentAttempt>(Rules.SilentBeforeClient)
{
    protected override IEnumerable<SilentAttempt> Find(TypeModel type, CancellationToken cancellation) => SilentAttempt.In(type.Flow);

    protected override void Judge(SilentAttempt attempt, Report report) => report.At(attempt.Step.Token);
}

/// <summary>A look into the user's token cache, on the way to a token of the application itself: of the same application, for the same scopes.</summary>
internal sealed class SilentAttempt(Step step)
{
    public Step Step => step;

    public static IEnumerable<SilentAttempt> In(TypeAnalysis flow)
    {
        var attempts = flow.CallsOf(MsalNames.AcquireTokenSilent).ToList();
        if (attempts.Count == 0)
            yield break;

        foreach (var request in flow.CallsOf(MsalNames.AcquireTokenForClient))
        {
            foreach (var attempt in attempts)
            {
                if (IsSame(attempt.Receiver, request.Receiver)
                    && IsSame(Scopes(attempt), Scopes(request))
                    && BodySyntax.MemberOf(attempt.Operation.Syntax) == BodySyntax.MemberOf(request.Operation.Syntax)
                    && ((attempt.Result is AllocatedObject made && request.State[made] is not null) || IsTriedBefore(attempt.Operation.Syntax, request.Operation.Syntax)))
                    yield return new SilentAttempt(new Step(MsalNames.AcquireTokenSilent, attempt.Method!, attempt.Operation.Syntax, attempt.Receiver, attempt.Arguments));
            }
        }
    }

    private static bool IsSame(AbstractValue one, AbstractValue other) => !one.IsUnknown && one.Equals(other);

    private static AbstractValue Scopes(TraceEvent call) => call.Arguments.FirstOrDefault(argument => argument.Name == "scopes").Value ?? AbstractValue.Unknown;

    /// <summary>An attempt that failed somewhere in the middle leaves nothing on the path; what follows its <c>catch</c> follows it.</summary>
    private static bool IsTriedBefore(SyntaxNode attempt, SyntaxNode request) =>
        attempt.FirstAncestorOrSelf<TryStatementSyntax>() is { Catches.Count: > 0, Parent: { } around } tried
        && tried.Block.Span.Contains(attempt.Span)
        && around.Span.Contains(request.Span)
        && request.SpanStart > tried.Block.Span.End;
}
