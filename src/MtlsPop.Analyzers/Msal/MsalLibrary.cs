using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace MtlsPop.Analyzers.Msal;

/// <summary>The MSAL that a compilation references, and what belongs to it. Found by the assembly's name, so that no other type of the same name is mistaken for it.</summary>
internal sealed class MsalLibrary
{
    private static readonly ConditionalWeakTable<Compilation, Found> _found = new();

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
