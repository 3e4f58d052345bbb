using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MtlsPop.Gate.Scanning;

namespace MtlsPop.Gate.Documents.Checks;

/// <summary>A block that states usings states all that it needs; of the others, what they need is stated somewhere.</summary>
internal static partial class NamespaceCheck
{
    public const string Item = "namespaces";

    public static IEnumerable<LoggedResult> Of(CheckedDocument document)
    {
        if (!document.Binds)
            yield break;

        var stated = new HashSet<string>(document.Programs.SelectMany(program => program.Program.Blocks).SelectMany(StatedIn));
        var told = new HashSet<string>();
        foreach (var compiled in document.Programs)
        {
            var model = compiled.Model;
            foreach (var block in compiled.Program.Blocks)
            {
                if (LeftOut().IsMatch(block.Block.Text))
                    continue;

                var own = StatedIn(block).ToHashSet();
                var used = UsedIn(block, compiled.Program, model).ToList();
                var missing = used.Where(use => !(own.Count > 0 ? own : stated).Contains(use.Namespace)).DistinctBy(use => use.Namespace).ToList();
                foreach (var (name, space, place) in missing)
                {
                    if (own.Count > 0 || told.Add(space))
                        yield return DocumentCheck.Fault(DocumentRules.NamespaceNotNamed, place, name, space);
                }

                if (used.Count > 0 && missing.Count == 0)
                    yield return DocumentCheck.Evidence(Item, used[0].Place);
            }
        }
    }

    public static IEnumerable<string> StatedIn(ParsedBlock block) => block.Unit.Usings.Select(directive => directive.Name?.ToString() ?? "");

    /// <summary>What the block names of namespaces that a project does not have by itself.</summary>
    public static IEnumerable<(string Name, string Namespace, Place Place)> UsedIn(ParsedBlock block, BlockProgram program, SemanticModel model) =>
        from name in program.Tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>()
        where name is not IdentifierNameSyntax { IsVar: true } && !name.Ancestors().OfType<UsingDirectiveSyntax>().Any()
        let place = program.PlaceOf(name.GetLocation())
        where place is not null && place.Line >= block.Block.FirstLine && place.Line <= block.Block.Lines[^1].Number
        let space = NamespaceOf(name, model)
        where space is not null
        select (name.Identifier.ValueText, space, place);

    /// <summary>The namespace that must be in use for the name; null where it is none of the given ones, or is written out.</summary>
    private static string? NamespaceOf(SimpleNameSyntax name, SemanticModel model)
    {
        var symbol = model.GetSymbolInfo(name).Symbol;
        var declaring = symbol switch
        {
            INamedTypeSymbol type when !IsQualified(name, model) => type,
            IMethodSymbol { MethodKind: MethodKind.Constructor } when name.Parent is ObjectCreationExpressionSyntax or AttributeSyntax => symbol.ContainingType,
            IMethodSymbol { ReducedFrom: { } extension } => extension.ContainingType,
            _ => null,
        };
        return declaring?.ContainingNamespace?.ToDisplayString() is { } space && GivenNamespaces.All.Contains(space) && !GivenNamespaces.Implicit.Contains(space) ? space : null;
    }

    private static bool IsQualified(SimpleNameSyntax name, SemanticModel model) => name.Parent switch
    {
        QualifiedNameSyntax qualified => qualified.Right == name,
        MemberAccessExpressionSyntax access => access.Name == name && model.GetSymbolInfo(access.Expression).Symbol is INamespaceSymbol,
        AliasQualifiedNameSyntax => true,
        _ => false,
    };

    [GeneratedRegex(@"//.*\b(usings?|namespaces?|imports?)\b.*\b(omitted|left out|above|brevity|elided)\b|//.*\b(omitted|left out|elided)\b.*\b(usings?|namespaces?|imports?)\b", RegexOptions.IgnoreCase)]
    private static partial Regex LeftOut();
}
