using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis;
using MtlsPop.Gate.Judging;
using MtlsPop.Gate.Scanning;

namespace MtlsPop.Gate.Reporting;

/// <summary>SARIF for code scanning: what fails, with paths relative to the root, and nothing else, since each result becomes an alert.</summary>
internal static class SarifReport
{
    private static readonly JsonSerializerOptions _indented = new() { WriteIndented = true };

    public static string Write(Review review)
    {
        var failing = review.Failing.ToList();
        var rules = failing.Select(finding => finding.Rule).Distinct().Order(StringComparer.Ordinal).ToList();
        var log = new JsonObject
        {
            ["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json",
            ["version"] = "2.1.0",
            ["runs"] = new JsonArray(new JsonObject
            {
                ["tool"] = new JsonObject
                {
                    ["driver"] = new JsonObject
                    {
                        ["name"] = "mtlspop",
                        ["semanticVersion"] = JsonReport.ToolVersion,
                        ["informationUri"] = "https://github.com/mtlspop/mtlspop",
                        ["rules"] = new JsonArray([.. rules.Select(Rule)]),
                    },
                },
                ["columnKind"] = "utf16CodeUnits",
                ["originalUriBaseIds"] = new JsonObject { ["%SRCROOT%"] = new JsonObject { ["description"] = Text("The folder that was checked, or its repository.") } },
                ["results"] = new JsonArray([.. failing.Select(finding => Result(finding, rules, review))]),
            }),
        };
        return log.ToJsonString(_indented).ReplaceLineEndings("\n") + "\n";
    }

    private static JsonObject Rule(string id)
    {
        var (name, rule) = RuleTable.Named[id];
        var title = rule.Title.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return new JsonObject
        {
            ["id"] = id,
            ["name"] = name,
            ["shortDescription"] = Text(title + "."),
            ["fullDescription"] = Text(title + "."),
            ["helpUri"] = rule.HelpLinkUri,
            ["help"] = new JsonObject { ["text"] = $"See {rule.HelpLinkUri}.", ["markdown"] = RuleTable.Page(id) },
            ["defaultConfiguration"] = new JsonObject { ["level"] = "warning" },
            ["properties"] = new JsonObject { ["tags"] = new JsonArray("security", "msal"), ["precision"] = "very-high", ["security-severity"] = SeverityOf(rule) },
        };
    }

    /// <summary>From 7.0 on code scanning says high, from 4.0 medium.</summary>
    private static string SeverityOf(DiagnosticDescriptor rule) =>
        rule.CustomTags.Contains(Analyzers.Rules.Tag.ThrowsOrLeaks) ? "8.0" : rule.DefaultSeverity == DiagnosticSeverity.Warning ? "6.0" : "3.0";

    private static JsonObject Result(Finding finding, List<string> rules, Review review)
    {
        var result = new JsonObject
        {
            ["ruleId"] = finding.Rule,
            ["ruleIndex"] = rules.IndexOf(finding.Rule),
            ["level"] = finding.Level == "note" ? "note" : "warning",
            ["message"] = Text(finding.Message.EndsWith('.') ? finding.Message : finding.Message + "."),
            ["locations"] = new JsonArray(Location(finding.Place, review)),
            ["partialFingerprints"] = new JsonObject { ["mtlspop/v1"] = finding.Fingerprint },
        };
        if (finding.Related.Count > 0)
            result["relatedLocations"] = new JsonArray([.. finding.Related.Select((place, index) => Location(place, review, index))]);
        return result;
    }

    private static JsonObject Location(Place place, Review review, int? id = null)
    {
        var location = new JsonObject();
        if (id is { } number)
            location["id"] = number;
        location["physicalLocation"] = new JsonObject
        {
            ["artifactLocation"] = new JsonObject { ["uri"] = string.Join('/', review.RelativePath(place.File).Split('/').Select(Uri.EscapeDataString)), ["uriBaseId"] = "%SRCROOT%" },
            ["region"] = new JsonObject { ["startLine"] = place.Line, ["startColumn"] = place.Column, ["endLine"] = place.EndLine, ["endColumn"] = place.EndColumn },
        };
        return location;
    }

    private static JsonObject Text(string text) => new() { ["text"] = text };
}
