using MtlsPop.Analyzers.Msal;
using MtlsPop.Analyzers.Requests;
using MtlsPop.CodeFixes.Runtime;

namespace MtlsPop.CodeFixes.Requests;

/// <summary>
/// Lifts the application into a static readonly field, where it is built of nothing but constants and static readonly fields; as it is, or
/// as the runtime builds it.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class ApplicationPerCallFix() : EditorCodeFix(Rules.ApplicationPerCall)
{
    private const string Lift = "MPOP1006.Lift";
    private const string Runtime = "MPOP1006.Runtime";

    private protected override IEnumerable<PlannedEdit> Plan(FixContext context)
    {
        if (context.OtherCalls is not [var build]
            || build.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type
            || type is InterfaceDeclarationSyntax
            || context.Semantics.GetTypeInfo(build, context.Cancellation).Type is not { } application
            || build.DescendantNodes().Any(node => node is ThisExpressionSyntax or BaseExpressionSyntax)
            || !build.DescendantNodes().OfType<SimpleNameSyntax>().All(name => MeansTheSameInField(name, build, type, context)))
            yield break;

        yield return new PlannedEdit(Lift, "Keep the application in a static readonly field", editor =>
            LiftInto(editor, type, build, application, current => Indentation.Decrease(current.WithoutTrivia(), Indentation.Of(build))));

        var runtime = new RuntimeApplication(build, context);
        if (context.Diagnostic.Properties.ContainsKey(ApplicationPerCall.Binds) && runtime.Call() is { } call)
        {
            yield return new PlannedEdit(
                Runtime, $"Keep an application of '{RuntimeApplication.Factories}' of {MsalNames.RuntimeAssembly} in a static readonly field", editor =>
                LiftInto(editor, type, build, application, _ => call))
            {
                Usings = runtime.MissingUsings,
            };
        }
    }

    private static void LiftInto(
        SyntaxEditor editor, TypeDeclarationSyntax type, InvocationExpressionSyntax build, ITypeSymbol application, Func<ExpressionSyntax, ExpressionSyntax> initializer)
    {
        editor.TrackNode(build);
        var index = StaticField.IndexBelowFields(type);
        editor.ReplaceNode(type, (current, _) =>
            Lifted((TypeDeclarationSyntax)current, build, application, initializer, index, LineEnding.Of(editor.OriginalRoot)));
    }

    private static bool MeansTheSameInField(SimpleNameSyntax name, InvocationExpressionSyntax build, TypeDeclarationSyntax type, FixContext context)
    {
        var symbol = context.Semantics.GetSymbolInfo(name, context.Cancellation).Symbol;
        return symbol switch
        {
            INamespaceOrTypeSymbol and not ITypeParameterSymbol => true,
            IFieldSymbol { IsConst: true } => true,
            IFieldSymbol { IsStatic: true, IsReadOnly: true } field => IsSetBefore(field, type),
            IMethodSymbol { IsStatic: true } when name.Span.End == build.Expression.Span.End => true,
            IMethodSymbol or IPropertySymbol => symbol.ContainingAssembly?.Name == MsalNames.MsalAssembly
                || (Expressions.IsInLambda(name, [build]) && (symbol.IsStatic || Expressions.IsMemberOfAnother(name))),
            IParameterSymbol
                or ILocalSymbol =>
                    symbol.DeclaringSyntaxReferences.All(reference =>
                        build.Span.Contains(reference.Span) && reference.SyntaxTree == build.SyntaxTree),
            null => name.Parent is NameColonSyntax,
            _ => false,
        };
    }

    /// <summary>Fields are set in the order in which they stand: those of this part of the type come before the new one.</summary>
    private static bool IsSetBefore(IFieldSymbol field, TypeDeclarationSyntax type) =>
        field.DeclaringSyntaxReferences.All(reference => reference.GetSyntax().FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } owner
            && (owner == type || owner.Identifier.ValueText != type.Identifier.ValueText));

    private static TypeDeclarationSyntax Lifted(
        TypeDeclarationSyntax type, InvocationExpressionSyntax build, ITypeSymbol application, Func<ExpressionSyntax, ExpressionSyntax> initializer, int index, SyntaxTrivia endOfLine)
    {
        var current = type.GetCurrentNode(build)!;
        var name = FreshName.NotIn(
            type,
            build.Parent?.Parent is VariableDeclaratorSyntax { Identifier.ValueText: var local } ? $"_{local}" : "_app");
        var field = SyntaxFactory.ParseMemberDeclaration(
            $"private static readonly global::{application.ToDisplayString()} {name} = null;{endOfLine}")!;
        field = field
            .ReplaceNode(field.DescendantNodes().OfType<LiteralExpressionSyntax>().Single(), initializer(current))
            .WithAdditionalAnnotations(Formatter.Annotation, Simplifier.Annotation);

        type = type.ReplaceNode(current, SyntaxFactory.IdentifierName(name).WithTriviaFrom(current));
        return StaticField.Insert(type, index, field, endOfLine);
    }
}
