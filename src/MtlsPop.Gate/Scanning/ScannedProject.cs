using MtlsPop.Analyzers.Framework;
using MtlsPop.Gate.Documents;
using MtlsPop.Gate.Fixing;

namespace MtlsPop.Gate.Scanning;

/// <summary>A line of an .editorconfig or .globalconfig.</summary>
internal sealed record ConfigurationLine(string File, int Number, string Text)
{
    public static IEnumerable<ConfigurationLine> In(string file) => System.IO.File.Exists(file)
        ? System.IO.File.ReadLines(file)
            .Select((text, index) => new ConfigurationLine(file, index + 1, text))
            .Where(line => line.Text.Contains("MPOP", StringComparison.OrdinalIgnoreCase) || line.Text.Contains("mtlspop", StringComparison.OrdinalIgnoreCase))
        : [];
}

/// <summary>A project as it was compiled for one target framework, with what the compiler and the analyzers said of it.</summary>
internal sealed record ScannedProject(string Path, string Framework)
{
    private static readonly string[] _acquirers = ["Microsoft.Identity.Web.TokenAcquisition", "Microsoft.Identity.Web", "Azure.Identity"];

    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>Why there is no verdict on it; null where there is one.</summary>
    public string? NotEvaluated { get; init; }

    public IReadOnlyList<LoggedResult> Results { get; init; } = [];

    /// <summary>The rules that its configuration files switch off.</summary>
    public IReadOnlySet<string> Off { get; init; } = new HashSet<string>();

    /// <summary>The rules in its <c>NoWarn</c>.</summary>
    public IReadOnlySet<string> NoWarn { get; init; } = new HashSet<string>();

    /// <summary>What its configuration files say of our rules and options.</summary>
    public IReadOnlyList<ConfigurationLine> Configuration { get; init; } = [];

    /// <summary>Its <c>MtlsPopMode</c>.</summary>
    public string Mode { get; init; } = "";

    public bool IsProgram { get; init; }

    /// <summary>The files that it was compiled from; none where it was not.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>What its fixes would change; null where nobody knows its code.</summary>
    public IFixPreview? Fixes { get; init; }

    /// <summary>The document that this is, where it is one and no project.</summary>
    public MarkdownDocument? Document { get; init; }

    /// <summary>The assemblies that it references, each with the version of its package, if it has one; null where nobody knows.</summary>
    public IReadOnlyDictionary<string, string>? References { get; init; }

    public string? MsalVersion => References?.GetValueOrDefault("Microsoft.Identity.Client");

    public bool ReferencesMsal => References?.ContainsKey("Microsoft.Identity.Client") ?? true;

    public string? TestFramework => References?.Keys.Where(TestProject.Frameworks.Contains).Order(StringComparer.Ordinal).FirstOrDefault();

    /// <summary>A library that acquires tokens itself, where no rule sees it.</summary>
    public string? Acquirer => _acquirers.FirstOrDefault(name => References?.ContainsKey(name) ?? false);

    /// <summary>Reads what the injected targets and the compiler left of it.</summary>
    /// <param name="log">Their files, without the ending.</param>
    public static ScannedProject Read(string log, Func<string, string, string?> buildError)
    {
        var begun = Facts(log + ".begun");
        var project = new ScannedProject(begun["project"].First(), begun["framework"].First());
        if (!File.Exists(log + ".compiled") || !File.Exists(log + ".sarif"))
            return project with { NotEvaluated = buildError(project.Path, project.Framework) ?? "the build did not come to compile it" };

        var facts = Facts(log + ".compiled");
        var compiled = CompilerLog.Read(log + ".sarif");
        return project with
        {
            NotEvaluated = ReasonNotEvaluated(compiled, facts["warningLevel"].First()),
            Results = compiled.Results,
            Off = compiled.Off,
            NoWarn = facts["noWarn"].SelectMany(rules => rules.Split(',', StringSplitOptions.TrimEntries)).Where(CompilerLog.IsOurs).ToHashSet(),
            Configuration = [.. facts["configuration"].SelectMany(ConfigurationLine.In)],
            Mode = facts["mode"].First(),
            IsProgram = CompilerInputs.Of(facts).IsProgram,
            Sources = CompilerInputs.Of(facts).Sources,
            Fixes = new ProjectFixes(CompilerInputs.Of(facts)),
            References = facts["reference"].Select(reference => reference.Split('|')).DistinctBy(reference => reference[0]).ToDictionary(reference => reference[0], reference => reference[1]),
        };
    }

    /// <summary>The server of the compiler that a project is compiled with.</summary>
    public static string CompilerOf(string compiled) => System.IO.Path.Combine(Facts(compiled)["compiler"].First(), "bincore", "VBCSCompiler.dll");

    public static string? ReasonNotEvaluated(CompilerLog log, string warningLevel)
    {
        if (log.Results.FirstOrDefault(result => result is { Level: "error", Place: not null } && result.Rule.StartsWith("CS", StringComparison.Ordinal)) is { Place: { } place } error)
            return $"it does not compile: {error.Rule} in {System.IO.Path.GetFileName(place.File)}, line {place.Line}: {error.Message}";
        if (log.Results.FirstOrDefault(result => result is { Level: "error" } && result.Rule.StartsWith("CS", StringComparison.Ordinal)) is { } elsewhere)
            return $"it does not compile: {elsewhere.Rule}: {elsewhere.Message}";
        if (warningLevel == "0")
            return "its WarningLevel is 0, which silences every rule";
        if (log.Results.FirstOrDefault(result => result.Rule is "AD0001" && result.Message.Contains("MtlsPop", StringComparison.Ordinal)) is { } crash)
            return $"an analyzer failed: {crash.Message}";
        if (log.Rules.Count == 0)
            return "the analyzers did not run";
        return null;
    }

    private static ILookup<string, string> Facts(string file) => File.ReadLines(file)
        .Select(line => line.Split('=', 2))
        .Where(pair => pair.Length == 2)
        .ToLookup(pair => pair[0], pair => pair[1]);
}
