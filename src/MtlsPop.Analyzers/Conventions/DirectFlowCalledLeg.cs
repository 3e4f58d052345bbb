using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using MtlsPop.Analyzers.Flow;
using MtlsPop.Analyzers.Framework;
using MtlsPop.Analyzers.Model;
using MtlsPop.Analyzers.Msal;
using MtlsPop.Analyzers.Syntax;

namespace MtlsPop.Analyzers.Conventions;

/// <summary>
/// A token that nothing is exchanged for is called a leg.
/// <para>Reports: the word leg in a name or a comment of a bound request, in a type that exchanges nothing.</para>
/// <para>Leaves alone: types that mention an assertion or a token exchange; names that other types give.</para>
/// </summary>
internal sealed class DirectFlowCalledLeg() : Rule<LegInName>(Rules.DirectFlowCalledLeg)
{
    protected override IEnumerable<LegInName> Find(TypeModel type, CancellationToken cancellation) => LegInName.In(type, cancellation);

    protected override void Judge(LegInName word, Report report) => report.Add(new Finding(word.Around, word.Text) { Location = word.Place });
}

/// <summary>The word "leg" in a name or a comment of a bound token's direct acquisition, in a type that exchanges nothing.</summary>
internal sealed class LegInName(Location place, SyntaxNode around, string text)
{
    public Location Place => place;

    /// <summary>The code that it is about.</summary>
    public SyntaxNode Around => around;

    public string Text => text;

    public static IEnumerable<LegInName> In(TypeModel model, CancellationToken cancellation)
    {
        if (!(Mentions.Word(model.Node, "leg") || Mentions.Word(model.Node, "Leg") || Mentions.Word(model.Node, "LEG"))
            || Mentions.Word(model.Node, "Assertion") || Mentions.Word(model.Node, "TokenExchange")
            || model.Requests.Any(request => request.ForExchange == ThreeState.Yes)
            || !model.SecondLegs.IsEmpty)
            yield break;

        foreach (var request in model.Requests)
        {
            var body = BindingCode.Of(model, cancellation).Bodies.FirstOrDefault(body => body.Contains(request.Execution));
            if (body is null || request is not { Bound: ThreeState.Yes, ForExchange: ThreeState.No })
                continue;

            foreach (var name in Names(request, body, model, cancellation))
            {
                if (IdentifierWords.NameLeg(name.ValueText))
                    yield return new LegInName(name.GetLocation(), name.Parent!, name.ValueText);
            }

            foreach (var comment in Comments(request.Execution, body))
            {
                foreach (var span in IdentifierWords.Legs(comment.ToFullString()))
                {
                    var place = new TextSpan(comment.FullSpan.Start + span.Start, span.Length);
                    yield return new LegInName(Location.Create(model.Node.SyntaxTree, place), request.Execution, comment.ToFullString().Substring(span.Start, span.Length));
                }
            }
        }
    }

    /// <summary>Where the names are declared: of the method, of the application, and of what holds the request or its outcome.</summary>
    private static IEnumerable<SyntaxToken> Names(TokenRequest request, SyntaxNode body, TypeModel model, CancellationToken cancellation)
    {
        if (request.Beginning.Syntax is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var app } }
            && model.Requests.All(other => other.ForExchange == ThreeState.No)
            && model.Semantics.GetSymbolInfo(app, cancellation).Symbol is (IFieldSymbol or IPropertySymbol) and { DeclaringSyntaxReferences: [var declaration] }
            && declaration.SyntaxTree == body.SyntaxTree
            && NameOf(declaration.GetSyntax(cancellation)) is { RawKind: not 0 } field)
            yield return field;

        foreach (var declared in body.DescendantNodesAndSelf())
        {
            if (NameOf(declared) is not { RawKind: not 0 } name || !IdentifierWords.NameLeg(name.ValueText))
                continue;

            switch (model.Semantics.GetDeclaredSymbol(declared, cancellation))
            {
                case IMethodSymbol { IsOverride: false, ExplicitInterfaceImplementations.IsEmpty: true } when declared.Contains(request.Execution):
                case ILocalSymbol local when IsOfRequest(local.Type, declared, model):
                case IParameterSymbol parameter when IsOfRequest(parameter.Type, declared, model):
                    yield return name;
                    break;
            }
        }
    }

    private static SyntaxToken NameOf(SyntaxNode declaration) => declaration switch
    {
        VariableDeclaratorSyntax variable => variable.Identifier,
        SingleVariableDesignationSyntax variable => variable.Identifier,
        ParameterSyntax parameter => parameter.Identifier,
        PropertyDeclarationSyntax property => property.Identifier,
        MethodDeclarationSyntax method => method.Identifier,
        LocalFunctionStatementSyntax function => function.Identifier,
        _ => default,
    };

    private static bool IsOfRequest(ITypeSymbol type, SyntaxNode declared, TypeModel model) =>
        model.Msal.OwnsType(type)
        || (type is INamedTypeSymbol { TypeArguments: [var inner] } && model.Msal.OwnsType(inner))
        || (declared is VariableDeclaratorSyntax { Initializer.Value: MemberAccessExpressionSyntax { Name.Identifier.ValueText: MsalNames.AccessToken or MsalNames.BindingCertificate } });

    /// <summary>Those above the method, and those of the statement that makes the request.</summary>
    private static IEnumerable<SyntaxTrivia> Comments(SyntaxNode execution, SyntaxNode body)
    {
        var member = body.FirstAncestorOrSelf<MemberDeclarationSyntax>();
        var statement = execution.FirstAncestorOrSelf<StatementSyntax>() ?? (SyntaxNode?)member ?? execution;
        var trivia = statement.DescendantTrivia();
        if (member is not null and not GlobalStatementSyntax && member != statement)
            trivia = trivia.Concat(member.GetLeadingTrivia());
        return trivia.Where(piece => piece.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia or SyntaxKind.SingleLineDocumentationCommentTrivia or SyntaxKind.MultiLineDocumentationCommentTrivia);
    }
}
