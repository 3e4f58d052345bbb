using System.Reflection;
using Microsoft.CodeAnalysis.Text;

namespace Microsoft.CodeAnalysis.Testing;

public class ProjectState
{
    internal ProjectState(string defaultPrefix, string defaultExtension) => Sources = new SourceFileList(defaultPrefix, defaultExtension);

    public OutputKind? OutputKind { get; set; }

    public ReferenceAssemblies? ReferenceAssemblies { get; set; }

    public SourceFileList Sources { get; }

    public SourceFileCollection AdditionalFiles { get; } = [];

    public SourceFileCollection AnalyzerConfigFiles { get; } = [];

    public MetadataReferenceCollection AdditionalReferences { get; } = [];
}

public class SolutionState : ProjectState
{
    internal SolutionState(string defaultPrefix, string defaultExtension)
        : base(defaultPrefix, defaultExtension)
    {
    }

    public MarkupMode? MarkupHandling { get; set; }

    public List<DiagnosticResult> ExpectedDiagnostics { get; } = [];

    internal SolutionState Over(SolutionState inherited)
    {
        var merged = new SolutionState("", "")
        {
            MarkupHandling = MarkupHandling,
            OutputKind = OutputKind ?? inherited.OutputKind,
            ReferenceAssemblies = ReferenceAssemblies ?? inherited.ReferenceAssemblies,
        };
        Merge(state => state.Sources);
        Merge(state => state.AdditionalFiles);
        Merge(state => state.AnalyzerConfigFiles);
        Merge(state => state.AdditionalReferences);
        Merge(state => state.ExpectedDiagnostics);
        return merged;

        void Merge<T>(Func<SolutionState, List<T>> list) => list(merged).AddRange(list(this) is { Count: > 0 } own ? own : list(inherited));
    }
}

/// <summary>What the markup of a state says. Left open, a fixed state that differs from the test state expects no fixable diagnostic.</summary>
public enum MarkupMode
{
    None,
    Ignore,
    IgnoreFixable,
    Allow,
}

public class SourceFileCollection : List<(string filename, SourceText content)>
{
    public void Add((string filename, string content) file) => Add((file.filename, SourceText.From(file.content)));
}

public class SourceFileList : SourceFileCollection
{
    private readonly string _defaultPrefix;
    private readonly string _defaultExtension;

    public SourceFileList(string defaultPrefix, string defaultExtension)
    {
        _defaultPrefix = defaultPrefix;
        _defaultExtension = defaultExtension;
    }

    public void Add(string content) => Add(($"{_defaultPrefix}{Count}.{_defaultExtension}", content));
}

public class MetadataReferenceCollection : List<MetadataReference>
{
    public void Add(Assembly assembly) => Add(MetadataReference.CreateFromFile(assembly.Location));
}
