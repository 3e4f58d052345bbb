using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MtlsPop.Analyzers.Framework;
using MtlsPop.Analyzers.Model;

namespace MtlsPop.Analyzers.Conventions;

/// <summary>A method or constructor that acquires, holds or sends a bound token, that code outside of the assembly can call, and whose signature is its own: no foreign interface or base type gives it. Nobody calls the methods of a program.</summary>
internal sealed class PublicMethod(BaseMethodDeclarationSyntax declaration, SyntaxToken name, IMethodSymbol symbol, bool makesRequests)
{
    private static readonly Evidence<List<PublicMethod>> _evidence = new((type, cancellation) => In(type, cancellation).ToList());

    public BaseMethodDeclarationSyntax Declaration => declaration;

    public SyntaxToken Name => name;

    public IMethodSymbol Symbol => symbol;

    /// <summary>Whether it makes a request that its caller could give up.</summary>
    public bool MakesRequests => makesRequests;

    public bool ReturnsLater => symbol.ReturnType is { Name: "Task" or "ValueTask", ContainingNamespace.Name: "Tasks" } or { Name: "IAsyncEnumerable", ContainingNamespace.Name: "Generic" };

    /// <summary>Whether a caller can say when to give up, here or by another overload.</summary>
    public bool OffersCancellation => symbol.ContainingType.GetMembers(symbol.Name).Any(member =>
        member is IMethodSymbol overload && CancellationParameter.AcceptsToken(overload) && (SymbolEqualityComparer.Default.Equals(overload, symbol) || Extends(overload)));

    public static IEnumerable<PublicMethod> Of(TypeModel type, CancellationToken cancellation) => _evidence.Of(type, cancellation);

    private static IEnumerable<PublicMethod> In(TypeModel type, CancellationToken cancellation)
    {
        if (type.Semantics.Compilation.Options.OutputKind is not (OutputKind.DynamicallyLinkedLibrary or OutputKind.NetModule))
            yield break;

        var deciders = CancellableCall.Of(type, cancellation).Select(call => call.Decider).ToList();
        foreach (var body in BindingCode.Of(type, cancellation).Bodies)
        {
            if (body is BaseMethodDeclarationSyntax declaration
                && NameOf(declaration) is { } name
                && type.Semantics.GetDeclaredSymbol(declaration, cancellation) is IMethodSymbol symbol
                && IsVisible(symbol)
                && !IsEntryPoint(symbol)
                && !IsGivenByOthers(symbol))
                yield return new PublicMethod(declaration, name, symbol, deciders.Exists(decider => SymbolEqualityComparer.Default.Equals(decider, symbol)));
        }
    }

    private static SyntaxToken? NameOf(BaseMethodDeclarationSyntax declaration) => declaration switch
    {
        MethodDeclarationSyntax method => method.Identifier,
        ConstructorDeclarationSyntax constructor => constructor.Identifier,
        _ => null,
    };

    /// <summary>Whether code outside of the assembly can use it.</summary>
    public static bool IsVisible(ISymbol? symbol)
    {
        while (symbol is not null and not INamespaceSymbol)
        {
            if (symbol.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal))
                return false;
            if (symbol.DeclaredAccessibility != Accessibility.Public && symbol.ContainingType is { IsSealed: true })
                return false;
            symbol = symbol.ContainingSymbol;
        }

        return true;
    }

    private static bool IsEntryPoint(IMethodSymbol method) => method is { Name: "Main", IsStatic: true };

    private static bool IsGivenByOthers(IMethodSymbol method)
    {
        for (var overridden = method.OverriddenMethod; overridden is not null; overridden = overridden.OverriddenMethod)
        {
            if (!IsOwn(overridden, method))
                return true;
        }

        foreach (var contract in method.ContainingType.AllInterfaces)
        {
            if (IsOwn(contract, method))
                continue;

            foreach (var member in contract.GetMembers(method.Name))
            {
                if (SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(member), method))
                    return true;
            }
        }

        return false;
    }

    private static bool IsOwn(ISymbol symbol, IMethodSymbol method) =>
        SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, method.ContainingAssembly);

    private bool Extends(IMethodSymbol overload)
    {
        if (overload.Parameters.Length < symbol.Parameters.Length)
            return false;

        for (var i = 0; i < symbol.Parameters.Length; i++)
        {
            if (!SymbolEqualityComparer.Default.Equals(overload.Parameters[i].Type, symbol.Parameters[i].Type))
                return false;
        }

        return true;
    }
}
