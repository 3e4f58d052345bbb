using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MtlsPop.Analyzers.Msal;

/// <summary>The MSAL that a compilation references, and what belongs to it. Found by the assembly's name, so that no other type of the same name is mistaken for it.</summary>
internal sealed class MsalLibrary
{
    private static readonly ConditionalWeakTable<Compilation, Found> _found = new();

    private readonly ConcurrentDictionary<string, ImmutableArray<IMethodSymbol>> _methods = new(StringComparer.Ordinal);
    private readonly IAssemblySymbol _assembly;
    private readonly IAssemblySymbol? _attestation;
    private readonly IAssemblySymbol? _previewBinding;
    private readonly IAssemblySymbol? _runtime;

    private MsalLibrary(IAssemblySymbol assembly, Compilation compilation)
    {
        _assembly = assembly;
        foreach (var reference in compilation.SourceModule.ReferencedAssemblySymbols)
        {
            switch (reference.Name)
            {
                case MsalNames.AttestationAssembly: _attestation = reference; break;
                case MsalNames.PreviewBindingAssembly: _previewBinding = reference; break;
                case MsalNames.RuntimeAssembly: _runtime = reference; break;
            }
        }
    }

    public Version Version => _assembly.Identity.Version;

    /// <summary>From 4.82.0 on, binding and attesting a managed identity are two steps; the preview package before it did both in one.</summary>
    public bool AttestationIsAStep => Version >= new Version(4, 82);

    /// <summary>Until 4.84.0 a bound request of a confidential client had to name a region.</summary>
    public bool BindingNeedsRegion => Version < new Version(4, 84);

    /// <summary>From 4.84.0 on it has to name a tenant, at the application.</summary>
    public bool BindingNeedsTenant => Version >= new Version(4, 84);

    /// <summary>Until 4.85.0 a region that is none became part of the host's name; now it is ignored.</summary>
    public bool RegionsAreChecked => Version >= new Version(4, 85);

    /// <summary>Until 4.84.2 a certificate that a callback gives could not bind a token.</summary>
    public bool CertificateCallbacksBind => Version >= new Version(4, 84, 2);

    /// <summary>From 4.79.0 to 4.83 the overload for bound assertions was an experimental feature.</summary>
    public bool BoundAssertionsAreExperimental => Version >= new Version(4, 79) && Version < new Version(4, 84);

    /// <summary>With 4.76.0 came the overload for bound assertions.</summary>
    public bool HasBoundAssertions => Version >= new Version(4, 76);

    /// <summary>With 4.84.0 changed what MSAL and KeyAttestation hand each other: two versions from both sides of it cannot attest.</summary>
    public bool CanAttestWith(Version attestation) => attestation >= new Version(4, 84) == Version >= new Version(4, 84);

    /// <summary>With 4.84.2 the KeyAttestation package left its preview.</summary>
    public static bool AttestationIsReleased(Version msal) => msal >= new Version(4, 84, 2);

    public bool AttestationIsReferenced => _attestation is not null;

    public Version? AttestationVersion => _attestation?.Identity.Version;

    public bool PreviewBindingIsReferenced => _previewBinding is not null;

    public bool RuntimeIsReferenced => _runtime is not null;

    /// <summary>Null where MSAL is not referenced, or referenced twice: nobody can then say which one a call means.</summary>
    public static MsalLibrary? In(Compilation compilation) => _found.GetValue(compilation, Find).Library;

    public bool Owns(ISymbol symbol)
    {
        var assembly = symbol.ContainingAssembly;
        return Same(assembly, _assembly) || Same(assembly, _attestation) || Same(assembly, _previewBinding);
    }

    public bool IsRuntime(ISymbol symbol) => Same(symbol.ContainingAssembly, _runtime);

    public bool IsPreviewBinding(ISymbol symbol) => Same(symbol.ContainingAssembly, _previewBinding);

    public bool Is(ITypeSymbol? type, string name) => type is not null && type.Name == name && Same(type.ContainingAssembly, _assembly);

    /// <summary>Whether this MSAL has the type, named with its namespace.</summary>
    public bool Has(string type) => _assembly.GetTypeByMetadataName(type) is not null;

    /// <summary>A type of MSAL or of MtlsPop.Runtime.</summary>
    public bool OwnsType(ITypeSymbol type) => Same(type.ContainingAssembly, _assembly) || Same(type.ContainingAssembly, _runtime);

    public bool IsManagedIdentity(ITypeSymbol type) =>
        Same(type.ContainingAssembly, _assembly) && type.Name.IndexOf("ManagedIdentity", StringComparison.Ordinal) >= 0;

    /// <summary>A source of HTTP clients that MSAL asks for one with a certificate.</summary>
    public bool PresentsCertificates(ITypeSymbol factory) => factory.AllInterfaces.Any(contract => Is(contract, MsalNames.IMsalMtlsHttpClientFactory));

    /// <summary>A builder of a request or an application: each of its steps changes it and returns it.</summary>
    public bool IsBuilder(ITypeSymbol? type) =>
        type is not null && type.Name.EndsWith("Builder", StringComparison.Ordinal) && Same(type.ContainingAssembly, _assembly);

    /// <summary>An object that code it is handed to may complete.</summary>
    public bool IsFilledStepByStep(ITypeSymbol type) => IsBuilder(type) || Is(type, MsalNames.ClientSignedAssertion);

    /// <summary>The method that a call which does not compile means, by its name.</summary>
    /// <param name="receiver">The type of what it is called on; null where that is broken too.</param>
    /// <param name="expression">What it is called on: perhaps a type whose namespace is not imported.</param>
    /// <param name="name">The name that is called.</param>
    /// <param name="arguments">What it is given: of several overloads, the one that takes as many is meant.</param>
    public IMethodSymbol? MethodOn(ITypeSymbol? receiver, ExpressionSyntax expression, string name, ArgumentListSyntax arguments)
    {
        if (receiver is not null && !OwnsType(receiver))
            return null;

        var typeName = receiver is null && expression is SimpleNameSyntax or MemberAccessExpressionSyntax ? ((expression as SimpleNameSyntax) ?? ((MemberAccessExpressionSyntax)expression).Name).Identifier.ValueText : null;
        var methods = _methods.GetOrAdd(name, MethodsNamed);
        var fitting = receiver is not null ? methods.RemoveAll(method => !TakesReceiver(method, receiver))
            : methods.RemoveAll(method => method.ContainingType.Name != typeName && !IsBeginning(name));
        var given = arguments.Arguments;
        var meant = fitting.Where(method => given.Select((argument, i) => MayBe(ParameterAt(method, i), argument.Expression)).All(fits => fits))
            .GroupBy(method => Math.Abs(ParametersOf(method) - given.Count)).OrderBy(methods => methods.Key).FirstOrDefault()?.ToList();
        return meant is [var only] || (meant is [_, ..] && meant.TrueForAll(method => ParametersOf(method) == 0 || !TakesDelegate(method))) ? meant[0] : null;
    }

    /// <summary>Whether a builder, or what it is called on, has such a method, whichever overload is meant.</summary>
    public bool HasMethod(string name, ITypeSymbol receiver) => _methods.GetOrAdd(name, MethodsNamed).Any(method => TakesReceiver(method, receiver));

    private static int ParametersOf(IMethodSymbol method) => method.Parameters.Length - (method.IsExtensionMethod ? 1 : 0);

    private static IParameterSymbol? ParameterAt(IMethodSymbol method, int index) => index < ParametersOf(method) ? method.Parameters[index + (method.IsExtensionMethod ? 1 : 0)] : null;

    private static bool TakesDelegate(IMethodSymbol method) => method.Parameters.Any(parameter => parameter.Type.TypeKind == TypeKind.Delegate);

    /// <summary>A lambda goes to a delegate that takes as many parameters, a literal to none.</summary>
    private static bool MayBe(IParameterSymbol? parameter, ExpressionSyntax given) => (parameter?.Type, given) switch
    {
        (null, _) => true,
        (INamedTypeSymbol { DelegateInvokeMethod: { } invoked }, LambdaExpressionSyntax lambda) => invoked.Parameters.Length == (lambda is ParenthesizedLambdaExpressionSyntax several ? several.ParameterList.Parameters.Count : 1),
        (INamedTypeSymbol { TypeKind: TypeKind.Delegate }, LiteralExpressionSyntax or InterpolatedStringExpressionSyntax) => false,
        ({ TypeKind: not TypeKind.Delegate }, LambdaExpressionSyntax) => false,
        _ => true,
    };

    /// <summary>A request can begin with nothing else, whatever it is called on.</summary>
    private static bool IsBeginning(string name) => name is MsalNames.AcquireTokenForClient or MsalNames.AcquireTokenForManagedIdentity;

    private static bool TakesReceiver(IMethodSymbol method, ITypeSymbol receiver)
    {
        if (!method.IsExtensionMethod)
            return IsOrHas(receiver, method.ContainingType.OriginalDefinition);

        return method.Parameters[0].Type is ITypeParameterSymbol parameter
            ? parameter.ConstraintTypes.All(constraint => IsOrHas(receiver, constraint.OriginalDefinition))
            : IsOrHas(receiver, method.Parameters[0].Type.OriginalDefinition);
    }

    private static bool IsOrHas(ITypeSymbol type, ITypeSymbol wanted)
    {
        for (var known = type; known is not null; known = known.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(known.OriginalDefinition, wanted))
                return true;
        }

        return type.AllInterfaces.Any(contract => SymbolEqualityComparer.Default.Equals(contract.OriginalDefinition, wanted));
    }

    private ImmutableArray<IMethodSymbol> MethodsNamed(string name)
    {
        var methods = ImmutableArray.CreateBuilder<IMethodSymbol>();
        var waiting = new Stack<INamespaceSymbol>();
        foreach (var assembly in new[] { _assembly, _attestation, _runtime })
        {
            if (assembly is not null)
                waiting.Push(assembly.GlobalNamespace);
        }

        while (waiting.Count > 0)
        {
            var space = waiting.Pop();
            foreach (var inner in space.GetNamespaceMembers())
                waiting.Push(inner);
            foreach (var type in space.GetTypeMembers())
            {
                if (type.DeclaredAccessibility == Accessibility.Public)
                    methods.AddRange(type.GetMembers(name).OfType<IMethodSymbol>().Where(method => method.DeclaredAccessibility == Accessibility.Public));
            }
        }

        return methods.ToImmutable();
    }

    private static bool Same(IAssemblySymbol? left, IAssemblySymbol? right) =>
        left is not null && SymbolEqualityComparer.Default.Equals(left, right);

    private static Found Find(Compilation compilation)
    {
        var copies = 0;
        foreach (var reference in compilation.ReferencedAssemblyNames)
        {
            if (reference.Name == MsalNames.MsalAssembly)
                copies++;
        }

        if (copies != 1)
            return new Found(null);

        foreach (var reference in compilation.SourceModule.ReferencedAssemblySymbols)
        {
            if (reference.Name == MsalNames.MsalAssembly)
                return new Found(new MsalLibrary(reference, compilation));
        }

        return new Found(null);
    }

    private sealed class Found(MsalLibrary? library)
    {
        public MsalLibrary? Library => library;
    }
}
