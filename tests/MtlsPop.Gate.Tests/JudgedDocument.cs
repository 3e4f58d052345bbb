using System.Text.Json;

namespace MtlsPop.Gate.Tests;

/// <summary>A document that was checked, and what came of it.</summary>
internal sealed class JudgedDocument : IDisposable
{
    private readonly Workspace _workspace = new();

    public Gate Run { get; private set; } = null!;

    public JsonElement Review { get; private set; }

    public string Text(string file) => File.ReadAllText(_workspace.PathOf(file));

    /// <summary>Checks a text as a document.</summary>
    public static async Task<JudgedDocument> CheckAsync(string text, params string[] options)
    {
        var document = new JudgedDocument();
        document._workspace.Write("guide.md", text);
        var report = document._workspace.PathOf("review.json");
        document.Run = await Gate.RunAsync(["check", document._workspace.PathOf("guide.md"), "--report", report, .. options]);
        Assert.True(File.Exists(report), document.Run.Output + document.Run.Error);
        using var review = JsonDocument.Parse(await File.ReadAllTextAsync(report, TestContext.Current.CancellationToken));
        document.Review = review.RootElement.Clone();
        return document;
    }

    /// <summary>What was found, as "rule:line", without advice.</summary>
    public IEnumerable<string> Faults => Review.GetProperty("findings").EnumerateArray()
        .Where(finding => finding.GetProperty("level").GetString() == "warning")
        .Select(finding => $"{finding.GetProperty("rule").GetString()}:{finding.GetProperty("place").GetProperty("line").GetInt32()}");

    public (string? Status, string? Text) Answer(string item)
    {
        var answer = Review.GetProperty("checklist").EnumerateArray().Single(answer => answer.GetProperty("id").GetString() == item);
        return (answer.GetProperty("status").GetString(), answer.GetProperty("text").GetString());
    }

    public void Dispose() => _workspace.Dispose();
}
