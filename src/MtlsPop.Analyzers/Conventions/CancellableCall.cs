using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using MtlsPop.Analyzers.Framework;
using MtlsPop.Analyzers.Model;
using MtlsPop.Analyzers.Msal;
using MtlsPop.Analyzers.Syntax;

namespace MtlsPop.Analyzers.Conventions;

/// <summary>A call in code of bound tokens that could be given up: a request for a token, or one over HTTP. It is not handed any cancellation token.</summary>
internal sealed class CancellableCall(InvocationExpressionSyntax call, SyntaxToken name, IMethodSymbol? decider, CancellationParameter? source)
{
    private static readonly Evidence<List<CancellableCall>> _evidence = new(In);

    public InvocationExpressionSyntax Call => call;

    public SyntaxToken Name => name;

    /// <summary>The function whose caller could say when to give up.</summary>
    public IMethodSymbol? Decider => decider;

    /// <summary>Where the call could take a token from.</summary>
    public CancellationParameter? Source => source;

    public static IEnumerable<CancellableCall> Of(TypeModel type, CancellationToken cancellation) => _evidence.Of(type, cancellation);

    private static List<CancellableCall> In(TypeModel type, CancellationToken cancellation) => BindingCode.Of(type, cancellation).Bodies
        .SelectMany(body => In(type.Flow.OperationsOf(body), type.Semantics, method => IsRequest(method, type.Msal), cancellation))
        .ToList();

    public static IEnumerable<CancellableCall> In(ImmutableArray<IOperation> operations, SemanticModel semantics, Func<IMethodSymbol, bool> isMeant, CancellationToken cancellation)
    {
        foreach (var operation in operations)
        {
            if (operation is IInvocationOperation { Syntax: InvocationExpressionSyntax call } invocation
                && InvocationName.Of(call) is { RawKind: not 0 } name
                && isMeant(invocation.TargetMethod)
                && CouldTakeToken(invocation)
                && !ComesAfterCancellation(call))
            {
                var decider = CancellationParameter.EnclosingCancellableFunction(call, semantics, cancellation);
                yield return new CancellableCall(call, name, decider, CancellationParameter.Of(decider));
            }
        }
    }

    /// <summary>What cleans up, or goes on when the caller has given up: with the caller's token it would not run.</summary>
    private static bool ComesAfterCancellation(InvocationExpressionSyntax call)
    {
        for (var node = call.Parent; node is not null and not MemberDeclarationSyntax && !BodySyntax.IsFunction(node); node = node.Parent)
        {
            if (node is FinallyClauseSyntax || (node is CatchClauseSyntax { Declaration.Type: var caught } && caught.GetLastToken().ValueText is nameof(OperationCanceledException) or "TaskCanceledException"))
                return true;
        }

        return false;
    }

    public static bool IsRequest(IMethodSymbol method, MsalLibrary msal) =>
        (msal.Owns(method) && method.Name == MsalNames.ExecuteAsync) || msal.IsRuntime(method) || IsHttp(method.ContainingNamespace);

    private static bool IsHttp(INamespaceSymbol? space)
    {
        while (space is { Name: not "Http", IsGlobalNamespace: false })
            space = space.ContainingNamespace;
        return space is { Name: "Http", ContainingNamespace: { Name: "Net", ContainingNamespace.Name: "System" } };
    }

    private static bool CouldTakeToken(IInvocationOperation invocation)
    {
        foreach (var argument in invocation.Arguments)
        {
            if (CancellationParameter.IsToken(argument.Parameter?.Type))
                return argument.ArgumentKind == ArgumentKind.DefaultValue;
        }

        var method = invocation.TargetMethod.OriginalDefinition;
        for (var type = method.ContainingType; type is not null; type = type.BaseType)
        {
            foreach (var member in type.GetMembers(method.Name))
            {
                if (member is IMethodSymbol overload && AddsToken(overload.OriginalDefinition, method))
                    return true;
            }
        }

        return false;
    }

    private static bool AddsToken(IMethodSymbol overload, IMethodSymbol method)
    {
        if (overload.Parameters.Length != method.Parameters.Length + 1 || overload.Arity != method.Arity || overload.IsStatic != method.IsStatic
            || !CancellationParameter.IsToken(overload.Parameters[method.Parameters.Length].Type))
            return false;

        for (var i = 0; i < method.Parameters.Length; i++)
        {
            var (one, other) = (overload.Parameters[i].Type, method.Parameters[i].Type);
            if (!SymbolEqualityComparer.Default.Equals(one, other) && !(one is ITypeParameterSymbol && other is ITypeParameterSymbol))
                return false;
        }

        return true;
    }
}

/// <summary>A parameter that says when to give up: a cancellation token, or an object that carries one.</summary>
internal sealed class CancellationParameter(IParameterSymbol parameter, IPropertySymbol? property)
{
    /// <summary>Calls that run a lambda within the call that makes it, so that it may use the caller's token.</summary>
    private static readonly ImmutableHashSet<string> _runners = ImmutableHashSet.Create("Task", "TaskFactory", "Enumerable");

    /// <summary>The code that reads the token.</summary>
    public string Expression => property is null ? Name : $"{Name}.{property.Name}";

    private string Name => SyntaxFacts.GetKeywordKind(parameter.Name) == SyntaxKind.None ? parameter.Name : "@" + parameter.Name;

    /// <summary>The function around a call whose caller could say when to give up: the innermost that takes a token, or else the outermost that surely runs with the call.</summary>
    public static IMethodSymbol? EnclosingCancellableFunction(SyntaxNode call, SemanticModel semantics, CancellationToken cancellation)
    {
        for (var node = call.Parent; node is not null; node = node.Parent)
        {
            var function = node switch
            {
                AnonymousFunctionExpressionSyntax => semantics.GetSymbolInfo(node, cancellation).Symbol as IMethodSymbol,
                LocalFunctionStatementSyntax or BaseMethodDeclarationSyntax => semantics.GetDeclaredSymbol(node, cancellation) as IMethodSymbol,
                _ => null,
            };

            if (function is not null && (AcceptsToken(function) || function.IsStatic || !RunsAtOnce(node, semantics, cancellation)))
                return function;
            if (node is MemberDeclarationSyntax)
                return null;
        }

        return null;
    }

    /// <summary>Whether a caller can say when to give up.</summary>
    public static bool AcceptsToken(IMethodSymbol method) => method.Parameters.Any(parameter => HasToken(parameter.Type));

    public static bool IsToken(ITypeSymbol? type) =>
        type is { Name: "CancellationToken", ContainingNamespace: { Name: "Threading", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } };

    /// <summary>The one token that a function's parameters give.</summary>
    public static CancellationParameter? Of(IMethodSymbol? function)
    {
        if (function is null)
            return null;

        var carriers = function.Parameters.Where(parameter => HasToken(parameter.Type)).ToList();
        if (carriers.Exists(parameter => IsToken(parameter.Type)))
            carriers.RemoveAll(parameter => !IsToken(parameter.Type));

        return carriers.Count == 1 && carriers[0] is { RefKind: RefKind.None, IsDiscard: false, Name: not "_" } parameter && TokenIn(parameter.Type) is not { Length: > 1 }
            ? new CancellationParameter(parameter, TokenIn(parameter.Type) is { Length: 1 } properties ? properties[0] : null)
            : null;
    }

    private static bool HasToken(ITypeSymbol type) =>
        IsToken(type)
        || (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: var arguments } && IsToken(arguments[0]))
        || TokenIn(type).Length > 0;

    private static ImmutableArray<IPropertySymbol> TokenIn(ITypeSymbol type)
    {
        var properties = ImmutableArray<IPropertySymbol>.Empty;
        for (var declaring = type; declaring is not null && !IsToken(type); declaring = declaring.BaseType)
        {
            foreach (var member in declaring.GetMembers())
            {
                if (member is IPropertySymbol { IsStatic: false, DeclaredAccessibility: Accessibility.Public, GetMethod.DeclaredAccessibility: Accessibility.Public } property && IsToken(property.Type))
                    properties = properties.Add(property);
            }
        }

        return properties;
    }

    private static bool RunsAtOnce(SyntaxNode function, SemanticModel semantics, CancellationToken cancellation) =>
        function is LocalFunctionStatementSyntax
        || (function.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax runner }
            && semantics.GetSymbolInfo(runner, cancellation).Symbol is IMethodSymbol { ContainingType.Name: var name }
            && _runners.Contains(name));
}
