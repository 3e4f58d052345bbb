using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using MtlsPop.Analyzers.Framework;
using MtlsPop.Analyzers.Model;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Packages;

/// <summary>A rule about the packages of a project, judged by what the code asks of them: it reports each place that asks, and the line that references the package.</summary>
internal abstract class PackageRule(DiagnosticDescriptor descriptor) : Rule<BindingStep>(descriptor)
{
    public abstract PackageFault? Find(BindingStep step, Version floor);

    /// <summary>The place in the project's files that the fault is mended at; null where they are not understood.</summary>
    public abstract (ProjectFile File, PackageItem Item)? PlaceIn(ProjectFiles files, MsalLibrary msal);

    protected sealed override IEnumerable<BindingStep> Find(TypeModel type, CancellationToken cancellation) => BindingStep.Of(type, cancellation);

    protected sealed override void Judge(BindingStep step, Report report)
    {
        if (Find(step, MinimumVersion.Of(report.Options)) is { } fault)
            report.Add(fault.At(step));
    }
}

/// <summary>What a rule says of a package, and the version that mends it, if one does.</summary>
internal sealed record PackageFault(Version? Version, params object[] Arguments)
{
    /// <summary>The name of the diagnostic's property that holds <see cref="Version"/>, for the fix.</summary>
    public const string VersionProperty = "version";

    public DiagnosticSeverity? Severity { get; init; }

    private ImmutableDictionary<string, string?> Properties => Version is null
        ? ImmutableDictionary<string, string?>.Empty
        : ImmutableDictionary<string, string?>.Empty.Add(VersionProperty, PackageVersions.Text(Version));

    /// <summary>In the code. Where the step does not compile, the packages may be the reason.</summary>
    public Finding At(BindingStep step) => new(step.Token, Arguments) { Properties = Properties, Severity = Severity, EvenWithErrors = !step.Compiles };

    /// <summary>In a project's file.</summary>
    public Diagnostic At(Location location, DiagnosticDescriptor rule) =>
        Diagnostic.Create(rule, location, Severity ?? rule.DefaultSeverity, additionalLocations: null, Properties, Arguments);
}
