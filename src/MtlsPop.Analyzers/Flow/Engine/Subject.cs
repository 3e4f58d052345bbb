using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Flow.Engine;

/// <summary>What has to do with tokens: types of MSAL, of HTTP and of certificates, and what happens to their objects.</summary>
internal sealed class Subject(MsalLibrary msal)
{
    private const string Authorization = nameof(Authorization);

    private static readonly ImmutableHashSet<string> _askedCalls = ImmutableHashSet.Create(
        MsalNames.Build, MsalNames.AcquireTokenForClient, MsalNames.AcquireTokenForManagedIdentity, MsalNames.AcquireTokenSilent, MsalNames.ExecuteAsync,
        MsalNames.AcquireMtlsPopTokenAsync, MsalNames.RequireBinding, MsalNames.WithClientAssertion, MsalNames.WithBoundClientAssertion, MsalNames.CreateAuthorizationHeader);

    private static readonly ImmutableHashSet<string> _askedMembers = ImmutableHashSet.Create(
        MsalNames.AccessToken, MsalNames.BindingCertificate, MsalNames.TokenType, MsalNames.CreateAuthorizationHeader, MsalNames.AppTokenCache, MsalNames.UserTokenCache,
        MsalNames.PrivateKey, "ClientCertificates", "ClientCertificateOptions", "ConnectCallback", "DefaultRequestHeaders", "SslOptions", Substitution.ResultOfCall);

    private static readonly ImmutableHashSet<string> _askedSteps = ImmutableHashSet.Create(
        MsalNames.WithAppTokenProvider, MsalNames.WithAttestationSupport, MsalNames.WithAzureRegion, MsalNames.WithBoundClientAssertion, MsalNames.WithCacheOptions, MsalNames.WithCertificate,
        MsalNames.WithClaims, MsalNames.WithClaimsFromClient, MsalNames.WithClientAssertion, MsalNames.WithClientClaims, MsalNames.WithClientSecret, MsalNames.WithExperimentalFeatures,
        MsalNames.WithHttpClientFactory, MsalNames.WithMtlsProofOfPossession, "WithOptions", MsalNames.WithRequestOverMtls, MsalNames.WithSendX5C, MsalNames.WithTenantId);

    private static readonly ImmutableHashSet<string> _askedParameters = ImmutableHashSet.Create(
        "authorityAudience", "authorityUri", "azureRegion", "certificateOptions", "enableExperimentalFeatures", "httpClientFactory", "resource", "scopes",
        MsalNames.SendX5CParameter, "tenant", "tenantId", "value", "withSendX5C");

    private readonly Dictionary<ITypeSymbol, bool> _types = new(SymbolEqualityComparer.Default);

    public bool Includes(ITypeSymbol type)
    {
        if (!_types.TryGetValue(type, out var included))
        {
            // A type that is made of itself.
            _types[type] = false;
            _types[type] = included = type switch
            {
                IArrayTypeSymbol array => Includes(array.ElementType),
                INamedTypeSymbol named => msal.OwnsType(named) || IsOfHttpOrCryptography(named) || named.TypeArguments.Any(Includes),
                _ => false,
            };
        }

        return included;
    }

    /// <summary>Whether a rule may ask about it. A builder's steps stand in its log.</summary>
    public bool Includes(TraceEvent happened)
    {
        if (IsAbout(happened.Operation))
            return true;

        // What an application or a result does by itself is asked by name; what is done with a member of it, by the member.
        if (IsAsked(happened.Receiver) && (happened.Receiver is not (AllocatedObject or SymbolicInput) || happened.Operation is IInvocationOperation { TargetMethod: var method } && !msal.Owns(method)))
            return true;

        foreach (var argument in happened.Arguments)
        {
            if (IsAsked(argument.Value) || argument.Value is ConstantValue { Data: Authorization } or SymbolicInput { Symbol.Name: Authorization })
                return true;
        }

        return false;
    }

    /// <summary>Whether a rule may ask if this was done to an object.</summary>
    public bool IsStep(IMethodSymbol method) => msal.Owns(method)
        ? !method.Name.StartsWith("With", StringComparison.Ordinal) || method.Name.EndsWith("Authority", StringComparison.Ordinal) || _askedSteps.Contains(method.Name)
        : msal.IsRuntime(method) || method.ContainingType is not { } type || Includes(type) || IsIn(type, "Net", "Http") || IsIn(type, "Net", "Security") || method.IsExtensionMethod;

    /// <summary>Whether a rule may ask what a step was given. Of most of MSAL's steps, only whether they were taken.</summary>
    public bool IsAsked(Step step, Argument argument) => _askedParameters.Contains(argument.Name) || !(msal.Owns(step.Member) || msal.IsRuntime(step.Member));

    /// <summary>Whether it makes a difference to a rule which of several values it is.</summary>
    public bool IsTelling(AbstractValue value) => value is not (SymbolicInput or MemberOf or { IsUnknown: true } or ConstantValue { Data: null }) || IsAsked(value) || Includes(value);

    private bool IsAbout(IOperation? operation) => operation switch
    {
        IInvocationOperation { TargetMethod: { Name: "Dispose" } } => true,
        IInvocationOperation { TargetMethod: var method } when msal.Owns(method) || msal.IsRuntime(method) => _askedCalls.Contains(method.Name),
        IInvocationOperation { TargetMethod.ContainingType: { } type } => Includes(type),
        IObjectCreationOperation { Type: { } made } => Includes(made),
        ISimpleAssignmentOperation { Target: IMemberReferenceOperation { Member: { ContainingType: { } type } member } } => member.Name == Authorization || Includes(type) || msal.Owns(member),
        IMemberReferenceOperation { Member: { ContainingType: { } type } member } => _askedMembers.Contains(member.Name) && Includes(type),
        _ => false,
    };

    /// <summary>An application, a result or what matters of it, a client, a message, a certificate.</summary>
    private bool IsAsked(AbstractValue value) => value switch
    {
        AllocatedObject made => Includes(made.Type) && !msal.IsBuilder(made.Type),
        SymbolicInput { Symbol: var symbol } => TypeOf(symbol) is { } type && Includes(type) && !msal.IsBuilder(type),
        MemberOf { Owner: var owner, Name: var name } => owner is MemberOf ? IsAsked(owner) : _askedMembers.Contains(name) && Includes(owner),
        OneOf or SequenceValue or TextValue or LazyValue => value.Parts.Any(IsAsked),
        _ => false,
    };

    private bool Includes(AbstractValue value) => value switch
    {
        AllocatedObject made => Includes(made.Type),
        SymbolicInput { Symbol: var symbol } => TypeOf(symbol) is { } type && Includes(type),
        MemberOf member => Includes(member.Owner),
        OneOf or SequenceValue or TextValue or LazyValue => value.Parts.Any(Includes),
        _ => false,
    };

    /// <summary>The type of an object that is made here, or of what is received.</summary>
    public static ITypeSymbol? TypeOf(AbstractValue value) => value switch
    {
        AllocatedObject made => made.Type,
        SymbolicInput received => TypeOf(received.Symbol),
        _ => null,
    };

    private static ITypeSymbol? TypeOf(ISymbol symbol) => symbol switch
    {
        IParameterSymbol parameter => parameter.Type,
        ILocalSymbol local => local.Type,
        IFieldSymbol field => field.Type,
        IPropertySymbol property => property.Type,
        _ => null,
    };

    private static bool IsOfHttpOrCryptography(INamedTypeSymbol type) =>
        IsIn(type, "Security", "Cryptography")
        || (IsIn(type, "Net", "Http")
            && (type.Name is "HttpClient" or "HttpMessageInvoker" or "HttpRequestMessage" or "HttpClientJsonExtensions" or "AuthenticationHeaderValue" || type.Name.EndsWith("Handler", StringComparison.Ordinal)));

    /// <summary>Whether the type is in a namespace of <c>System</c>, or in one inside it.</summary>
    private static bool IsIn(INamedTypeSymbol type, string outer, string inner)
    {
        for (var space = type.ContainingNamespace; space is { IsGlobalNamespace: false }; space = space.ContainingNamespace)
        {
            if (space.Name == inner && space.ContainingNamespace is { ContainingNamespace.Name: "System" } around && around.Name == outer)
                return true;
        }

        return false;
    }
}
