using System.Text.RegularExpressions;
using MtlsPop.Gate.Scanning;

namespace MtlsPop.Gate.Documents.Checks;

/// <summary>Where a user-assigned identity is shown, each of its three identifiers is.</summary>
internal static partial class IdentifierCheck
{
    public const string Item = "identifiers";

    private static readonly string[] _identifiers = ["WithUserAssignedClientId", "WithUserAssignedResourceId", "WithUserAssignedObjectId"];

    public static IEnumerable<LoggedResult> Of(CheckedDocument document)
    {
        var shown = document.InCode(Identifier()).ToList();
        if (shown.Count == 0)
            yield break;

        var missing = _identifiers.Where(identifier => !document.Document.Text.Contains(identifier, StringComparison.Ordinal)).ToList();
        if (missing.Count > 0)
            yield return DocumentCheck.Fault(DocumentRules.IdentifierNotShown, shown[0].Place, string.Join(" and ", missing.Select(identifier => $"'{identifier}'")));
        else
            yield return DocumentCheck.Evidence(Item, shown[0].Place, "client ID, resource ID and object ID are shown");
    }

    [GeneratedRegex(@"\bWithUserAssigned(Client|Resource|Object)Id\b")]
    private static partial Regex Identifier();
}
