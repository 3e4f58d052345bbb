using MtlsPop.Analyzers.Msal;
using MtlsPop.Analyzers.Syntax;

namespace MtlsPop.CodeFixes.Conventions;

[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class DirectFlowCalledLegFix() : SolutionCodeFix(Rules.DirectFlowCalledLeg)
{
    private const string Name = "MPOP5007.Name";

    private protected override async Task<SolutionEdit?> PlanAsync(Document document, FixContext context)
    {
        var span = context.Diagnostic.Location.SourceSpan;
        var solution = document.Project.Solution;
        if (context.Token.Span.Contains(span))
        {
            return context.Semantics.GetDeclaredSymbol(context.Token.Parent!, context.Cancellation) is { } symbol
                && IdentifierWords.NameLeg(symbol.Name)
                && NewName(context, symbol) is { } name
                ? new SolutionEdit(Name, $"Rename to '{name}'", cancellation =>
                    Renamer.RenameSymbolAsync(solution, symbol, default, name, cancellation))
                : null;
        }

        var text = await document.GetTextAsync(context.Cancellation).ConfigureAwait(false);
        var words = text.ToString(span);
        var reworded = Reworded(words);
        return IdentifierWords.NameLeg(words)
            ? new SolutionEdit(Name, $"Say '{reworded}'", _ =>
                Task.FromResult(solution.WithDocumentText(document.Id, text.WithChanges(new TextChange(span, reworded)))))
            : null;
    }

    private static string NewName(FixContext context, ISymbol symbol)
    {
        var rest = IdentifierWords.WithoutLeg(symbol.Name);
        if (rest.Trim('_') is "" or "Async" or "async")
            rest = Styled(symbol.Name, Kind(symbol)) + (rest.Length > 0 ? "Async" : "");

        var scope = symbol is ILocalSymbol or IParameterSymbol
            ? context.Token.Parent!.FirstAncestorOrSelf<MemberDeclarationSyntax>(member => member is not GlobalStatementSyntax)
                ?? context.Root
            : context.Token.Parent!.AncestorsAndSelf().OfType<TypeDeclarationSyntax>().Last();
        return FreshName.In(
            scope,
            context,
            rest,
            Styled(symbol.Name, "direct" + char.ToUpperInvariant(rest.TrimStart('_')[0]) + rest.TrimStart('_').Substring(1)));
    }

    /// <summary>What is there, when the name does not say.</summary>
    private static string Kind(ISymbol symbol)
    {
        var type = symbol switch
        {
            ILocalSymbol local => local.Type.Name,
            IParameterSymbol parameter => parameter.Type.Name,
            IFieldSymbol field => field.Type.Name,
            IPropertySymbol property => property.Type.Name,
            _ => "",
        };
        return type switch
        {
            "" => "acquireToken",
            MsalNames.AuthenticationResult => "result",
            "String" => "token",
            "X509Certificate2" => "certificate",
            _ when type.EndsWith("Application", StringComparison.Ordinal) => "app",
            _ when type.EndsWith("Builder", StringComparison.Ordinal) => "request",
            _ => "acquisition",
        };
    }

    private static string Styled(string like, string name)
    {
        var underscores = like.Substring(0, like.Length - like.TrimStart('_').Length);
        return underscores + (char.IsUpper(like.TrimStart('_')[0]) ? char.ToUpperInvariant(name[0]) + name.Substring(1) : name);
    }

    /// <summary>A name in the comment is written as it will be; any other mention becomes the plain term.</summary>
    private static string Reworded(string words)
    {
        if (IdentifierWords.WithoutLeg(words) is { Length: > 0 } name)
            return name;

        var term = IdentifierWords.Of(words) switch
        {
            ["two" or "single", "leg"] => "direct",
            var all when all.Contains("legs") => "direct acquisitions",
            _ => "direct acquisition",
        };
        return char.IsUpper(words[0]) ? char.ToUpperInvariant(term[0]) + term.Substring(1) : term;
    }
}
