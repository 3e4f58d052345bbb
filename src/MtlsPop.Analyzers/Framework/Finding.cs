using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace MtlsPop.Analyzers.Framework;

/// <summary>What a rule reports.</summary>
/// <param name="Place">The code that is wrong.</param>
/// <param name="Arguments">The arguments of the message.</param>
internal sealed record Finding(SyntaxNodeOrToken Place, params object[] Arguments)
{
    /// <summary>The property of a finding whose cause stands in another type: no fix can mend it at its place.</summary>
    public const string InOtherType = nameof(InOtherType);

    /// <summary>Where it is shown, if not at <see cref="Place"/>: in a comment on it.</summary>
    public Location? Location { get; init; }

    /// <summary>The other places that the fix edits or reads.</summary>
    public ImmutableArray<Location> OtherPlaces { get; init; } = ImmutableArray<Location>.Empty;

    /// <summary>What the fix, or the reader of the findings, must know.</summary>
    public ImmutableDictionary<string, string?> Properties { get; init; } = ImmutableDictionary<string, string?>.Empty;

    /// <summary>Null for the rule's own.</summary>
    public DiagnosticSeverity? Severity { get; init; }

    /// <summary>True for a fault that may itself be the reason why the code does not compile.</summary>
    public bool EvenWithErrors { get; init; }
}
