using System.Text.RegularExpressions;
using MtlsPop.Analyzers;
using MtlsPop.Gate.Scanning;

namespace MtlsPop.Gate.Documents.Checks;

/// <summary>The text calls legs what are legs, and says who cannot be the second.</summary>
internal static partial class LegCheck
{
    public const string Item = "second-leg";

    public static IEnumerable<LoggedResult> Of(CheckedDocument document)
    {
        var text = document.Document.Text;
        var legs = document.In(document.Document.Prose, NumberedLeg()).ToList();
        if (!Federation().IsMatch(text))
        {
            // Nothing is exchanged in all of the document.
            foreach (var (place, words) in legs)
                yield return DocumentCheck.Fault(Rules.DirectFlowCalledLeg, place, words);
            yield break;
        }

        if (!(legs.Exists(leg => FirstLeg().IsMatch(leg.Text)) && legs.Exists(leg => !FirstLeg().IsMatch(leg.Text))))
            yield break;
        if (document.In(document.Document.Prose, Limit()).FirstOrDefault() is (Place said, _))
            yield return DocumentCheck.Evidence(Item, said, "the text says that a managed identity cannot be the second leg");
        else
            yield return DocumentCheck.Fault(DocumentRules.SecondLegNotExplained, legs[0].Place);
    }

    [GeneratedRegex(@"\b(legs?[ -]?(1|2|one|two)|(first|second)[ -]legs?)\b", RegexOptions.IgnoreCase)]
    private static partial Regex NumberedLeg();

    [GeneratedRegex("1|one|first", RegexOptions.IgnoreCase)]
    private static partial Regex FirstLeg();

    [GeneratedRegex(@"\bFIC\b|federat|AzureADTokenExchange|WithClientAssertion|ClientSignedAssertion|token exchange", RegexOptions.IgnoreCase)]
    private static partial Regex Federation();

    /// <summary>A managed identity, a no, and the second leg or the call that it would need, in one line in any order.</summary>
    [GeneratedRegex(
        @"^(?=.*\b(managed[ -]identit(y|ies)|MSI|MI|SAMI|UAMI|ManagedIdentityApplication)\b)(?=.*\b(not|never|cannot|can't|doesn't|no|lacks?|unsupported|only)\b)(?=.*(\bleg[ -]?(2|two)\b|\bsecond[ -]leg\b|WithClientAssertion)).*$",
        RegexOptions.IgnoreCase)]
    private static partial Regex Limit();
}
