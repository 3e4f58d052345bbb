using System.Collections.Immutable;

namespace MtlsPop.CodeFixes.Framework;

/// <summary>One action that a fix offers.</summary>
/// <param name="Key">The equivalence key, by which all findings can be fixed by the same action.</param>
/// <param name="Title">What the action does.</param>
/// <param name="Apply">
/// Edits the file. Nodes are replaced through the editor's current version of them, so that edits inside survive.
/// </param>
internal sealed record PlannedEdit(string Key, string Title, Action<SyntaxEditor> Apply)
{
    /// <summary>The file that is edited, where that is not the file of the finding.</summary>
    public SyntaxTree? File { get; init; }

    /// <summary>Namespaces that the edited file must import.</summary>
    public IReadOnlyCollection<string> Usings { get; init; } = ImmutableArray<string>.Empty;
}
