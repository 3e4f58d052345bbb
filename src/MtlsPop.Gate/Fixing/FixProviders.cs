using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using MtlsPop.CodeFixes.Framework;

namespace MtlsPop.Gate.Fixing;

/// <summary>The fixes of the package, applied in memory.</summary>
internal static class FixProviders
{
    private static readonly ILookup<string, CodeFixProvider> _fixes = typeof(EditorCodeFix).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(CodeFixProvider)) && !type.IsAbstract && type.IsPublic)
        .Select(type => (CodeFixProvider)Activator.CreateInstance(type)!)
        .SelectMany(fix => fix.FixableDiagnosticIds.Select(id => (fix, id)))
        .ToLookup(pair => pair.id, pair => pair.fix);

    public static bool Exist(string rule) => _fixes.Contains(rule);

    /// <summary>The solution as the first action that is offered leaves it; null where none is.</summary>
    public static async Task<Solution?> ApplyAsync(Document document, Diagnostic diagnostic, CancellationToken cancellation)
    {
        foreach (var fix in _fixes[diagnostic.Id])
        {
            CodeAction? offered = null;
            var context = new CodeFixContext(document, diagnostic.Location.SourceSpan, [diagnostic], (action, _) => offered ??= action, cancellation);
            await fix.RegisterCodeFixesAsync(context).ConfigureAwait(false);
            if (offered is null)
                continue;

            var operations = await offered.GetOperationsAsync(cancellation).ConfigureAwait(false);
            if (operations.OfType<ApplyChangesOperation>().FirstOrDefault() is { } change)
                return change.ChangedSolution;
        }

        return null;
    }
}
