using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using MtlsPop.Analyzers.Model;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Framework;

/// <summary>The rules of one category. Registers nothing where MSAL is not referenced.</summary>
public abstract class MtlsPopAnalyzer : DiagnosticAnalyzer
{
    private readonly ImmutableArray<Rule> _rules;

    private protected MtlsPopAnalyzer(params Rule[] rules)
    {
        _rules = ImmutableArray.Create(rules);
        SupportedDiagnostics = _rules.Select(rule => rule.Descriptor).ToImmutableArray();
    }

    public sealed override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; }

    public sealed override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();

        // Generated code is left alone here: left to the compiler, the first finding in a file costs a search of the whole file for generated parts.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterCompilationStartAction(start =>
        {
            if (MsalLibrary.In(start.Compilation) is { } msal)
            {
                var tests = TestProject.IsOne(start.Compilation);

                // The last action on a file: what other analyzers had bound until then is not bound again.
                start.RegisterSemanticModelAction(file =>
                {
                    if (!tests || TestProject.IsJudged(file.Options.AnalyzerConfigOptionsProvider.GetOptions(file.SemanticModel.SyntaxTree)))
                        Judge(file, msal);
                });
                if (ForAdditionalFiles(start.Compilation, msal) is { } judge)
                {
                    start.RegisterAdditionalFileAction(file =>
                    {
                        if (!tests || TestProject.IsJudged(file.Options.AnalyzerConfigOptionsProvider.GetOptions(file.AdditionalFile)))
                            judge(file);
                    });
                }
            }
        });
    }

    /// <summary>How a category judges files that are no code, if it does.</summary>
    private protected virtual Action<AdditionalFileAnalysisContext>? ForAdditionalFiles(Compilation compilation, MsalLibrary msal) => null;

    private void Judge(SemanticModelAnalysisContext context, MsalLibrary msal)
    {
        if (context.IsGeneratedCode || context.SemanticModel.SyntaxTree.GetRoot(context.CancellationToken) is not CompilationUnitSyntax file)
            return;

        foreach (var unit in Units(file))
        {
            try
            {
                Judge(unit, context, msal);
            }
            catch (InsufficientExecutionStackException)
            {
                // Nobody writes code that is nested so deep: it is not judged.
            }
        }
    }

    private void Judge(SyntaxNode unit, SemanticModelAnalysisContext context, MsalLibrary msal)
    {
        if (TypeModel.Of(unit, context.SemanticModel, msal, context.CancellationToken) is not { } type)
            return;

        // Analyzers run concurrently on one model, and evidence is made on demand.
        lock (type)
        {
            foreach (var rule in _rules)
            {
                if (IsOn(rule.Descriptor, context))
                    rule.Judge(type, new Report(rule.Descriptor, type, context));
            }
        }
    }

    /// <summary>A rule that is off by default costs nothing where nobody has switched it on.</summary>
    private static bool IsOn(DiagnosticDescriptor rule, SemanticModelAnalysisContext context)
    {
        if (rule.IsEnabledByDefault)
            return true;

        var options = context.SemanticModel.Compilation.Options;
        return options.SpecificDiagnosticOptions.ContainsKey(rule.Id)
            || options.SyntaxTreeOptionsProvider is { } files
                && (files.TryGetDiagnosticValue(context.SemanticModel.SyntaxTree, rule.Id, context.CancellationToken, out _) || files.TryGetGlobalDiagnosticValue(rule.Id, context.CancellationToken, out _));
    }

    /// <summary>Each type of a file, with all the types inside it, and its top-level statements.</summary>
    private static IEnumerable<SyntaxNode> Units(CompilationUnitSyntax file)
    {
        if (file.Members.Any(SyntaxKind.GlobalStatement))
            yield return file;
        foreach (var type in file.DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax).OfType<TypeDeclarationSyntax>())
            yield return type;
    }
}
