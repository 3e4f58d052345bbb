namespace MtlsPop.Analyzers.Msal;

/// <summary>The names of MSAL's world, as they stand in its metadata.</summary>
internal static class MsalNames
{
    public const string MsalAssembly = "Microsoft.Identity.Client";
    public const string AttestationAssembly = "Microsoft.Identity.Client.KeyAttestation";
    public const string PreviewBindingAssembly = "Microsoft.Identity.Client.MtlsPop";
    public const string RuntimeAssembly = "MtlsPop.Runtime";
    public const string RuntimeNamespace = "MtlsPop";

    // Types
    public const string AuthenticationResult = nameof(AuthenticationResult);
    public const string CertificateOptions = nameof(CertificateOptions);
    public const string ClientSignedAssertion = nameof(ClientSignedAssertion);
    public const string ConfidentialClientApplicationBuilder = nameof(ConfidentialClientApplicationBuilder);
    public const string ManagedIdentityApplicationBuilder = nameof(ManagedIdentityApplicationBuilder);
    public const string IMsalHttpClientFactory = nameof(IMsalHttpClientFactory);
    public const string IMsalMtlsHttpClientFactory = nameof(IMsalMtlsHttpClientFactory);
    public const string ManagedIdentityRequestBuilder = "AcquireTokenForManagedIdentityParameterBuilder";
    public const string ClientRequestBuilder = "AcquireTokenForClientParameterBuilder";

    // Building an application
    public const string Create = nameof(Create);
    public const string Build = nameof(Build);
    public const string WithCertificate = nameof(WithCertificate);
    public const string WithClientSecret = nameof(WithClientSecret);
    public const string WithClientAssertion = nameof(WithClientAssertion);
    public const string WithClientClaims = nameof(WithClientClaims);
    public const string WithAppTokenProvider = nameof(WithAppTokenProvider);
    public const string WithAuthority = nameof(WithAuthority);
    public const string WithTenantId = nameof(WithTenantId);
    public const string WithAzureRegion = nameof(WithAzureRegion);
    public const string WithCacheOptions = nameof(WithCacheOptions);
    public const string WithExperimentalFeatures = nameof(WithExperimentalFeatures);
    public const string WithHttpClientFactory = nameof(WithHttpClientFactory);

    // Its caches
    public const string AppTokenCache = nameof(AppTokenCache);
    public const string UserTokenCache = nameof(UserTokenCache);

    // Asking for a token
    public const string AcquireTokenForClient = nameof(AcquireTokenForClient);
    public const string AcquireTokenSilent = nameof(AcquireTokenSilent);
    public const string AcquireTokenForManagedIdentity = nameof(AcquireTokenForManagedIdentity);
    public const string WithMtlsProofOfPossession = nameof(WithMtlsProofOfPossession);
    public const string WithAttestationSupport = nameof(WithAttestationSupport);
    public const string WithRequestOverMtls = nameof(WithRequestOverMtls);
    public const string WithClaims = nameof(WithClaims);
    public const string WithClaimsFromClient = nameof(WithClaimsFromClient);
    public const string WithSendX5C = nameof(WithSendX5C);
    public const string ExecuteAsync = nameof(ExecuteAsync);

    // Using it
    public const string AccessToken = nameof(AccessToken);
    public const string Assertion = nameof(Assertion);
    public const string BindingCertificate = nameof(BindingCertificate);
    public const string CreateAuthorizationHeader = nameof(CreateAuthorizationHeader);
    public const string PrivateKey = nameof(PrivateKey);
    public const string TokenBindingCertificate = nameof(TokenBindingCertificate);
    public const string TokenType = nameof(TokenType);

    public const string BoundScheme = "mtls_pop";

    // MtlsPop.Runtime
    public const string AcquireMtlsPopTokenAsync = nameof(AcquireMtlsPopTokenAsync);
    public const string RequireBinding = nameof(RequireBinding);
    public const string WithBoundClientAssertion = nameof(WithBoundClientAssertion);

    // Options of certificates
    public const string SendX5C = nameof(SendX5C);
    public const string SendX5CParameter = "sendX5C";
    public const string SendCertificateOverMtls = nameof(SendCertificateOverMtls);
}
