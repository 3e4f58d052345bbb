using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using MtlsPop.Gate.Scanning;

namespace MtlsPop.Gate.Judging;

/// <summary>The source around findings. Each file is read once.</summary>
internal sealed partial class SourceFiles
{
    private const int LinesAround = 2;
    private const int LongestLine = 300;

    private readonly Dictionary<string, (SourceText Text, SyntaxNode? Root)?> _files = [];

    public SourceContext ContextOf(Place place)
    {
        if (Open(place.File) is not var (text, root) || place.Line > text.Lines.Count)
            return SourceContext.None;

        var first = Math.Max(1, place.Line - LinesAround);
        var last = Math.Min(text.Lines.Count, place.EndLine + LinesAround);
        List<string> lines = [.. Enumerable.Range(first, last - first + 1).Select(line => text.Lines[line - 1].ToString()).Select(line => line.Length > LongestLine ? line[..LongestLine] : line)];
        return root is not null && TokenAt(text, root, place) is { } token
            ? new SourceContext(MemberOf(token), ExpressionAt(token), first, lines)
            : new SourceContext("", Normalized(text.Lines[place.Line - 1].ToString()), first, lines);
    }

    /// <summary>Where a finding is suppressed, and why; the attribute's justification is known already.</summary>
    public Suppression SuppressionOf(Place place, string rule, string? justification)
    {
        if (Open(place.File) is not var (text, root) || root is null || TokenAt(text, root, place) is not { } token)
            return new Suppression(null, Reason(justification));

        if (AttributeOn(token, rule) is { } attribute)
            return new Suppression(PlaceOf(place.File, attribute.GetLocation()), Reason(justification));
        if (PragmaBefore(root, token.SpanStart, rule) is { } pragma)
            return new Suppression(PlaceOf(place.File, pragma.GetLocation()), Reason(TrailingComment(pragma)));
        return GlobalSuppression(place.File, rule) is { } global ? new Suppression(global, Reason(justification)) : new Suppression(null, Reason(justification));
    }

    /// <summary>What the comment says beside the directive that suppresses a rule at a position.</summary>
    public static string? PragmaReason(SyntaxNode root, int position, string rule) => PragmaBefore(root, position, rule) is { } pragma ? Reason(TrailingComment(pragma)) : null;

    private static AttributeSyntax? AttributeOn(SyntaxToken token, string rule) => token.Parent?.AncestorsAndSelf()
        .OfType<MemberDeclarationSyntax>()
        .SelectMany(member => member.AttributeLists)
        .SelectMany(list => list.Attributes)
        .FirstOrDefault(attribute => attribute.Name.ToString().Contains("SuppressMessage", StringComparison.Ordinal) && attribute.ToString().Contains(rule, StringComparison.Ordinal));

    private static PragmaWarningDirectiveTriviaSyntax? PragmaBefore(SyntaxNode root, int position, string rule) => root
        .DescendantTrivia(descendIntoTrivia: false)
        .TakeWhile(trivia => trivia.SpanStart < position)
        .Select(trivia => trivia.GetStructure())
        .OfType<PragmaWarningDirectiveTriviaSyntax>()
        .LastOrDefault(pragma => pragma.DisableOrRestoreKeyword.IsKind(SyntaxKind.DisableKeyword)
            && (pragma.ErrorCodes.Count == 0 || pragma.ErrorCodes.Any(code => code.ToString() == rule)));

    private static string? TrailingComment(PragmaWarningDirectiveTriviaSyntax pragma) => pragma.DescendantTrivia()
        .Where(trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia))
        .Select(trivia => trivia.ToString().TrimStart('/').Trim())
        .FirstOrDefault();

    /// <summary>A reason that says something: the IDE writes a placeholder where its user wrote nothing.</summary>
    private static string? Reason(string? text) => string.IsNullOrWhiteSpace(text) || text is "<Pending>" ? null : text;

    private static Place? GlobalSuppression(string file, string rule)
    {
        for (var folder = Path.GetDirectoryName(file); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var suppressions = Path.Combine(folder, "GlobalSuppressions.cs");
            if (!File.Exists(suppressions))
                continue;
            var line = File.ReadLines(suppressions).TakeWhile(line => !line.Contains(rule, StringComparison.Ordinal)).Count() + 1;
            return new Place(suppressions, line, 1, line, 1);
        }

        return null;
    }

    private static SyntaxToken? TokenAt(SourceText text, SyntaxNode root, Place place)
    {
        var line = text.Lines[place.Line - 1];
        var position = Math.Min(line.Start + Math.Max(0, place.Column - 1), line.End);
        return root.FullSpan.Contains(position) ? root.FindToken(position) : null;
    }

    private static string MemberOf(SyntaxToken token)
    {
        var names = token.Parent!.AncestorsAndSelf().Select(node => node switch
        {
            BaseNamespaceDeclarationSyntax space => space.Name.ToString(),
            BaseTypeDeclarationSyntax type => type.Identifier.ValueText,
            MethodDeclarationSyntax method => method.Identifier.ValueText,
            ConstructorDeclarationSyntax => ".ctor",
            PropertyDeclarationSyntax property => property.Identifier.ValueText,
            VariableDeclaratorSyntax { Parent.Parent: BaseFieldDeclarationSyntax } field => field.Identifier.ValueText,
            _ => null,
        });
        return string.Join('.', names.Where(name => name is not null).Reverse());
    }

    /// <summary>The expression that ends with the token, such as a chain up to the step at fault; without it, the line of code that the token is in.</summary>
    private static string ExpressionAt(SyntaxToken token)
    {
        SyntaxNode node = token.Parent!;
        while (node is SimpleNameSyntax or MemberAccessExpressionSyntax && node.Parent is ExpressionSyntax or VariableDeclaratorSyntax)
            node = node.Parent;
        return Normalized(node.ToString());
    }

    private static string Normalized(string code) => Whitespace().Replace(code, "");

    private static Place PlaceOf(string file, Location location)
    {
        var span = location.GetLineSpan();
        return new Place(file, span.StartLinePosition.Line + 1, span.StartLinePosition.Character + 1, span.EndLinePosition.Line + 1, span.EndLinePosition.Character + 1);
    }

    private (SourceText Text, SyntaxNode? Root)? Open(string file)
    {
        if (_files.TryGetValue(file, out var known))
            return known;
        if (!File.Exists(file))
            return _files[file] = null;

        var text = SourceText.From(File.ReadAllText(file));
        var isCode = Path.GetExtension(file).Equals(".cs", StringComparison.OrdinalIgnoreCase);
        return _files[file] = (text, isCode ? CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Preview)).GetRoot() : null);
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Whitespace();
}
