using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MtlsPop.Gate.Documents;

internal enum BlockShape
{
    /// <summary>A file: usings, types, or a program's statements.</summary>
    Unit,

    /// <summary>Members of a class that is not shown.</summary>
    Members,

    /// <summary>A part of a statement, such as some steps of a chain.</summary>
    Expression,
}

/// <summary>What a block is, as C#, and what it declares for the blocks after it.</summary>
internal sealed class ParsedBlock
{
    public static readonly CSharpParseOptions Options = new(LanguageVersion.Preview);

    private ParsedBlock(CodeBlock block, BlockShape shape, CompilationUnitSyntax unit, int errors)
    {
        Block = block;
        Shape = shape;
        Unit = unit;
        Errors = errors;
        UsingLines = shape == BlockShape.Unit && unit.Usings.Count > 0 ? unit.Usings[^1].GetLocation().GetLineSpan().EndLinePosition.Line + 1 : 0;
    }

    public CodeBlock Block { get; }

    public BlockShape Shape { get; }

    public CompilationUnitSyntax Unit { get; }

    /// <summary>How many of its lines hold the usings.</summary>
    public int UsingLines { get; private init; }

    public int Errors { get; }

    public bool IsProgram => Shape == BlockShape.Expression || Unit.Members.Any(SyntaxKind.GlobalStatement);

    /// <summary>All members are static: so is the class around them.</summary>
    public bool IsStatic => Members.All(member => member.Modifiers.Any(SyntaxKind.StaticKeyword) || member.Modifiers.Any(SyntaxKind.ConstKeyword) || member is BaseTypeDeclarationSyntax);

    public IEnumerable<BaseTypeDeclarationSyntax> Types => Shape == BlockShape.Unit ? Unit.DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax).OfType<BaseTypeDeclarationSyntax>() : [];

    private IEnumerable<MemberDeclarationSyntax> Members => Shape == BlockShape.Members ? ((ClassDeclarationSyntax)Unit.Members[0]).Members : [];

    /// <summary>The names that a block after it, or beside it, may use: locals of a program, members of a class.</summary>
    public IReadOnlySet<string> Declared => field ??= Names().ToHashSet();

    /// <summary>The reading of the block that leaves the fewest errors.</summary>
    public static ParsedBlock Of(CodeBlock block)
    {
        var text = string.Join('\n', block.Lines.Select(line => Elided(line.Text)));
        var unit = Parse(text);
        var asUnit = new ParsedBlock(block, BlockShape.Unit, unit, ErrorsOf(unit) + unit.Members.Count(member => member is BaseFieldDeclarationSyntax or BasePropertyDeclarationSyntax or BaseMethodDeclarationSyntax));
        if (asUnit.Errors == 0)
            return asUnit;

        // The usings stay outside of the class.
        var lines = text.Split('\n');
        var head = string.Join('\n', lines.Take(asUnit.UsingLines));
        var members = Parse($"{head}\nclass C\n{{\n{string.Join('\n', lines.Skip(asUnit.UsingLines))}\n}}");
        var expression = Parse($"_ =\n{text}\n;");
        ParsedBlock[] readings =
        [
            asUnit,
            new(block, BlockShape.Members, members, ErrorsOf(members)) { UsingLines = asUnit.UsingLines },
            new(block, BlockShape.Expression, expression, ErrorsOf(expression)),
        ];
        return readings.MinBy(reading => reading.Errors)!;
    }

    /// <summary>A line that says that something is left out, as a comment; any other line as it is.</summary>
    public static string Elided(string line) => line.Trim() switch
    {
        "..." => line.Replace("...", "//.", StringComparison.Ordinal),
        "…" => line.Replace("…", "//…", StringComparison.Ordinal),
        _ => line,
    };

    /// <summary>The line as it stood in the document.</summary>
    public static string Restored(string line) => line.Trim() switch
    {
        "//." => line.Replace("//.", "...", StringComparison.Ordinal),
        "//…" => line.Replace("//…", "…", StringComparison.Ordinal),
        _ => line,
    };

    private static CompilationUnitSyntax Parse(string text) => (CompilationUnitSyntax)CSharpSyntaxTree.ParseText(text, Options).GetRoot();

    private static int ErrorsOf(SyntaxNode root) => root.GetDiagnostics().Count(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    private IEnumerable<string> Names()
    {
        if (Shape == BlockShape.Members)
        {
            return Members.SelectMany(member => member switch
            {
                MethodDeclarationSyntax method => [method.Identifier.ValueText],
                PropertyDeclarationSyntax property => [property.Identifier.ValueText],
                BaseFieldDeclarationSyntax field => field.Declaration.Variables.Select(variable => variable.Identifier.ValueText),
                _ => [],
            });
        }

        return Unit.Members.OfType<GlobalStatementSyntax>()
            .SelectMany(statement => statement.DescendantNodes(HasScopeOfTheBlock))
            .Select(node => node switch
            {
                VariableDeclaratorSyntax variable => variable.Identifier.ValueText,
                SingleVariableDesignationSyntax variable => variable.Identifier.ValueText,
                LocalFunctionStatementSyntax function => function.Identifier.ValueText,
                _ => "",
            })
            .Where(name => name.Length > 0);
    }

    /// <summary>What is declared in the node is seen in the statements after it.</summary>
    private static bool HasScopeOfTheBlock(SyntaxNode node) =>
        node is not (BlockSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or UsingStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax or TryStatementSyntax);
}
