using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using MtlsPop.Analyzers.Flow;
using MtlsPop.Analyzers.Framework;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Packages;

/// <summary>Reports in the code, as all analyzers do, and in the project's files, which the package hands to the compiler.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PackagesAnalyzer() : MtlsPopAnalyzer(_rules)
{
    private static readonly PackageRule[] _rules =
        [new MsalTooOld(), new MsalKnownDefect(), new AttestationPackageMissing(), new AttestationPackageMismatch(), new LegacyBindingPackage()];

    private protected override Action<AdditionalFileAnalysisContext> ForAdditionalFiles(Compilation compilation, MsalLibrary msal)
    {
        IReadOnlyList<BindingStep>? steps = null;
        return context => Judge(context, msal, () => steps ??= StepsIn(compilation, msal, context.CancellationToken));
    }

    private static void Judge(AdditionalFileAnalysisContext context, MsalLibrary msal, Func<IReadOnlyList<BindingStep>> steps)
    {
        if (!ProjectFile.IsOne(context.AdditionalFile.Path))
            return;

        var files = ProjectFiles.Of(context.Options.AdditionalFiles, context.CancellationToken);
        foreach (var rule in _rules)
        {
            if (rule.PlaceIn(files, msal) is { } place
                && place.File.Path == context.AdditionalFile.Path
                && FaultIn(steps(), rule, context.Options.AnalyzerConfigOptionsProvider) is { } fault)
                context.ReportDiagnostic(fault.At(place.File.LocationOf(place.Item.Place), rule.Descriptor));
        }
    }

    private static PackageFault? FaultIn(IReadOnlyList<BindingStep> steps, PackageRule rule, AnalyzerConfigOptionsProvider options)
    {
        foreach (var step in steps)
        {
            if (rule.Find(step, MinimumVersion.Of(options.GetOptions(step.Token.SyntaxTree!))) is { Version: not null } fault)
                return fault;
        }

        return null;
    }

    private static List<BindingStep> StepsIn(Compilation compilation, MsalLibrary msal, CancellationToken cancellation)
    {
        var steps = new List<BindingStep>();
        foreach (var tree in compilation.SyntaxTrees)
        {
            var root = tree.GetRoot(cancellation);
#pragma warning disable RS1030 // only for files that mention the steps, and only where a project's files are there
            if (Mentions.In(root, cancellation))
                steps.AddRange(BindingStep.In(root, compilation.GetSemanticModel(tree), msal, cancellation));
#pragma warning restore RS1030
        }

        return steps;
    }
}
