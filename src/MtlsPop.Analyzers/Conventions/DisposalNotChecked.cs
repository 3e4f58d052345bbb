using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MtlsPop.Analyzers.Flow;
using MtlsPop.Analyzers.Framework;
using MtlsPop.Analyzers.Model;

namespace MtlsPop.Analyzers.Conventions;

/// <summary>
/// A public member of a disposable class of bound tokens uses what was perhaps disposed.
/// <para>Reports: a public member of a visible disposable class that uses what the class disposes and asks for nothing.</para>
/// <para>Leaves alone: members that name "disposed", test for null, or call a base class.</para>
/// </summary>
internal sealed class DisposalNotChecked() : Rule<UseAfterDispose>(Rules.DisposalNotChecked)
{
    protected override IEnumerable<UseAfterDispose> Find(TypeModel type, CancellationToken cancellation) => UseAfterDispose.In(type, cancellation);

    protected override void Judge(UseAfterDispose use, Report report) => report.At(use.Member, use.Member.ValueText, use.State);
}

/// <summary>A public member that uses what its class disposes, and never asks whether that has happened.</summary>
internal sealed class UseAfterDispose(SyntaxToken member, string state)
{
    public SyntaxToken Member => member;

    /// <summary>The name of the field or property that it uses.</summary>
    public string State => state;

    public static IEnumerable<UseAfterDispose> In(TypeModel model, CancellationToken cancellation)
    {
        foreach (var type in TypeSource.TypesIn(model.Node).OfType<ClassDeclarationSyntax>())
        {
            if (!BindingCode.Of(model, cancellation).Bodies.Any(body => body.Parent is { } parent && parent.AncestorsAndSelf().Contains(type))
                || model.Semantics.GetDeclaredSymbol(type, cancellation) is not INamedTypeSymbol symbol
                || !OwnedClients.IsDisposable(symbol)
                || !PublicMethod.IsVisible(symbol))
                continue;

            var state = Disposed(type, symbol);
            if (state.IsEmpty)
                continue;

            foreach (var member in type.Members)
            {
                if (NameOf(member) is { RawKind: not 0 } name && Used(member, state, model.Semantics, cancellation) is { } used && !Asks(member, symbol, state, model.Semantics, [], cancellation))
                    yield return new UseAfterDispose(name, used);
            }
        }
    }

    /// <summary>What the type's own disposal disposes.</summary>
    private static ImmutableHashSet<string> Disposed(TypeDeclarationSyntax type, INamedTypeSymbol symbol) => ImmutableHashSet.CreateRange(
        from member in type.Members.OfType<MethodDeclarationSyntax>()
        where IsDisposal(member.Identifier.ValueText)
        from disposed in DisposedNames.In(member)
        where symbol.GetMembers(disposed).Any(state => state is (IFieldSymbol or IPropertySymbol) and { IsStatic: false })
        select disposed);

    private static bool IsDisposal(string name) => name is "Dispose" or "DisposeAsync" or "DisposeAsyncCore" or "DisposeCore";

    private static SyntaxToken NameOf(MemberDeclarationSyntax member) => member switch
    {
        MethodDeclarationSyntax { ExplicitInterfaceSpecifier: null } method when IsPublic(member) && !IsDisposal(method.Identifier.ValueText)
            && method.Identifier.ValueText is not ("Close" or "Equals" or "GetHashCode" or "ToString") => method.Identifier,
        PropertyDeclarationSyntax { ExplicitInterfaceSpecifier: null } property when IsPublic(member) => property.Identifier,
        _ => default,
    };

    private static bool IsPublic(MemberDeclarationSyntax member) =>
        member.Modifiers.Any(modifier => modifier.ValueText == "public") && !member.Modifiers.Any(modifier => modifier.ValueText == "static");

    private static string? Used(MemberDeclarationSyntax member, ImmutableHashSet<string> state, SemanticModel semantics, CancellationToken cancellation)
    {
        foreach (var node in member.DescendantNodes())
        {
            if (node is IdentifierNameSyntax name
                && state.Contains(name.Identifier.ValueText)
                && name.Parent is not ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } } }
                && semantics.GetSymbolInfo(name, cancellation).Symbol is IFieldSymbol or IPropertySymbol)
                return name.Identifier.ValueText;
        }

        return null;
    }

    /// <summary>By a name that speaks of it, by a test of the state for null, by the type's own members that it calls, or by a base class that nobody here can see.</summary>
    private static bool Asks(SyntaxNode member, INamedTypeSymbol type, ImmutableHashSet<string> state, SemanticModel semantics, HashSet<SyntaxNode> asked, CancellationToken cancellation)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (!asked.Add(member))
            return false;

        foreach (var node in member.DescendantNodes())
        {
            if (node is BaseExpressionSyntax)
                return true;

            if (node is not IdentifierNameSyntax name)
                continue;

            if (name.Identifier.ValueText.IndexOf("disposed", StringComparison.OrdinalIgnoreCase) >= 0 || (state.Contains(name.Identifier.ValueText) && Nullability.IsTested(name)))
                return true;

            if (semantics.GetSymbolInfo(name, cancellation).Symbol is (IMethodSymbol or IPropertySymbol) and { IsStatic: false, DeclaringSyntaxReferences: var own } called
                && Inherits(type, called.ContainingType)
                && (own.IsEmpty || own.Any(reference => reference.SyntaxTree != member.SyntaxTree || Asks(reference.GetSyntax(cancellation), type, state, semantics, asked, cancellation))))
                return true;
        }

        return false;
    }

    private static bool Inherits(INamedTypeSymbol? type, INamedTypeSymbol? from)
    {
        while (type is not null && !SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, from?.OriginalDefinition))
            type = type.BaseType;
        return type is not null && type.SpecialType != SpecialType.System_Object;
    }
}
