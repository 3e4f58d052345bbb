using System.Globalization;
using Microsoft.CodeAnalysis;
using MtlsPop.Analyzers;
using MtlsPop.Gate.Scanning;

namespace MtlsPop.Gate.Documents.Checks;

/// <summary>One question to the document itself: what is wrong, and what answers it.</summary>
internal static class DocumentCheck
{
    private static readonly Func<CheckedDocument, IEnumerable<LoggedResult>>[] _checks = [VersionCheck.Of, NamespaceCheck.Of, CallCheck.Of, IdentifierCheck.Of, LegCheck.Of];

    public static IEnumerable<LoggedResult> Of(CheckedDocument document) =>
        document.Blocks.Any(block => UnfencedCode.CallsMsal(block.Text)) ? _checks.SelectMany(check => check(document)) : [];

    public static LoggedResult Fault(DiagnosticDescriptor rule, Place place, params object[] arguments) => new(
        rule.Id,
        rule.DefaultSeverity == DiagnosticSeverity.Warning ? "warning" : "note",
        string.Format(CultureInfo.InvariantCulture, rule.MessageFormat.ToString(CultureInfo.InvariantCulture), arguments),
        place);

    /// <summary>What answers an item of the checklist, beside the calls.</summary>
    public static LoggedResult Evidence(string item, Place place, string text = "") => new(Rules.CallUnderstood.Id, "note", item, place)
    {
        Properties = new Dictionary<string, string> { ["call"] = item, ["text"] = text },
    };
}
