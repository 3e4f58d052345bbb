using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Text;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>A state with what it inherits filled in and its markup read.</summary>
internal sealed record EvaluatedState(
    SolutionState Raw,
    ImmutableArray<(string Path, SourceText Text)> Sources,
    ImmutableArray<(string Path, SourceText Text)> AdditionalFiles,
    ImmutableArray<DiagnosticResult> ExpectedDiagnostics)
{
    public bool HasSameFilesAs(EvaluatedState other) => Differing(Sources, other.Sources) + Differing(AdditionalFiles, other.AdditionalFiles) == 0;

    public int DifferingSources(EvaluatedState other) => Differing(Sources, other.Sources);

    private static int Differing(ImmutableArray<(string Path, SourceText Text)> files, ImmutableArray<(string Path, SourceText Text)> others) =>
        Math.Max(files.Length, others.Length)
        - files.Zip(others).Count(pair => pair.First.Path == pair.Second.Path && pair.First.Text.ContentEquals(pair.Second.Text));

    /// <summary>What <paramref name="state"/> leaves empty is that of <paramref name="inherited"/>, markup included.</summary>
    public static EvaluatedState Of(SolutionState state, EvaluatedState? inherited, MarkupMeaning meaning)
    {
        var raw = inherited is null ? state : state.Over(inherited.Raw);
        var labels = new Dictionary<string, FileLinePositionSpan>();
        var marked = new List<DiagnosticResult>();
        var evaluated = new EvaluatedState(raw, [.. raw.Sources.Select(ReadMarkup)], [.. raw.AdditionalFiles.Select(ReadMarkup)], []);

        var isFixed = inherited is not null && !evaluated.HasSameFilesAs(inherited);
        var mode = state.MarkupHandling ?? (isFixed ? MarkupMode.IgnoreFixable : MarkupMode.Allow);
        if (isFixed && state.ExpectedDiagnostics.Count == 0)
            raw.ExpectedDiagnostics.RemoveAll(diagnostic => meaning.IsFixable(diagnostic.Id));
        var expectedByMarkup = marked.Where(diagnostic =>
            mode == MarkupMode.Allow || (mode == MarkupMode.IgnoreFixable && !meaning.IsFixable(diagnostic.Id)));
        return evaluated with
        {
            ExpectedDiagnostics = [.. raw.ExpectedDiagnostics.Select(diagnostic => diagnostic.WithSpans(diagnostic.Spans.Select(Located))), .. expectedByMarkup],
        };

        (string, SourceText) ReadMarkup((string filename, SourceText content) file)
        {
            if (state.MarkupHandling == MarkupMode.None)
                return file;
            var markup = Markup.Parse(file.filename, file.content);
            foreach (var (name, span) in markup.Spans)
            {
                var position = new FileLinePositionSpan(file.filename, markup.Text.Lines.GetLinePositionSpan(span));
                if (name.StartsWith('#'))
                    labels.Add(name, position);
                else
                    marked.Add(meaning.Of(name).At(position, DiagnosticLocationOptions.None));
            }

            return (file.filename, markup.Text);
        }

        DiagnosticLocation Located(DiagnosticLocation location)
        {
            if (location.Options.HasFlag(DiagnosticLocationOptions.InterpretAsMarkupKey))
            {
                var key = $"#{location.Span.StartLinePosition.Line}";
                return labels.TryGetValue(key, out var span)
                    ? new(span, location.Options & ~DiagnosticLocationOptions.InterpretAsMarkupKey)
                    : throw new InvalidOperationException($"No span is marked '{{|{key}:...|}}'.");
            }

            return location.Span.Path.Length > 0
                ? location
                : new(new(evaluated.Sources[0].Path, location.Span.Span), location.Options);
        }
    }
}

/// <summary>Which diagnostic a marked span stands for.</summary>
internal sealed record MarkupMeaning(
    DiagnosticDescriptor? Default, ImmutableArray<DiagnosticDescriptor> Supported, ImmutableArray<string> Fixable)
{
    public bool IsFixable(string id) => Fixable.Contains(id);

    public DiagnosticResult Of(string id)
    {
        var descriptor = id == ""
            ? Default ?? throw new InvalidOperationException("'[|...|]' needs analyzers with one descriptor; name the diagnostic: '{|ID:...|}'.")
            : Supported.FirstOrDefault(descriptor => descriptor.Id == id);
        var result = descriptor is null ? DiagnosticResult.CompilerError(id) : new DiagnosticResult(descriptor).WithMessage(null);
        return result.WithOptions(DiagnosticOptions.IgnoreAdditionalLocations);
    }
}
