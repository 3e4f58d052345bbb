using MtlsPop.Analyzers.Conventions;
using MtlsPop.Analyzers.Flow;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.CodeFixes.Conventions;

[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class CancellationNotOfferedFix() : SolutionCodeFix(Rules.CancellationNotOffered)
{
    private const string Offer = "MPOP5003.Offer";
    private const string Token = "cancellationToken";

    private protected override async Task<SolutionEdit?> PlanAsync(Document document, FixContext context)
    {
        if (context.Token.Parent is not MethodDeclarationSyntax declaration
            || context.Semantics.GetDeclaredSymbol(declaration, context.Cancellation) is not { } method
            || await MethodFamily.OfAsync(method, document.Project.Solution, context.Cancellation).ConfigureAwait(false) is not { } family
            || !family.Members.All(member => CanOffer(member.Syntax, member.Symbol)))
            return null;

        return new SolutionEdit(Offer, "Take a cancellation token, and pass it on", cancellation =>
            ApplyAsync(document.Project.Solution, family, cancellation));
    }

    private static bool CanOffer(MethodDeclarationSyntax declaration, IMethodSymbol method) =>
        !declaration.Modifiers.Any(SyntaxKind.PartialKeyword)
        && !declaration.ContainsDirectives
        && !method.Parameters.Any(parameter => parameter.IsParams)
        && !CancellationParameter.AcceptsToken(method)
        && !declaration.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == Token)
        && !method.ContainingType.GetMembers(method.Name)
            .Any(other => other is IMethodSymbol overload && overload.Parameters.Length > method.Parameters.Length);

    private static async Task<Solution> ApplyAsync(Solution solution, MethodFamily family, CancellationToken cancellation)
    {
        var changed = solution;
        foreach (var id in family.Members.Select(member => member.Document.Id).Concat(family.Calls.Select(call => call.Document.Id)).Distinct().ToList())
        {
            var members = family.Members.Where(member => member.Document.Id == id).Select(member => member.Syntax).ToList();
            var calls = family.Calls.Where(call => call.Document.Id == id).Select(call => call.Syntax).ToList();
            changed = changed.WithDocumentText(
                id,
                await EditAsync(solution.GetDocument(id)!, members, calls, cancellation).ConfigureAwait(false));
        }

        return changed;
    }

    private static async Task<SourceText> EditAsync(
        Document document, List<MethodDeclarationSyntax> members, List<InvocationExpressionSyntax> calls, CancellationToken cancellation)
    {
        var editor = await DocumentEditor.CreateAsync(document, cancellation).ConfigureAwait(false);
        var semantics = editor.SemanticModel;
        var given = calls
            .Select(call => (Call: call, Token: TokenFor(call)))
            .Where(given => given.Token is not null)
            .Select(given => (given.Call, Argument: Argument(given.Call, given.Token!, semantics)));
        var msal = MsalLibrary.In(semantics.Compilation);
        given = given.Concat(
            from member in members
            let body = semantics.GetOperation(member, cancellation)
            where body is not null
            from call in CancellableCall.In(BodyOperations.Of(body), semantics, IsMeant, cancellation)
            where members.Exists(method => IsDeclaredBy(call.Decider, method)) && !calls.Contains(call.Call)
            let argument = ArgumentLists.ForToken(call.Call, Token, semantics)
            where argument is not null
            select (call.Call, argument));

        // Inner calls first: an outer one then sees what became of them.
        foreach (var (call, argument) in given.OrderByDescending(given => given.Call.SpanStart).ToList())
            editor.ReplaceNode(call.ArgumentList, (current, _) => ArgumentLists.Append((ArgumentListSyntax)current, argument));
        foreach (var member in members.OrderByDescending(member => member.SpanStart))
            editor.ReplaceNode(member, (current, _) => Offering((MethodDeclarationSyntax)current, document.Project.ParseOptions));

        var usings = new SortedSet<string>(StringComparer.Ordinal);
        if (members.Exists(member => semantics.LookupNamespacesAndTypes(member.SpanStart, name: nameof(CancellationToken)).Length == 0))
            usings.Add("System.Threading");
        if (members.Exists(member => IsStream(member) && semantics.LookupNamespacesAndTypes(member.SpanStart, name: "EnumeratorCancellationAttribute").Length == 0))
            usings.Add("System.Runtime.CompilerServices");
        var text = await document.GetTextAsync(cancellation).ConfigureAwait(false);
        return UsingDirectives.Add(editor.GetChangedRoot(), usings).GetText(text.Encoding, text.ChecksumAlgorithm);

        // The requests, and what the project itself declares and lets take a token.
        bool IsMeant(IMethodSymbol method) => (msal is not null && CancellableCall.IsRequest(method, msal))
            || method.DeclaringSyntaxReferences.Length > 0;

        string? TokenFor(InvocationExpressionSyntax call)
        {
            var decider = CancellationParameter.EnclosingCancellableFunction(call, semantics, cancellation);
            return members.Exists(member => IsDeclaredBy(decider, member)) ? Token : CancellationParameter.Of(decider)?.Expression;
        }

        bool IsDeclaredBy(IMethodSymbol? method, MethodDeclarationSyntax declaration) =>
            method?.DeclaringSyntaxReferences is [var reference] && reference.GetSyntax(cancellation) == declaration;
    }

    /// <summary>The token goes last: by position when all arguments before it are there and in order, else by name.</summary>
    private static ArgumentSyntax Argument(InvocationExpressionSyntax call, string token, SemanticModel semantics)
    {
        var argument = SyntaxFactory.Argument(SyntaxFactory.ParseExpression(token));
        var inOrder = semantics.GetSymbolInfo(call).Symbol is IMethodSymbol method
            && method.Parameters.Length == call.ArgumentList.Arguments.Count
            && call.ArgumentList.Arguments.All(given => given.NameColon is null);
        return inOrder
            ? argument
            : argument.WithNameColon(
                SyntaxFactory.NameColon(Token)
                    .WithColonToken(SyntaxFactory.Token(SyntaxKind.ColonToken).WithTrailingTrivia(SyntaxFactory.Space)));
    }

    private static MethodDeclarationSyntax Offering(MethodDeclarationSyntax method, ParseOptions? options)
    {
        var value = options is CSharpParseOptions { LanguageVersion: < LanguageVersion.CSharp7_1 }
            ? $" = default({nameof(CancellationToken)})"
            : " = default";
        if (method.ExplicitInterfaceSpecifier is not null)
            value = "";
        var attribute = IsStream(method) ? "[EnumeratorCancellation] " : "";
        var parameter = SyntaxFactory.ParseParameterList($"({attribute}{nameof(CancellationToken)} {Token}{value})").Parameters[0];
        var list = method.ParameterList.WithParameters(ArgumentLists.Append(method.ParameterList.Parameters, parameter));
        return method.WithParameterList(list).WithLeadingTrivia(Documented(method.GetLeadingTrivia()));
    }

    /// <summary>An asynchronous sequence takes the token of whoever enumerates it.</summary>
    private static bool IsStream(MethodDeclarationSyntax method) =>
        method.Modifiers.Any(SyntaxKind.AsyncKeyword) && method.ReturnType.ToString().Contains("IAsyncEnumerable");

    /// <summary>Where the other parameters are documented, so is this one.</summary>
    private static SyntaxTriviaList Documented(SyntaxTriviaList trivia)
    {
        const string End = "</param>";
        var text = trivia.ToFullString();
        var end = text.LastIndexOf(End, StringComparison.Ordinal);
        if (end < 0)
            return trivia;

        var start = text.LastIndexOf("<param", end, StringComparison.Ordinal);
        var line = text.LastIndexOf('\n', start) + 1;
        var endOfLine = text.Contains("\r\n") ? "\r\n" : "\n";
        var added = $"{endOfLine}{text.Substring(line, start - line)}<param name=\"{Token}\">Says when to give up.</param>";
        return SyntaxFactory.ParseLeadingTrivia(text.Insert(end + End.Length, added));
    }
}
