using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MtlsPop.Analyzers.Flow;

/// <summary>The text of one type with the types inside it, or of the top-level statements of a file: which of its bodies speak of MSAL, and where things are declared and assigned.</summary>
internal sealed class TypeSource
{
    private readonly SyntaxNode _node;
    private readonly List<SyntaxNode> _parts;

    private TypeSource(SyntaxNode node, List<SyntaxNode> parts, List<SyntaxNode> bodiesToWalk)
    {
        _node = node;
        _parts = parts;
        BodiesToWalk = bodiesToWalk;
    }

    public IReadOnlyList<SyntaxNode> BodiesToWalk { get; }

    /// <summary>Null where the text of the type does not mention MSAL at all.</summary>
    public static TypeSource? Of(SyntaxNode node, SemanticModel model, CancellationToken cancellation)
    {
        if (!Mentions.In(node, cancellation))
            return null;

        var parts = new List<SyntaxNode> { node };
        if (node is TypeDeclarationSyntax type
            && type.Modifiers.Any(SyntaxKind.PartialKeyword)
            && model.GetDeclaredSymbol(type, cancellation) is { } symbol)
        {
            foreach (var reference in symbol.DeclaringSyntaxReferences)
            {
                var part = reference.GetSyntax(cancellation);
                if (part != node)
                    parts.Add(part);
            }
        }

        return new TypeSource(node, parts, ToWalk(node, cancellation));
    }

    public bool Declares(ISymbol member)
    {
        foreach (var reference in member.DeclaringSyntaxReferences)
        {
            foreach (var part in _parts)
            {
                if (reference.SyntaxTree == part.SyntaxTree && part.Span.Contains(reference.Span))
                    return true;
            }
        }

        return false;
    }

    /// <summary>The bodies that may assign a field or property, found by its name.</summary>
    public (IReadOnlyList<SyntaxNode> Bodies, bool HasInitializer) AssignmentsTo(ISymbol member)
    {
        var bodies = new List<SyntaxNode>();
        var hasInitializer = false;
        foreach (var part in _parts)
        {
            foreach (var body in Bodies(part))
            {
                if (IsInitializerOf(body, member))
                {
                    hasInitializer = true;
                    bodies.Add(body);
                }
                else if (Assigns(body, member.Name))
                {
                    bodies.Add(body);
                }
            }
        }

        return (bodies, hasInitializer);
    }

    public SyntaxNode? BodyOf(IMethodSymbol method, CancellationToken cancellation)
    {
        if (!Declares(method) || method.DeclaringSyntaxReferences.Length == 0)
            return null;

        foreach (var reference in method.DeclaringSyntaxReferences)
        {
            switch (reference.GetSyntax(cancellation))
            {
                case BaseMethodDeclarationSyntax { Body: not null } or BaseMethodDeclarationSyntax { ExpressionBody: not null } or AccessorDeclarationSyntax { Body: not null } or AccessorDeclarationSyntax { ExpressionBody: not null }:
                    return reference.GetSyntax(cancellation);
                case ArrowExpressionClauseSyntax arrow:
                    return arrow;
                case PropertyDeclarationSyntax { ExpressionBody: { } arrow }:
                    return arrow;
            }
        }

        return null;
    }

    public static ISymbol? SymbolOf(SyntaxNode body, SemanticModel model) => body switch
    {
        ArrowExpressionClauseSyntax { Parent: PropertyDeclarationSyntax property } => model.GetDeclaredSymbol(property)?.GetMethod,
        CompilationUnitSyntax or EqualsValueClauseSyntax or ArrowExpressionClauseSyntax => null,
        _ => model.GetDeclaredSymbol(body),
    };

    /// <summary>The variables that lambdas of a body assign, by name, with the lambda.</summary>
    public static IReadOnlyList<(string Name, SyntaxNode Lambda)> AssignedInLambdas(SyntaxNode body)
    {
        if (!Mentions.Word(body, "=>") && !Mentions.Word(body, "delegate"))
            return [];

        var assigned = new List<(string, SyntaxNode)>();
        foreach (var lambda in body.DescendantNodes().OfType<AnonymousFunctionExpressionSyntax>())
        {
            foreach (var name in lambda.DescendantNodes().OfType<IdentifierNameSyntax>().Where(IsAssigned))
                assigned.Add((name.Identifier.ValueText, lambda));
        }

        return assigned;
    }

    /// <summary>A type and the types inside it; none for top-level statements.</summary>
    public static IEnumerable<TypeDeclarationSyntax> TypesIn(SyntaxNode node) =>
        node is TypeDeclarationSyntax
            ? node.DescendantNodesAndSelf(child => child is TypeDeclarationSyntax).OfType<TypeDeclarationSyntax>()
            : [];

    /// <summary>The executable parts of a type, those of the types inside it too.</summary>
    public static IEnumerable<SyntaxNode> Bodies(SyntaxNode part)
    {
        if (part is CompilationUnitSyntax unit)
            return [unit];

        return TypesIn(part).SelectMany(type => type.Members).SelectMany(BodiesOf);
    }

    /// <summary>The body that a place belongs to; null where it is in none.</summary>
    public static SyntaxNode? BodyAround(SyntaxNode place)
    {
        for (SyntaxNode? node = place; node is not null; node = node.Parent)
        {
            switch (node)
            {
                case BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or CompilationUnitSyntax:
                case ArrowExpressionClauseSyntax { Parent: BasePropertyDeclarationSyntax }:
                case EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax or VariableDeclaratorSyntax { Parent.Parent: BaseFieldDeclarationSyntax } }:
                    return node;
            }
        }

        return null;
    }

    private static IEnumerable<SyntaxNode> BodiesOf(MemberDeclarationSyntax member) => member switch
    {
        BaseMethodDeclarationSyntax method => method.Body is not null || method.ExpressionBody is not null ? [method] : [],
        BaseFieldDeclarationSyntax field => field.Declaration.Variables.Where(variable => variable.Initializer is not null).Select(variable => (SyntaxNode)variable.Initializer!),
        PropertyDeclarationSyntax { ExpressionBody: { } arrow } => [arrow],
        IndexerDeclarationSyntax { ExpressionBody: { } arrow } => [arrow],
        BasePropertyDeclarationSyntax property => Accessors(property),
        _ => [],
    };

    private static IEnumerable<SyntaxNode> Accessors(BasePropertyDeclarationSyntax property)
    {
        foreach (var accessor in property.AccessorList?.Accessors ?? default)
        {
            if (accessor.Body is not null || accessor.ExpressionBody is not null)
                yield return accessor;
        }

        if (property is PropertyDeclarationSyntax { Initializer: { } initializer })
            yield return initializer;
    }

    /// <summary>The bodies that mention MSAL, and those that name a member which does, or which such a body sets.</summary>
    private static List<SyntaxNode> ToWalk(SyntaxNode node, CancellationToken cancellation)
    {
        var waiting = Bodies(node).ToList();
        var chosen = waiting.FindAll(body => Mentions.InOrBeside(body, cancellation));
        var newest = chosen;
        var stored = node is TypeDeclarationSyntax type ? type.Members.SelectMany(StoredNames).ToList() : [];
        while (newest.Count > 0)
        {
            waiting.RemoveAll(newest.Contains);
            var names = newest.Select(NameOf).Where(name => name.Length > 0).ToList();
            names.AddRange(stored.FindAll(name => newest.Exists(body => Assigns(body, name))));
            newest = waiting.FindAll(body => names.Exists(name => Mentions.Word(body, name)));
            chosen = [.. chosen, .. newest];
        }

        return chosen;
    }

    private static IEnumerable<string> StoredNames(MemberDeclarationSyntax member) => member switch
    {
        FieldDeclarationSyntax field => field.Declaration.Variables.Select(variable => variable.Identifier.ValueText),
        PropertyDeclarationSyntax property => [property.Identifier.ValueText],
        _ => [],
    };

    private static string NameOf(SyntaxNode body) => body switch
    {
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        _ => body.FirstAncestorOrSelf<MemberDeclarationSyntax>() switch
        {
            PropertyDeclarationSyntax property => property.Identifier.ValueText,
            FieldDeclarationSyntax => (body.Parent as VariableDeclaratorSyntax)?.Identifier.ValueText ?? "",
            _ => "",
        },
    };

    public static bool IsInitializerOf(SyntaxNode body, ISymbol member) => body is EqualsValueClauseSyntax && body.Parent switch
    {
        VariableDeclaratorSyntax variable => variable.Identifier.ValueText == member.Name,
        PropertyDeclarationSyntax property => property.Identifier.ValueText == member.Name,
        _ => false,
    };

    public static bool Assigns(SyntaxNode body, string name)
    {
        foreach (var token in Mentions.Names(body, name))
        {
            if (token.Parent is IdentifierNameSyntax identifier && IsAssigned(identifier))
                return true;
        }

        return false;
    }

    private static bool IsAssigned(ExpressionSyntax target)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        while (target.Parent is MemberAccessExpressionSyntax access && access.Name == target)
            target = access;

        return target.Parent switch
        {
            AssignmentExpressionSyntax assignment => assignment.Left == target,
            ArgumentSyntax { Parent: TupleExpressionSyntax tuple } => IsAssigned(tuple),
            ArgumentSyntax argument => !argument.RefKindKeyword.IsKind(SyntaxKind.None),
            RefExpressionSyntax => true,
            ElementAccessExpressionSyntax element => IsAssigned(element),
            PostfixUnaryExpressionSyntax or PrefixUnaryExpressionSyntax => true,
            _ => false,
        };
    }
}
