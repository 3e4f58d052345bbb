using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MtlsPop.Gate.Documents;

/// <summary>The types of other blocks that a program mentions, with those that they mention.</summary>
internal static class OtherTypes
{
    public static IEnumerable<SyntaxTree> For(BlockProgram program, IReadOnlyList<ParsedBlock> blocks)
    {
        var declared = program.Blocks.SelectMany(block => block.Types).Select(type => type.Identifier.ValueText).ToHashSet();
        var waiting = new Queue<SyntaxNode>([program.Tree.GetRoot()]);
        List<SyntaxTree> trees = [];
        while (waiting.TryDequeue(out var node))
        {
            foreach (var name in node.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText).Distinct())
            {
                if (declared.Contains(name) || blocks.FirstOrDefault(block => block.Types.Any(type => type.Identifier.ValueText == name)) is not { } block)
                    continue;

                var types = block.Unit.WithMembers([.. block.Unit.Members.Where(member => member is not GlobalStatementSyntax)]);
                if (block.Types.Any(type => declared.Contains(type.Identifier.ValueText)))
                    continue;
                declared.UnionWith(block.Types.Select(type => type.Identifier.ValueText));
                trees.Add(CSharpSyntaxTree.Create(types, ParsedBlock.Options));
                waiting.Enqueue(types);
            }
        }

        return trees;
    }
}
