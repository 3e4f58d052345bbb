using System.Collections.Immutable;
using MtlsPop.Analyzers.Applications;
using MtlsPop.Analyzers.Binding;
using MtlsPop.Analyzers.Conventions;
using MtlsPop.Analyzers.Federation;
using MtlsPop.Analyzers.Requests;
using MtlsPop.CodeFixes.Applications;
using MtlsPop.CodeFixes.Binding;
using MtlsPop.CodeFixes.Conventions;

namespace MtlsPop.CodeFixes.Refactorings;

/// <summary>What a change makes wrong elsewhere in its document, fixed by the fixes that are there for it.</summary>
internal sealed record FollowUpFixes(Solution Solution, IReadOnlyCollection<string> Titles)
{
    private const int Rounds = 16;

    private static readonly ImmutableArray<DiagnosticAnalyzer> _analyzers = ImmutableArray.Create<DiagnosticAnalyzer>(
        new RequestsAnalyzer(), new ApplicationsAnalyzer(), new BindingAnalyzer(), new FederationAnalyzer(), new ConventionsAnalyzer());

    private static readonly ImmutableArray<CodeFixProvider> _fixes = ImmutableArray.Create<CodeFixProvider>(
        new AuthorityNotTenantedFix(),
        new BindingCertificateDisposedFix(),
        new BindingCertificateUncheckedFix(),
        new CertificateChainNotSentFix(),
        new ConfigureAwaitMissingFix(),
        new ExperimentalAssertionFix(),
        new FactoryCannotPresentCertificateFix(),
        new InsecureResourceFix(),
        new RegionMalformedFix(),
        new RegionMissingFix(),
        new TokenSentWithoutCertificateFix(),
        new WrongSchemeFix());

    /// <summary>Null where a warning, or an error of the compiler, is left that was not there before.</summary>
    public static async Task<FollowUpFixes?> ApplyAsync(Document before, Document after, CancellationToken cancellation)
    {
        var known = await FaultsAsync(before, cancellation).ConfigureAwait(false);
        var titles = new List<string>();
        for (var round = 0; round < Rounds; round++)
        {
            var faults = await FaultsAsync(after, cancellation).ConfigureAwait(false);
            var caused = faults.Where(group => group.Count() > known[group.Key].Count()).SelectMany(group => group).ToArray();
            if (caused.Length == 0)
                return new FollowUpFixes(after.Project.Solution, [.. titles.Distinct()]);

            if (await FirstFixAsync(after, caused, cancellation).ConfigureAwait(false) is not { } fix)
                return null;

            titles.Add(fix.Title);
            var operations = await fix.GetOperationsAsync(cancellation).ConfigureAwait(false);
            after = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetDocument(after.Id)!;
        }

        return null;
    }

    private static async Task<CodeAction?> FirstFixAsync(Document document, IEnumerable<Diagnostic> faults, CancellationToken cancellation)
    {
        foreach (var fault in faults)
        {
            CodeAction? first = null;
            foreach (var fix in _fixes.Where(fix => fix.FixableDiagnosticIds.Contains(fault.Id)))
                await fix.RegisterCodeFixesAsync(new CodeFixContext(document, fault, (action, _) => first ??= action, cancellation))
                    .ConfigureAwait(false);
            if (first is not null)
                return first;
        }

        return null;
    }

    /// <summary>
    /// Our warnings and the compiler's errors, by kind and by what they are reported on: places move while a document is edited.
    /// </summary>
    private static async Task<ILookup<(string Id, string Text), Diagnostic>> FaultsAsync(Document document, CancellationToken cancellation)
    {
        var semantics = (await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false))!;
        var text = await document.GetTextAsync(cancellation).ConfigureAwait(false);
        var options = new CompilationWithAnalyzersOptions(
            document.Project.AnalyzerOptions,
            onAnalyzerException: null,
            concurrentAnalysis: true,
            logAnalyzerExecutionTime: false);
        var ours = await semantics.Compilation
            .WithAnalyzers(_analyzers, options)
            .GetAnalyzerSemanticDiagnosticsAsync(semantics, filterSpan: null, cancellation)
            .ConfigureAwait(false);
        return ours.Where(fault => fault.DefaultSeverity == DiagnosticSeverity.Warning)
            .Concat(semantics.GetDiagnostics(cancellationToken: cancellation).Where(fault => fault.Severity == DiagnosticSeverity.Error))
            .ToLookup(fault => (fault.Id, text.ToString(fault.Location.SourceSpan)));
    }
}
