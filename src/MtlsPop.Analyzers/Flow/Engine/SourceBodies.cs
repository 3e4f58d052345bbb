using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace MtlsPop.Analyzers.Flow.Engine;

/// <summary>Finds the code behind a call: where its source is in the compilation, and the call can lead nowhere else.</summary>
internal sealed class SourceBodies(ProgramAnalysis program)
{
    private readonly Dictionary<SyntaxNode, CodeBody> _bodies = [];
    private readonly Dictionary<ISymbol, CodeBody?> _ofMethods = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, bool> _concerns = new(SymbolEqualityComparer.Default);

    public CodeBody At(SyntaxNode syntax)
    {
        if (!_bodies.TryGetValue(syntax, out var body))
            _bodies.Add(syntax, body = Create(syntax, program.ModelOf(syntax.SyntaxTree)));
        return body;
    }

    private static CodeBody Create(SyntaxNode syntax, SemanticModel model)
    {
        var symbol = TypeSource.SymbolOf(syntax, model);
        var type = symbol?.ContainingType ?? (syntax.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } around ? (INamedTypeSymbol?)model.GetDeclaredSymbol(around) : null);
        return new CodeBody(syntax, symbol, type);
    }

    /// <summary>The body of the method; null where its source is not here, or where a call may lead elsewhere.</summary>
    public CodeBody? Of(IMethodSymbol method, CancellationToken cancellation)
    {
        method = method.OriginalDefinition;
        if (!_ofMethods.TryGetValue(method, out var body))
            _ofMethods.Add(method, body = IsCertain(method) && !ReturnsSequence(method) && SyntaxOf(method, cancellation) is { } syntax ? At(syntax) : null);
        return body;
    }

    /// <summary>The body that a call leads to, where the call is worth following.</summary>
    public CodeBody? Of(IMethodSymbol method, CodeBody from, CancellationToken cancellation) =>
        Of(method, cancellation) is { } body && (IsBeside(body, from) || Concerns(method.OriginalDefinition, body, cancellation)) ? body : null;

    /// <summary>The bodies that a body calls.</summary>
    public ImmutableArray<CodeBody> CalledBy(CodeBody body, IOperation operation, CancellationToken cancellation)
    {
        var called = new HashSet<CodeBody>();
        var waiting = new Stack<IOperation>();
        waiting.Push(operation);
        while (waiting.Count > 0)
        {
            var next = waiting.Pop();
            var target = next switch
            {
                IInvocationOperation invocation => invocation.TargetMethod,
                IObjectCreationOperation creation => creation.Constructor,
                IPropertyReferenceOperation property => property.Property.GetMethod,
                IMethodReferenceOperation reference => reference.Method,
                _ => null,
            };
            if (target is { DeclaringSyntaxReferences.Length: > 0 } or { AssociatedSymbol: not null } && Of(target, body, cancellation) is { } callee)
                called.Add(callee);

            foreach (var child in next.ChildOperations)
                waiting.Push(child);
        }

        return called.OrderBy(callee => callee.Syntax.SyntaxTree.FilePath, StringComparer.Ordinal).ThenBy(callee => callee.Syntax.SpanStart).ToImmutableArray();
    }

    public static bool ReturnsSequence(IMethodSymbol method) =>
        method.ReturnType.Name is "IEnumerable" or "IEnumerator" or "IAsyncEnumerable" or "IAsyncEnumerator";

    private static bool IsCertain(IMethodSymbol method) =>
        method.MethodKind != MethodKind.LocalFunction
        && !method.IsAbstract
        && (method.IsStatic || method.ContainingType is { IsSealed: true } or { IsValueType: true } || !(method.IsVirtual || (method.IsOverride && !method.IsSealed)));

    private static SyntaxNode? SyntaxOf(IMethodSymbol method, CancellationToken cancellation)
    {
        foreach (var reference in method.DeclaringSyntaxReferences)
        {
            switch (reference.GetSyntax(cancellation))
            {
                case BaseMethodDeclarationSyntax { Body: not null } or BaseMethodDeclarationSyntax { ExpressionBody: not null }
                    or AccessorDeclarationSyntax { Body: not null } or AccessorDeclarationSyntax { ExpressionBody: not null }:
                    return reference.GetSyntax(cancellation);
                case ArrowExpressionClauseSyntax arrow:
                    return arrow;
                case PropertyDeclarationSyntax { ExpressionBody: { } arrow }:
                    return arrow;
            }
        }

        return null;
    }

    /// <summary>Whether both stand in one outermost type.</summary>
    private static bool IsBeside(CodeBody body, CodeBody other) =>
        body.Type is not null && SymbolEqualityComparer.Default.Equals(Outermost(body.Type), Outermost(other.Type));

    private static INamedTypeSymbol? Outermost(INamedTypeSymbol? type)
    {
        while (type?.ContainingType is { } outer)
            type = outer;
        return type;
    }

    /// <summary>Whether a method of another type can have to do with tokens: by what it takes and gives, or because its text mentions them.</summary>
    private bool Concerns(IMethodSymbol method, CodeBody body, CancellationToken cancellation)
    {
        if (!_concerns.TryGetValue(method, out var concerns))
        {
            concerns = Mentions.InOrBeside(body.Syntax, cancellation)
                || program.Subject.Includes(method.ReturnType)
                || method.Parameters.Any(parameter => program.Subject.Includes(parameter.Type))
                || (IsText(method.ReturnType) && (body.Syntax is ArrowExpressionClauseSyntax or AccessorDeclarationSyntax { ExpressionBody: not null } or MethodDeclarationSyntax { ExpressionBody: not null }));
            _concerns.Add(method, concerns);
        }

        return concerns;
    }

    private static bool IsText(ITypeSymbol type) => type is { SpecialType: SpecialType.System_String } or { Name: "Uri" }
        or IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_String }
        or INamedTypeSymbol { TypeArguments: [{ SpecialType: SpecialType.System_String }] };
}
