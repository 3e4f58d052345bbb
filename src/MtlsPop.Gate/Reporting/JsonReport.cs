using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using MtlsPop.Gate.Fixing;
using MtlsPop.Gate.Judging;
using MtlsPop.Gate.Scanning;

namespace MtlsPop.Gate.Reporting;

/// <summary>The whole review for other programs. docs/review.schema.json describes it.</summary>
internal static class JsonReport
{
    public static string ToolVersion { get; } =
        typeof(JsonReport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public static string Write(Review review) => JsonSerializer.Serialize(Document(review), JsonModel.Default.ReviewDocument).ReplaceLineEndings("\n") + "\n";

    private static ReviewDocument Document(Review review) => new(
        1,
        new ToolDocument("mtlspop", ToolVersion),
        review.Target,
        review.Base,
        review.Verdict,
        review.ExitCode,
        review.Summary,
        [.. review.Checklist.Select(answer => Item(answer, review))],
        [.. review.Projects.Select(project => Project(project, review))],
        [.. review.Findings.Select(finding => Finding(finding, review))],
        review.Notes);

    private static ItemDocument Item(Answer answer, Review review) => new(
        answer.Item.Id, answer.Item.Section, answer.Item.Title, answer.Item.Rules, answer.Status, answer.Text, [.. answer.Places.Select(place => Place(place, review))]);

    private static ProjectDocument Project(ProjectReview project, Review review)
    {
        var (status, reason) = project.Project switch
        {
            { Scanned.NotEvaluated: { } why } => (ProjectStatus.NotEvaluated, why),
            { NotApplicable: { } why } => (ProjectStatus.NotApplicable, why),
            _ => (ProjectStatus.Judged, null),
        };
        return new(
            project.Project.RelativePath,
            project.Project.Scanned.Framework,
            status,
            reason,
            project.Project.Scanned.MsalVersion,
            [.. project.Answers.Select(answer => new AnswerDocument(answer.Item.Id, answer.Status, answer.Text, [.. answer.Places.Select(place => Place(place, review))]))]);
    }

    private static FindingDocument Finding(Finding finding, Review review) => new(
        finding.Rule,
        finding.Level,
        finding.State,
        review.Fails(finding),
        finding.Message,
        Place(finding.Place, review),
        [.. finding.Related.Select(place => Place(place, review))],
        finding.Projects,
        finding.Context.Member,
        finding.Fingerprint,
        finding.Reason,
        finding.Suppression is { } suppression
            ? new SuppressionDocument(suppression.Place is { } place ? Place(place, review) : null, suppression.Reason, suppression.Author)
            : null,
        RuleTable.Named[finding.Rule].Rule.HelpLinkUri,
        finding.Fix.Count > 0 ? [.. finding.Fix.Select(fix => new FixDocument(review.RelativePath(fix.File), [.. fix.Lines.Select(line => new FixLineDocument(line.Kind, line.Number, line.Text))]))] : null);

    private static PlaceDocument Place(Place place, Review review) => new(review.RelativePath(place.File), place.Line, place.Column, place.EndLine, place.EndColumn);
}

internal enum ProjectStatus
{
    Judged,
    NotApplicable,
    NotEvaluated,
}

internal sealed record ReviewDocument(
    int FormatVersion,
    ToolDocument Tool,
    string Target,
    string? Base,
    Verdict Verdict,
    int ExitCode,
    string Summary,
    IReadOnlyList<ItemDocument> Checklist,
    IReadOnlyList<ProjectDocument> Projects,
    IReadOnlyList<FindingDocument> Findings,
    IReadOnlyList<string> Notes);

internal sealed record ToolDocument(string Name, string Version);

internal sealed record ItemDocument(
    string Id, Section Section, string Title, IReadOnlyList<string> Rules, Status Status, string Text, IReadOnlyList<PlaceDocument> Places);

internal sealed record ProjectDocument(
    string Path, string Framework, ProjectStatus Status, string? Reason, string? MsalVersion, IReadOnlyList<AnswerDocument> Answers);

internal sealed record AnswerDocument(string Item, Status Status, string Text, IReadOnlyList<PlaceDocument> Places);

internal sealed record FindingDocument(
    string Rule,
    string Level,
    FindingState State,
    bool Fails,
    string Message,
    PlaceDocument Place,
    IReadOnlyList<PlaceDocument> Related,
    IReadOnlyList<string> Projects,
    string Member,
    string Fingerprint,
    string? Reason,
    SuppressionDocument? Suppression,
    string HelpUri,
    IReadOnlyList<FixDocument>? Fix);

internal sealed record FixDocument(string File, IReadOnlyList<FixLineDocument> Lines);

internal sealed record FixLineDocument(DiffKind Kind, int Number, string Text);

internal sealed record SuppressionDocument(PlaceDocument? Place, string? Reason, string? Author);

internal sealed record PlaceDocument(string File, int Line, int Column, int EndLine, int EndColumn);

[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(CamelCase<Verdict>), typeof(CamelCase<Section>), typeof(CamelCase<Status>), typeof(CamelCase<ProjectStatus>), typeof(CamelCase<FindingState>), typeof(CamelCase<DiffKind>)])]
[JsonSerializable(typeof(ReviewDocument))]
internal sealed partial class JsonModel : JsonSerializerContext;

internal sealed class CamelCase<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase)
    where T : struct, Enum;
