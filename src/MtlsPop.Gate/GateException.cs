namespace MtlsPop.Gate;

/// <summary>What ends a run before there is a verdict: one sentence for the user, and the exit code that goes with it.</summary>
internal sealed class GateException(string message, int exitCode = ExitCode.Usage) : Exception(message)
{
    public int ExitCode => exitCode;
}

internal static class ExitCode
{
    public const int Passed = 0;
    public const int Failed = 1;
    public const int Usage = 2;
    public const int NotEvaluated = 3;
}
