using MtlsPop.Gate.Judging;

namespace MtlsPop.Gate.Reporting;

/// <summary>A file that the review is written to, in the form that its ending names.</summary>
internal sealed class Report
{
    private static readonly Dictionary<string, Func<Review, string>> _writers = new(StringComparer.OrdinalIgnoreCase)
    {
        [".md"] = MarkdownReport.Write,
        [".html"] = HtmlReport.Write,
        [".json"] = JsonReport.Write,
        [".sarif"] = SarifReport.Write,
    };

    private readonly string _file;
    private readonly Func<Review, string> _write;

    private Report(string file, Func<Review, string> write)
    {
        _file = file;
        _write = write;
    }

    /// <summary>Refused before the long work begins, where the ending is not known.</summary>
    public static Report For(string file) => _writers.TryGetValue(Path.GetExtension(file), out var write)
        ? new Report(file, write)
        : throw new GateException($"'{file}' names no kind of report: end it with {string.Join(", ", _writers.Keys.SkipLast(1))} or {_writers.Keys.Last()}.");

    public static bool ShowsFixes(string file) => Path.GetExtension(file).ToLowerInvariant() is ".html" or ".json";

    public void Write(Review review)
    {
        try
        {
            WholeFile.Write(_file, _write(review));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new GateException($"The report '{_file}' cannot be written: {failure.Message}");
        }
    }
}
