using MtlsPop.Analyzers.Model;

namespace MtlsPop.Analyzers.Requests;

/// <summary>The user's cache is asked for a token that only the application's own cache can have.</summary>
internal sealed class SilentBeforeClient() : Rule<SilentAttempt>(Rules.SilentBeforeClient)
{
    protected override void Judge(SilentAttempt attempt, Report report) => report.At(attempt.Step.Token);
}
