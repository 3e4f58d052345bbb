using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace MtlsPop.Testing.Tests;

/// <summary>A sound analyzer of one small rule: a class name starts with a capital. The harness must pass it, and fail its unsound descendants.</summary>
public class ClassNames : DiagnosticAnalyzer
{
    public static readonly DiagnosticDescriptor Rule = new(
        "T0001", "Start a class name with a capital", "'{0}' starts in lower case", "Naming", DiagnosticSeverity.Warning, isEnabledByDefault: true);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Rule];

    protected virtual GeneratedCodeAnalysisFlags GeneratedCode => GeneratedCodeAnalysisFlags.None;

    public sealed override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCode);
        context.RegisterSyntaxNodeAction(
            node =>
            {
                var name = ((ClassDeclarationSyntax)node.Node).Identifier;
                if (char.IsLower(name.Text[0]))
                    Report(node, name);
            },
            SyntaxKind.ClassDeclaration);
    }

    protected virtual void Report(SyntaxNodeAnalysisContext context, SyntaxToken name) =>
        context.ReportDiagnostic(Diagnostic.Create(Rule, name.GetLocation(), name.Text));
}

public sealed class ThrowingAnalyzer : ClassNames
{
    protected override void Report(SyntaxNodeAnalysisContext context, SyntaxToken name) => throw new InvalidDataException("thrown by the analyzer");
}

public sealed class AnalyzerOfGeneratedCode : ClassNames
{
    protected override GeneratedCodeAnalysisFlags GeneratedCode => GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics;
}

/// <summary>Its location is a path and a position, in no tree, so that no pragma reaches it.</summary>
public sealed class AnalyzerOutOfReachOfPragmas : ClassNames
{
    protected override void Report(SyntaxNodeAnalysisContext context, SyntaxToken name)
    {
        var location = name.GetLocation();
        var detached = Location.Create(location.GetLineSpan().Path, location.SourceSpan, location.GetLineSpan().Span);
        context.ReportDiagnostic(Diagnostic.Create(Rule, detached, name.Text));
    }
}

public sealed class AnalyzerWithAdditionalLocation : ClassNames
{
    protected override void Report(SyntaxNodeAnalysisContext context, SyntaxToken name) => context.ReportDiagnostic(
        Diagnostic.Create(Rule, name.GetLocation(), additionalLocations: [((ClassDeclarationSyntax)name.Parent!).Keyword.GetLocation()], messageArgs: [name.Text]));
}

public sealed class AnalyzerWithOption : ClassNames
{
    protected override void Report(SyntaxNodeAnalysisContext context, SyntaxToken name)
    {
        var options = context.Options.AnalyzerConfigOptionsProvider.GetOptions(context.Node.SyntaxTree);
        if (!options.TryGetValue("lower_case_allowed", out var allowed) || allowed != name.Text)
            base.Report(context, name);
    }
}

public sealed class AnalyzerOfAdditionalFiles : DiagnosticAnalyzer
{
    public static readonly DiagnosticDescriptor Rule = new(
        "T0002", "Fill the file", "The file is empty", "Naming", DiagnosticSeverity.Warning, isEnabledByDefault: false);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Rule];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterAdditionalFileAction(file => file.ReportDiagnostic(
            Diagnostic.Create(Rule, Location.Create(file.AdditionalFile.Path, default, default))));
    }
}
