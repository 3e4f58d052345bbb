using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;

namespace MtlsPop.Testing.Tests;

/// <summary>A sound fix of <see cref="ClassNames"/>; its descendants are not.</summary>
public class CapitalizeFix : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds => [ClassNames.Rule.Id];

    public override FixAllProvider? GetFixAllProvider() => FixAllProvider.Create(
        async (all, document, diagnostics) => await ApplyAsync(document, Fixed(diagnostics), all.CancellationToken));

    public sealed override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
            context.RegisterCodeFix(CodeAction.Create("Capitalize", token => ApplyAsync(context.Document, [diagnostic], token), "capitalize"), diagnostic);
        return Task.CompletedTask;
    }

    protected virtual IEnumerable<Diagnostic> Fixed(ImmutableArray<Diagnostic> diagnostics) => diagnostics;

    protected virtual SyntaxToken Name(string name) => SyntaxFactory.Identifier(char.ToUpperInvariant(name[0]) + name[1..]);

    private async Task<Document> ApplyAsync(Document document, IEnumerable<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        var root = (await document.GetSyntaxRootAsync(cancellationToken))!;
        var names = diagnostics.Select(diagnostic => root.FindToken(diagnostic.Location.SourceSpan.Start));
        return document.WithSyntaxRoot(root.ReplaceTokens(names, (_, name) => Name(name.Text).WithTriviaFrom(name)));
    }
}

public sealed class FixThatDoesNotCompile : CapitalizeFix
{
    protected override SyntaxToken Name(string name) => SyntaxFactory.Identifier("Object : Missing");
}

public sealed class FixThatLeavesTheDiagnostic : CapitalizeFix
{
    protected override SyntaxToken Name(string name) => SyntaxFactory.Identifier("other");
}

public sealed class FixOfUnparsableTree : CapitalizeFix
{
    protected override SyntaxToken Name(string name) => SyntaxFactory.Identifier("Person { } class Other");
}

public sealed class FixAllThatLosesFixes : CapitalizeFix
{
    protected override IEnumerable<Diagnostic> Fixed(ImmutableArray<Diagnostic> diagnostics) => diagnostics.Take(1);
}

public sealed class FixWithoutFixAll : CapitalizeFix
{
    public override FixAllProvider? GetFixAllProvider() => null;
}

public sealed class FixAllButInProject : CapitalizeFix
{
    public override FixAllProvider? GetFixAllProvider() => new FixAllBut(FixAllScope.Project, base.GetFixAllProvider()!);
}

public sealed class FixAllButInSolution : CapitalizeFix
{
    public override FixAllProvider? GetFixAllProvider() => new FixAllBut(FixAllScope.Solution, base.GetFixAllProvider()!);
}

public sealed class FixOfAnotherDiagnostic : CapitalizeFix
{
    public override ImmutableArray<string> FixableDiagnosticIds => ["T0003"];
}

file sealed class FixAllBut(FixAllScope scope, FixAllProvider sound) : FixAllProvider
{
    public override async Task<CodeAction?> GetFixAsync(FixAllContext fixAllContext) =>
        fixAllContext.Scope == scope ? null : await sound.GetFixAsync(fixAllContext);
}
