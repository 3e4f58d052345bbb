using Microsoft.CodeAnalysis;

namespace MtlsPop.Analyzers.Flow.Engine;

/// <summary>The calls that lead into a body: the innermost call, and the call sites around it.</summary>
internal sealed class CallSite(CallSite? caller, SyntaxNode call) : IEquatable<CallSite>
{
    /// <summary>What lies behind more calls than these is not followed.</summary>
    public const int DepthLimit = 6;

    private readonly int _hash = unchecked((call.GetHashCode() * 31) + (caller?.GetHashCode() ?? 0));

    public CallSite? Caller => caller;

    public SyntaxNode Call => call;

    public int Depth { get; } = caller is null ? 1 : caller.Depth + 1;

    /// <summary>The call site as it is for the caller that makes this call.</summary>
    public static CallSite From(CallSite? inner, SyntaxNode call) => inner is null ? new CallSite(null, call) : new CallSite(From(inner.Caller, call), inner.Call);

    public bool Equals(CallSite? other) => ReferenceEquals(this, other) || (other is not null && _hash == other._hash && call == other.Call && Equals(caller, other.Caller));

    public override bool Equals(object? obj) => Equals(obj as CallSite);

    public override int GetHashCode() => _hash;
}
