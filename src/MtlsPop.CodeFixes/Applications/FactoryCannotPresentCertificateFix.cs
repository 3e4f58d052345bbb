using MtlsPop.Analyzers.Msal;

namespace MtlsPop.CodeFixes.Applications;

/// <summary>
/// Implements <c>IMsalMtlsHttpClientFactory</c> on the factory's own type, wherever that stands; or gives MSAL the runtime's factory
/// instead.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class FactoryCannotPresentCertificateFix() : EditorCodeFix(Rules.FactoryCannotPresentCertificate)
{
    private const string Implement = "MPOP2006.Implement";
    private const string Runtime = "MPOP2006.Runtime";
    private const string RuntimeFactory = "PooledMsalHttpClientFactory";
    private const string GetHttpClient = nameof(GetHttpClient);
    private const string Clients = "_clientsByCertificate";
    private const string Client = "global::System.Net.Http.HttpClient";

    private protected override IEnumerable<PlannedEdit> Plan(FixContext context) => Implementing(context).Concat(ByRuntime(context));

    private static IEnumerable<PlannedEdit> ByRuntime(FixContext context)
    {
        if (!context.References(MsalNames.RuntimeAssembly)
            || context.Call?.ArgumentList.Arguments.FirstOrDefault(argument =>
                argument.NameColon is null or { Name.Identifier.ValueText: "httpClientFactory" })
                is not { Expression: var factory }
            || factory.DescendantNodesAndSelf().Any(node => node is SingleVariableDesignationSyntax))
            yield break;

        var known = context.Semantics.LookupNamespacesAndTypes(factory.SpanStart, name: RuntimeFactory).FirstOrDefault();
        var name = known is null || known.ContainingAssembly?.Name == MsalNames.RuntimeAssembly
            ? RuntimeFactory
            : $"global::{MsalNames.RuntimeNamespace}.{RuntimeFactory}";
        yield return new PlannedEdit(Runtime, $"Use '{RuntimeFactory}' of {MsalNames.RuntimeAssembly}", editor =>
            editor.ReplaceNode(factory, (current, _) => SyntaxFactory.ParseExpression($"new {name}()").WithTriviaFrom(current)))
        {
            Usings = known is null ? [MsalNames.RuntimeNamespace] : [],
        };
    }

    private static IEnumerable<PlannedEdit> Implementing(FixContext context)
    {
        if (TypeOf(context) is not { } type)
            yield break;

        var semantics = context.Compilation.GetSemanticModel(type.SyntaxTree);
        if (semantics.GetDeclaredSymbol(type, context.Cancellation) is not { } symbol
            || symbol.AllInterfaces.FirstOrDefault(contract => contract.Name == MsalNames.IMsalHttpClientFactory)?.GetMembers(GetHttpClient)
                is not [{ } contract]
            || symbol.FindImplementationForInterfaceMember(contract) is not IMethodSymbol plain
            || symbol.GetMembers(Clients).Length > 0)
            yield break;

        var withCertificate = symbol.GetMembers(GetHttpClient)
            .OfType<IMethodSymbol>()
            .FirstOrDefault(method => method.Parameters is [{ Type.Name: "X509Certificate2" }]);
        if (withCertificate is not null and not { DeclaredAccessibility: Accessibility.Public, IsStatic: false, ReturnType.Name: "HttpClient" })
            yield break;

        var call = plain.ExplicitInterfaceImplementations.Length > 0
            ? $"((global::{contract.ContainingType.ToDisplayString()})this).{GetHttpClient}()"
            : $"{GetHttpClient}()";
        yield return new PlannedEdit(Implement, $"Implement '{MsalNames.IMsalMtlsHttpClientFactory}' on '{symbol.Name}'", editor =>
            editor.ReplaceNode(type, (current, _) =>
                Implemented((TypeDeclarationSyntax)current, withCertificate is null ? MembersOf(type, call) : null)))
        {
            File = type.SyntaxTree,
            Usings = withCertificate is null && semantics.LookupNamespacesAndTypes(type.SpanStart, name: "X509Certificate2").Length == 0
                ? ["System.Security.Cryptography.X509Certificates"]
                : [],
        };
    }

    private static TypeDeclarationSyntax? TypeOf(FixContext context) =>
        context.Diagnostic.AdditionalLocations is [{ SourceTree: { } tree, SourceSpan: var span }]
        && context.Compilation.ContainsSyntaxTree(tree)
        && tree.GetRoot(context.Cancellation).FindToken(span.Start).Parent
            is TypeDeclarationSyntax { OpenBraceToken.IsMissing: false, BaseList: not null } type
        && type is ClassDeclarationSyntax or RecordDeclarationSyntax { RawKind: (int)SyntaxKind.RecordDeclaration }
        && !type.OpenBraceToken.IsKind(SyntaxKind.None)
            ? type
            : null;

    /// <summary>Two findings may ask for it.</summary>
    private static TypeDeclarationSyntax Implemented(
        TypeDeclarationSyntax type, (MemberDeclarationSyntax Field, MemberDeclarationSyntax Method)? added)
    {
        if (type.BaseList!.Types.Any(known => IsNamed(known, MsalNames.IMsalMtlsHttpClientFactory)))
            return type;

        var declared = type.WithBaseList(Declared(type.BaseList));
        return added is var (field, method) ? declared.WithMembers(Added(declared.Members, field, method)) : declared;
    }

    /// <summary>The wider contract takes the place of the narrower one, which it includes.</summary>
    private static BaseListSyntax Declared(BaseListSyntax bases)
    {
        if (bases.Types.FirstOrDefault(known => IsNamed(known, MsalNames.IMsalHttpClientFactory)) is { } narrow)
        {
            var name = narrow.Type.GetLastToken();
            return bases.ReplaceToken(
                name,
                SyntaxFactory.Identifier(name.LeadingTrivia, MsalNames.IMsalMtlsHttpClientFactory, name.TrailingTrivia));
        }

        var last = bases.Types.Last();
        var wide = SyntaxFactory.SimpleBaseType(
            SyntaxFactory.ParseTypeName($"global::Microsoft.Identity.Client.{MsalNames.IMsalMtlsHttpClientFactory}"))
            .WithTrailingTrivia(last.GetTrailingTrivia())
            .WithAdditionalAnnotations(Simplifier.Annotation, Formatter.Annotation);
        return bases.WithTypes(bases.Types.Replace(last, last.WithoutTrailingTrivia()).Add(wide));
    }

    private static (MemberDeclarationSyntax Field, MemberDeclarationSyntax Method) MembersOf(TypeDeclarationSyntax type, string plainClient)
    {
        const string table = $"global::System.Runtime.CompilerServices.ConditionalWeakTable<X509Certificate2, {Client}>";
        var root = type.SyntaxTree.GetRoot();
        var options = (CSharpParseOptions)type.SyntaxTree.Options;
        var endOfLine = LineEnding.Of(root).ToString();
        var step = Indentation.Unit(root);
        var indentation = Indentation.Of(type) + step;
        var creation = options.LanguageVersion >= LanguageVersion.CSharp9 ? "new()" : $"new {table}()";
        return (
            Member($"{indentation}private readonly {table} {Clients} = {creation};{endOfLine}", options),
            Member(
                $"{endOfLine}{indentation}public {Client} {GetHttpClient}(X509Certificate2 x509Certificate2) => x509Certificate2 is null{endOfLine}"
                + $"{indentation}{step}? {plainClient}{endOfLine}"
                + $"{indentation}{step}: {Clients}.GetValue(x509Certificate2, certificate => new {Client}(new global::System.Net.Http.HttpClientHandler {{ ClientCertificates = {{ certificate }} }}));{endOfLine}",
                options));
    }

    private static SyntaxList<MemberDeclarationSyntax> Added(
        SyntaxList<MemberDeclarationSyntax> members, MemberDeclarationSyntax field, MemberDeclarationSyntax method)
    {
        if (members.FirstOrDefault() is { } first and not FieldDeclarationSyntax)
            members = members.Replace(first, first.WithLeadingTrivia(first.GetLeadingTrivia().InsertRange(0, field.GetTrailingTrivia())));
        return members.Insert(0, field).Add(method);
    }

    private static MemberDeclarationSyntax Member(string text, CSharpParseOptions options) =>
        SyntaxFactory.ParseMemberDeclaration(text, options: options)!.WithAdditionalAnnotations(Simplifier.Annotation);

    private static bool IsNamed(BaseTypeSyntax type, string name) => type.Type.GetLastToken().ValueText == name;
}
