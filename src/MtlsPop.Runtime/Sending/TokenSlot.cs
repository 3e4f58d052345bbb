namespace MtlsPop;

/// <summary>What a client knows of one token: for one scope, one tenant and one set of claims.</summary>
internal sealed class TokenSlot
{
    private const int MostRefusedBindings = 16;

    private volatile MtlsPopToken? _current;
    private DateTimeOffset _askAgainAt;
    private bool _isRefreshing;

    public MtlsPopToken? Current
    {
        get => _current;
        set => _current = value;
    }

    /// <summary>When the token was last asked for because of a challenge; only one flight at a time looks at it.</summary>
    public DateTimeOffset? AskedForClaims { get; set; }

    public SingleFlight<MtlsPopToken?> ForClaims { get; } = new();

    /// <summary>What is under way for each certificate that was refused in TLS.</summary>
    public BoundedMap<CertificateBinding, TlsRenewal> AfterTlsFault =>
        field ?? Interlocked.CompareExchange(ref field, new(MostRefusedBindings, static _ => new(), static _ => false), null) ?? field;

    /// <summary>Whether the caller is to refresh the token, while others go on with the one that is there.</summary>
    public bool TryBeginRefresh(DateTimeOffset now)
    {
        lock (ForClaims)
        {
            return !_isRefreshing && now >= _askAgainAt && (_isRefreshing = true);
        }
    }

    public void EndRefresh(DateTimeOffset askAgainAt)
    {
        lock (ForClaims)
        {
            (_isRefreshing, _askAgainAt) = (false, askAgainAt);
        }
    }

    /// <summary>The search for another certificate than one that was refused.</summary>
    internal sealed class TlsRenewal
    {
        public SingleFlight<MtlsPopToken?> Flight { get; } = new();

        /// <summary>When a refresh was last forced; only one flight at a time looks at it.</summary>
        public DateTimeOffset? Forced { get; set; }
    }
}
