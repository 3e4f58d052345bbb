namespace MtlsPop;

/// <summary>How an acquirer's last acquisition ended.</summary>
internal sealed record AcquirerState(MtlsPopToken? LastToken, DateTimeOffset? LastSuccess, DateTimeOffset? LastFailure, string? LastError)
{
    public static AcquirerState None { get; } = new(null, null, null, null);

    public bool LastFailed => LastFailure is { } failure && (LastSuccess is not { } success || failure > success);
}
