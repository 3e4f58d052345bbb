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
        var binding = TypeSource.Bodies(node).Where(body => IsAboutBinding(body, type, cancellation)).ToList();
        if (binding.Count == 0)
            return new BindingCode([], []);

        var tests = TypeSource.TypesIn(node).Where(IsOfTests).ToList();
        bool IsOther(SyntaxNode body) => !tests.Exists(test => test.Contains(body));
        return new BindingCode(binding.FindAll(IsOther), TypeSource.Bodies(node).Where(IsOther).ToList());
    }

    private static bool IsAboutBinding(SyntaxNode body, TypeModel type, CancellationToken cancellation)
    {
        foreach (var name in _bindingNames)
        {
            foreach (var token in Mentions.Names(body, name))
            {
                if (type.Semantics.GetSymbolInfo(token.Parent!, cancellation).Symbol is { } symbol && (type.Msal.Owns(symbol) || type.Msal.IsRuntime(symbol)))
                    return true;
            }
        }

        return type.Requests.Any(request => request.Bound == Fact.Yes && body.Contains(request.Execution));
    }

    /// <summary>A test, or other code of a class of tests.</summary>
    public static bool IsTest(SyntaxNode body) => body.Ancestors().OfType<TypeDeclarationSyntax>().Any(IsOfTests);

    private static bool IsOfTests(TypeDeclarationSyntax type) =>
        HasTestAttribute(type) || type.Members.Any(member => member is MethodDeclarationSyntax && HasTestAttribute(member));

    private static bool HasTestAttribute(MemberDeclarationSyntax member) =>
        member.AttributeLists.Any(list => list.Attributes.Any(attribute => _testAttributes.Contains(attribute.Name.GetLastToken().ValueText)));
}
