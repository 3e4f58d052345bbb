using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Text;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>A state with what it inherits filled in and its markup read.</summary>
internal sealed record EvaluatedState(
    ImmutableArray<(string Path, SourceText Text)> Sources,
    ImmutableArray<(string Path, SourceText Text)> AdditionalFiles,
    ImmutableArray<(string Path, SourceText Text)> AnalyzerConfigFiles,
    ImmutableArray<MetadataReference> AdditionalReferences,
    ReferenceAssemblies? ReferenceAssemblies,
    OutputKind OutputKind,
    ImmutableArray<DiagnosticResult> ExpectedDiagnostics)
{
    public bool HasSameFilesAs(EvaluatedState other) =>
        ChangedSources(other) == 0 && SameFiles(AdditionalFiles, other.AdditionalFiles) && SameFiles(AnalyzerConfigFiles, other.AnalyzerConfigFiles);

    public int ChangedSources(EvaluatedState other)
    {
        var before = other.Sources.ToDictionary(file => file.Path, file => file.Text.ToString());
        return Math.Abs(Sources.Length - other.Sources.Length)
            + Sources.Count(file => before.TryGetValue(file.Path, out var text) && text != file.Text.ToString());
    }

    private static bool SameFiles(ImmutableArray<(string Path, SourceText Text)> left, ImmutableArray<(string Path, SourceText Text)> right) =>
        left.Select(file => (file.Path, file.Text.ToString())).SequenceEqual(right.Select(file => (file.Path, file.Text.ToString())));

    public static EvaluatedState Of(
        SolutionState state, EvaluatedState? inherited, MarkupMeaning meaning)
    {
        var labels = new Dictionary<string, FileLinePositionSpan>();
        var marked = new List<(DiagnosticResult Diagnostic, bool IsFixable)>();
        var evaluated = new EvaluatedState(
            [.. state.Sources.Select(ReadMarkup)],
            state.AdditionalFiles.Count > 0 || inherited is null ? [.. state.AdditionalFiles.Select(ReadMarkup)] : inherited.AdditionalFiles,
            state.AnalyzerConfigFiles.Count > 0 || inherited is null ? [.. state.AnalyzerConfigFiles] : inherited.AnalyzerConfigFiles,
            state.AdditionalReferences.Count > 0 || inherited is null ? [.. state.AdditionalReferences] : inherited.AdditionalReferences,
            state.ReferenceAssemblies ?? inherited?.ReferenceAssemblies,
            state.OutputKind ?? inherited?.OutputKind ?? OutputKind.DynamicallyLinkedLibrary,
            []);
        if (inherited is not null && state.Sources.Count == 0)
            evaluated = evaluated with { Sources = inherited.Sources };

        var differs = inherited is not null && !evaluated.HasSameFilesAs(inherited);
        var mode = state.MarkupHandling ?? (differs ? MarkupMode.IgnoreFixable : MarkupMode.Allow);
        var expected = state.ExpectedDiagnostics.Select(diagnostic => diagnostic.WithSpans(diagnostic.Spans.Select(Located)));
        if (mode is MarkupMode.Allow or MarkupMode.IgnoreFixable)
            expected = expected.Concat(marked.Where(mark => mode == MarkupMode.Allow || !mark.IsFixable).Select(mark => mark.Diagnostic));
        if (inherited is not null && state.ExpectedDiagnostics.Count == 0 && marked.Count == 0)
            expected = inherited.ExpectedDiagnostics.Where(diagnostic => !differs || !meaning.IsFixable(diagnostic.Id));
        return evaluated with { ExpectedDiagnostics = [.. expected] };

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
                else if (meaning.Of(name) is var diagnostic)
                    marked.Add((diagnostic.At(position, DiagnosticLocationOptions.None), meaning.IsFixable(diagnostic.Id)));
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
