using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MtlsPop.Analyzers.Flow;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Model;

/// <summary>The bodies of a type that acquire, hold or send a bound token: what the conventions are for. Tests have conventions of their own.</summary>
internal sealed class BindingCode
{
    private static readonly ImmutableHashSet<string> _bindingNames = ImmutableHashSet.Create(
        Names.WithMtlsProofOfPossession, Names.BindingCertificate, Names.TokenBindingCertificate, Names.AcquireMtlsPopTokenAsync, Names.RequireBinding);

    private static readonly ImmutableHashSet<string> _testAttributes = ImmutableHashSet.Create(
        "Fact", "Theory", "Test", "TestCase", "TestCaseSource", "TestMethod", "DataTestMethod", "TestClass", "TestFixture");

    private BindingCode(IReadOnlyList<SyntaxNode> bodies, IReadOnlyList<SyntaxNode> around)
    {
        Bodies = bodies;
        Around = around;
    }

    public IReadOnlyList<SyntaxNode> Bodies { get; }

    /// <summary>These and the other bodies of the type; none where none is about binding.</summary>
    public IReadOnlyList<SyntaxNode> Around { get; }

    public static BindingCode In(TypeModel type, SyntaxNode node, CancellationToken cancellation)
    {
        var bodies = TypeSource.Bodies(node).ToList();
        var binding = bodies.FindAll(body => IsAboutBinding(body, type, cancellation));
        return new BindingCode(binding.FindAll(body => !IsTest(body)), binding.Count == 0 ? [] : bodies.FindAll(body => !IsTest(body)));
    }

    private static bool IsAboutBinding(SyntaxNode body, TypeModel type, CancellationToken cancellation)
    {
        if (!Mentions.InOrBeside(body, cancellation))
            return false;

        foreach (var node in body.DescendantNodes(child => child is not TypeDeclarationSyntax))
        {
            if (node is IdentifierNameSyntax name
                && _bindingNames.Contains(name.Identifier.ValueText)
                && type.Semantics.GetSymbolInfo(name, cancellation).Symbol is { } symbol
                && (type.Msal.Owns(symbol) || type.Msal.IsRuntime(symbol)))
                return true;
        }

        return type.Requests.Any(request => request.Bound == Fact.Yes && body.Contains(request.Execution));
    }

    /// <summary>A test, or other code of a class of tests.</summary>
    public static bool IsTest(SyntaxNode body) => body.Ancestors().OfType<TypeDeclarationSyntax>().Any(type =>
        HasTestAttribute(type) || type.Members.Any(member => member is MethodDeclarationSyntax && HasTestAttribute(member)));

    private static bool HasTestAttribute(MemberDeclarationSyntax member) =>
        member.AttributeLists.Any(list => list.Attributes.Any(attribute => _testAttributes.Contains(attribute.Name.GetLastToken().ValueText)));
}
