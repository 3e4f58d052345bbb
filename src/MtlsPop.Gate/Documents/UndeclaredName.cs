using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MtlsPop.Gate.Documents;

/// <summary>What a program uses and does not declare.</summary>
/// <param name="Members">What is asked of it.</param>
/// <param name="Expected">The type that its place asks for; null where any would do.</param>
internal sealed record UndeclaredName(string Name, bool IsMethod, IReadOnlyList<string> Members, string? Expected)
{
    public static IReadOnlyList<UndeclaredName> In(CompiledProgram compiled)
    {
        var root = compiled.Program.Tree.GetRoot();
        var model = compiled.Model;
        var names = model.GetDiagnostics()
            .Where(diagnostic => diagnostic.Id == "CS0103")
            .Select(diagnostic => root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true))
            .OfType<IdentifierNameSyntax>();
        return
        [
            .. from name in names
               group name by name.Identifier.ValueText into uses
               select new UndeclaredName(
                   uses.Key,
                   uses.Any(IsCalled),
                   [.. uses.Select(MemberOf).OfType<string>().Distinct()],
                   uses.Select(use => ExpectedType(IsCalled(use) ? (ExpressionSyntax)use.Parent! : use, model)).FirstOrDefault(type => type is not null)),
        ];
    }

    /// <summary>The type as it can be written anywhere; null where a name of the program itself would be needed.</summary>
    public static string? Written(ITypeSymbol? type, Compilation compilation) =>
        type is null or { TypeKind: TypeKind.Error or TypeKind.TypeParameter or TypeKind.Dynamic } or { IsAnonymousType: true } || SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, compilation.Assembly)
            ? null
            : type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    private static bool IsCalled(IdentifierNameSyntax name) => name.Parent is InvocationExpressionSyntax call && call.Expression == name;

    private static string? MemberOf(IdentifierNameSyntax name) => name.Parent switch
    {
        MemberAccessExpressionSyntax access when access.Expression == name => access.Name.Identifier.ValueText,
        ConditionalAccessExpressionSyntax { WhenNotNull: var then } when then.DescendantNodesAndSelf().OfType<MemberBindingExpressionSyntax>().FirstOrDefault() is { } binding => binding.Name.Identifier.ValueText,
        _ => null,
    };

    private static string? ExpectedType(ExpressionSyntax expression, SemanticModel model) => expression.Parent switch
    {
        InterpolationSyntax => "string",
        ExpressionStatementSyntax => "void",
        AwaitExpressionSyntax { Parent: ExpressionStatementSyntax } => "global::System.Threading.Tasks.Task",
        ArgumentSyntax { Parent: ArgumentListSyntax { Parent: ExpressionSyntax call } arguments } argument => ParameterType(argument, arguments, call, model),
        EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Type: { IsVar: false } type } } } => Written(model.GetTypeInfo(type).Type, model.Compilation),
        AssignmentExpressionSyntax assignment => Written(model.GetTypeInfo(assignment.Right == expression ? assignment.Left : assignment.Right).Type, model.Compilation),
        _ => null,
    };

    /// <summary>Where all methods that may be meant agree.</summary>
    private static string? ParameterType(ArgumentSyntax argument, ArgumentListSyntax arguments, ExpressionSyntax call, SemanticModel model)
    {
        var found = model.GetSymbolInfo(call);
        var name = argument.NameColon?.Name.Identifier.ValueText;
        var index = arguments.Arguments.IndexOf(argument);
        var types = (found.Symbol is { } symbol ? [symbol] : found.CandidateSymbols)
            .OfType<IMethodSymbol>()
            .Where(method => arguments.Arguments.Count <= method.Parameters.Length)
            .Select(method => name is null ? method.Parameters.ElementAtOrDefault(index) : method.Parameters.FirstOrDefault(parameter => parameter.Name == name))
            .OfType<IParameterSymbol>()
            .Select(parameter => Written(parameter.Type, model.Compilation))
            .Distinct()
            .ToList();
        return types is [var only] ? only : null;
    }
}
