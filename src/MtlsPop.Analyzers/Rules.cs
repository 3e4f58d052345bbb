using Microsoft.CodeAnalysis;

namespace MtlsPop.Analyzers;

/// <summary>The one table of diagnostics. A field's name is the name of the rule's file, fix, tests and row; its ID is the name of its page.</summary>
internal static class Rules
{
    public static readonly DiagnosticDescriptor CallUnderstood = Rule(
        "MPOP0001",
        "A call that was understood",
        "This {0} was understood: {1}",
        Category.Requests,
        DiagnosticSeverity.Info,
        isEnabledByDefault: false);

    public static readonly DiagnosticDescriptor AttestationMissing = Rule(
        "MPOP1001",
        "Attest the key of a managed-identity token",
        "This managed-identity token is bound to a key that nothing attests, so a resource that requires attestation will reject it: add '.WithAttestationSupport()'{0}",
        Category.Requests,
        customTags: Tag.ThrowsOrLeaks);

    public static readonly DiagnosticDescriptor AttestationWithoutBinding = Rule(
        "MPOP1002",
        "Bind the token whose key is attested",
        "Attestation alone binds nothing, so this request silently gets a plain bearer token: add '.WithMtlsProofOfPossession()'",
        Category.Requests,
        customTags: Tag.ThrowsOrLeaks);

    public static readonly DiagnosticDescriptor BoundAndBearerTogether = Rule(
        "MPOP1003",
        "Ask for a bound token or a bearer token, not both",
        "This request also asks for a bound token, and MSAL throws 'mtls_pop_and_bearer_exclusive' for the two together: keep either '.WithMtlsProofOfPossession()' or '.WithRequestOverMtls()'",
        Category.Requests,
        customTags: Tag.ThrowsOrLeaks);

    public static readonly DiagnosticDescriptor RequestNotBound = Rule(
        "MPOP1004",
        "Bind every token",
        "This request gets a plain bearer token, which works for whoever steals it, while other requests here are bound: add '.WithMtlsProofOfPossession()'",
        Category.Requests,
        isEnabledByDefault: false,
        customTags: Tag.Checklist);

    public static readonly DiagnosticDescriptor PlatformCannotBind = Rule(
        "MPOP1005",
        "Bind a managed identity's token where the platform can",
        "A managed identity's token can be bound {0} only, and this call throws 'mtls_not_supported_for_managed_identity' elsewhere: {1}",
        Category.Requests,
        isEnabledByDefault: false,
        customTags: Tag.ThrowsOrLeaks);

    public static readonly DiagnosticDescriptor ApplicationPerCall = Rule(
        "MPOP1006",
        "Keep the application that caches the tokens",
        "This application is built anew on each call and its {0} goes with it, so each call asks for a new token and is throttled in the end: keep one application, in a static readonly field or as a singleton",
        Category.Requests,
        DiagnosticSeverity.Info);

    public static readonly DiagnosticDescriptor SilentBeforeClient = Rule(
        "MPOP1007",
        "Ask for an application's token directly",
        "AcquireTokenSilent looks into the cache of users' tokens and never finds the application's, so this attempt always fails: call 'AcquireTokenForClient' alone, it looks into its own cache first",
        Category.Requests,
        DiagnosticSeverity.Info);

    public static readonly DiagnosticDescriptor ScopeWithoutDefault = Rule(
        "MPOP1008",
        "Ask for a resource's default scope",
        "A confidential client can only ask for all that it is allowed, so the token endpoint rejects the scope '{0}': ask for '{1}'",
        Category.Requests);

    public static readonly DiagnosticDescriptor CertificateChainNotSent = Rule(
        "MPOP2001",
        "Send the certificate's chain",
        "This certificate is used without its chain, so a subject-name-and-issuer registration will reject every request that is signed with it: pass 'sendX5C: true'",
        Category.Applications);

    public static readonly DiagnosticDescriptor AuthorityNotTenanted = Rule(
        "MPOP2002",
        "Give the application of a bound request its tenant",
        "This application makes bound requests without a tenant of its own, and MSAL throws 'missing_tenanted_authority' for them even when the request names one: add '.WithTenantId(...)' to the application",
        Category.Applications,
        customTags: Tag.ThrowsOrLeaks);

    public static readonly DiagnosticDescriptor RegionMalformed = Rule(
        "MPOP2003",
        "Name the region as Azure does",
        "'{0}' is not the name of a region, so {1}: write it in letters and digits only, as in 'eastus'",
        Category.Applications);

    public static readonly DiagnosticDescriptor RegionMissing = Rule(
        "MPOP2004",
        "Give the application of a bound request its region",
        "This application makes bound requests without a region, and MSAL {0} throws 'mtls_pop_without_region' for them: add '.WithAzureRegion(ConfidentialClientApplication.AttemptRegionDiscovery)' or go to 4.84.0",
        Category.Applications,
        customTags: Tag.ThrowsOrLeaks);

    public static readonly DiagnosticDescriptor CredentialCannotBind = Rule(
        "MPOP2005",
        "Bind with a credential that has a certificate",
        "This application makes bound requests, and MSAL throws 'mtls_certificate_not_provided' for them because {0} gives no certificate to bind to: use '.WithCertificate(certificate, sendX5C: true)' or a bound assertion",
        Category.Applications,
        customTags: Tag.ThrowsOrLeaks);

    public static readonly DiagnosticDescriptor FactoryCannotPresentCertificate = Rule(
        "MPOP2006",
        "Give MSAL clients that present the certificate",
        "'{0}' gives MSAL no client with a certificate, so MSAL silently leaves the certificate off the wire of a bound request: implement 'IMsalMtlsHttpClientFactory'",
        Category.Applications,
        customTags: Tag.ThrowsOrLeaks);

    public static readonly DiagnosticDescriptor ExperimentalAssertion = Rule(
        "MPOP2007",
        "Turn experimental features on before a bound assertion",
        "In MSAL {0} bound assertions are an experimental feature, so this call throws 'experimental_feature': call '.WithExperimentalFeatures()' before it, or go to 4.84.0",
        Category.Applications,
        customTags: Tag.ThrowsOrLeaks);

    public static readonly DiagnosticDescriptor BindingCertificateUnchecked = Rule(
        "MPOP3001",
        "Check the binding certificate for null",
        "'{0}' is null when the token came back unbound, and nothing checked it on this path: throw when it is null, before it is used",
        Category.Binding,
        customTags: Tag.ThrowsOrLeaks);

    public static readonly DiagnosticDescriptor WrongScheme = Rule(
        "MPOP3002",
        "Send a bound token under its own scheme",
        "This bound token is sent as '{0}', so the resource takes it for another kind of token and rejects it: send it under 'TokenType' of its result",
        Category.Binding);

    public static readonly DiagnosticDescriptor TokenSentWithoutCertificate = Rule(
        "MPOP3003",
        "Send a bound token with its certificate",
        "This client has no client certificate, so the resource cannot match this bound token to one and rejects it: give the client's handler the result's 'BindingCertificate'",
        Category.Binding);

    public static readonly DiagnosticDescriptor ClientPerCall = Rule(
        "MPOP3004",
        "Keep a client for each binding certificate",
        "Every call makes this client anew, with a TLS handshake of its own and sockets that outlive it, until a busy process has none left: keep one client for each binding certificate",
        Category.Binding,
        DiagnosticSeverity.Info);

    public static readonly DiagnosticDescriptor BindingCertificateDisposed = Rule(
        "MPOP3005",
        "Leave the binding certificate to MSAL",
        "MSAL keeps this binding certificate and hands it out again with every cached token, so the calls after this one fail: do not dispose it",
        Category.Binding);

    public static readonly DiagnosticDescriptor BindingCertificateExported = Rule(
        "MPOP3006",
        "Keep the private key where it is",
        "Who gets hold of this exported private key can use every token that is bound to it, and a hardware-backed key cannot be exported at all: use the certificate in this process instead",
        Category.Binding);

    public static readonly DiagnosticDescriptor TokenTypeComparedByCase = Rule(
        "MPOP3007",
        "Compare the token type without regard to case",
        "'TokenType' is spelled as the server spells it, so a comparison by case takes a bound token for an unbound one as soon as that changes: compare with 'StringComparison.OrdinalIgnoreCase'",
        Category.Binding,
        DiagnosticSeverity.Info);

    public static readonly DiagnosticDescriptor InsecureResource = Rule(
        "MPOP3008",
        "Send a bound token over TLS",
        "'{0}' is not TLS, so no certificate is presented and this bound token is rejected after everybody on the way has read it: use 'https://'",
        Category.Binding);

    public static readonly DiagnosticDescriptor PrivateKeyDisposed = Rule(
        "MPOP3009",
        "Leave the private key of a binding certificate undisposed",
        "The checklist wants the private key of a binding certificate left to the certificate, which others go on to use: do not dispose it",
        Category.Binding,
        DiagnosticSeverity.Info,
        isEnabledByDefault: false,
        customTags: Tag.Checklist);

    public static readonly DiagnosticDescriptor HandedResultUnchecked = Rule(
        "MPOP3010",
        "Check the binding certificate of a result that is handed in",
        "'{0}' is null when the token that a caller hands in is not bound, and nothing checks it: throw when it is null, before it is used",
        Category.Binding,
        DiagnosticSeverity.Info);

    public static readonly DiagnosticDescriptor ManagedIdentityOnSecondLeg = Rule(
        "MPOP4001",
        "Exchange the token with a confidential client",
        "A managed identity cannot present an assertion, so this second leg never exchanges the first leg's token: make the second leg a confidential client with a bound assertion",
        Category.Federation,
        customTags: Tag.ThrowsOrLeaks);

    public static readonly DiagnosticDescriptor AssertionNotBound = Rule(
        "MPOP4002",
        "Present the assertion's certificate with it",
        "This assertion is a bound token and is presented without its certificate, so the second leg fails or comes back as a plain bearer token: set 'TokenBindingCertificate' to the 'BindingCertificate' of the same result",
        Category.Federation);

    public static readonly DiagnosticDescriptor AssertionBoundToOtherToken = Rule(
        "MPOP4003",
        "Take the assertion and its certificate from one result",
        "The certificate is another result's than the assertion, so the token endpoint rejects the assertion once the two certificates differ: take both from the assertion's result",
        Category.Federation);

    public static readonly DiagnosticDescriptor FirstLegNotBound = Rule(
        "MPOP4004",
        "Bind the token that is exchanged",
        "This token is exchanged in a bound assertion or for a bound token, but is not bound itself, so there is no certificate to bind to and the second leg fails: add '.WithMtlsProofOfPossession()'",
        Category.Federation);

    public static readonly DiagnosticDescriptor ExchangeAudienceMalformed = Rule(
        "MPOP4005",
        "Name the exchange audience as its cloud does",
        "No token to exchange is issued for '{0}' here, so the federation fails: ask for '{1}'",
        Category.Federation);

    public static readonly DiagnosticDescriptor AssertionDropsCertificate = Rule(
        "MPOP4006",
        "Present a bound assertion with its certificate",
        "An assertion that is only text carries no certificate, so a bound token in it is rejected and a bound token asked for with it is never issued: return a 'ClientSignedAssertion' with both",
        Category.Federation);

    public static readonly DiagnosticDescriptor FirstLegCaptured = Rule(
        "MPOP4007",
        "Acquire the first leg in the assertion callback",
        "This callback presents the same first leg for as long as the application lives, so requests fail when its token has expired or its certificate was rotated: acquire it inside the callback",
        Category.Federation,
        DiagnosticSeverity.Info);

    public static readonly DiagnosticDescriptor ConfigureAwaitMissing = Rule(
        "MPOP5001",
        "Await without the caller's context",
        "This await resumes on the caller's context, where a blocking caller deadlocks: append '.ConfigureAwait(false)'",
        Category.Conventions);

    public static readonly DiagnosticDescriptor CancellationNotPassed = Rule(
        "MPOP5002",
        "Pass the cancellation token on",
        "'{0}' is not given a cancellation token, so it goes on, with its retries, when the caller has given up: pass '{1}'",
        Category.Conventions,
        DiagnosticSeverity.Info);

    public static readonly DiagnosticDescriptor CancellationNotOffered = Rule(
        "MPOP5003",
        "Let the caller give up",
        "A caller of '{0}' cannot give up, so it waits for every retry of the requests in it: add a parameter 'CancellationToken cancellationToken = default' and pass it on",
        Category.Conventions,
        DiagnosticSeverity.Info);

    public static readonly DiagnosticDescriptor InputNotValidated = Rule(
        "MPOP5004",
        "Check what a public method is given",
        "'{0}' is used here without a check, so a null fails somewhere inside instead of naming the argument: throw an ArgumentNullException first",
        Category.Conventions,
        DiagnosticSeverity.Info);

    public static readonly DiagnosticDescriptor DisposalNotChecked = Rule(
        "MPOP5005",
        "Say that the object is disposed",
        "'{0}' uses '{1}' without asking whether it was disposed, so a late caller gets whatever fails inside: throw an ObjectDisposedException first",
        Category.Conventions,
        DiagnosticSeverity.Info);

    public static readonly DiagnosticDescriptor OwnedClientNotDisposed = Rule(
        "MPOP5006",
        "Dispose the client that presents the certificate",
        "'{0}' keeps '{1}' and cannot be disposed, so its connections, authenticated with the certificate, stay open after it is gone: implement IDisposable",
        Category.Conventions,
        DiagnosticSeverity.Info);

    public static readonly DiagnosticDescriptor DirectFlowCalledLeg = Rule(
        "MPOP5007",
        "Call a direct acquisition what it is",
        "'{0}' calls a direct acquisition a leg, so a reader looks for an exchange that does not happen: name it for what it holds",
        Category.Conventions,
        DiagnosticSeverity.Info);

    public static readonly DiagnosticDescriptor MsalTooOld = Rule(
        "MPOP9001",
        "Use an MSAL that can bind tokens",
        "MSAL {0} is older than {1}, the least that bound tokens may be built on, and lacks or breaks what this code asks for: raise Microsoft.Identity.Client to {2}",
        Category.Packages);

    public static readonly DiagnosticDescriptor MsalKnownDefect = Rule(
        "MPOP9002",
        "Use an MSAL whose feature is not known to be broken",
        "In MSAL {0} {1}: {2}",
        Category.Packages);

    public static readonly DiagnosticDescriptor AttestationPackageMissing = Rule(
        "MPOP9003",
        "Reference the package that attests keys",
        "No key of a managed identity can be attested here, because Microsoft.Identity.Client.KeyAttestation is not referenced: add the package in version {0}",
        Category.Packages);

    public static readonly DiagnosticDescriptor AttestationPackageMismatch = Rule(
        "MPOP9004",
        "Use KeyAttestation in the version of MSAL",
        "Microsoft.Identity.Client.KeyAttestation {0} was made for another MSAL than {1}, {2}: reference it in version {3}",
        Category.Packages);

    public static readonly DiagnosticDescriptor LegacyBindingPackage = Rule(
        "MPOP9005",
        "Replace the preview package that bound managed identities",
        "Microsoft.Identity.Client.MtlsPop is a preview that ended with MSAL 4.81, and does not work with a later one: replace it by Microsoft.Identity.Client.KeyAttestation in the version of MSAL",
        Category.Packages);

    private static DiagnosticDescriptor Rule(
        string id,
        string title,
        string messageFormat,
        string category,
        DiagnosticSeverity defaultSeverity = DiagnosticSeverity.Warning,
        bool isEnabledByDefault = true,
        params string[] customTags) =>
#pragma warning disable RS0030 // the one place that makes descriptors
        new(id, title, messageFormat, category, defaultSeverity, isEnabledByDefault, helpLinkUri: $"{DocumentationRoot}/{id}.md", customTags: customTags);
#pragma warning restore RS0030

    private const string DocumentationRoot = "https://github.com/mtlspop/mtlspop/blob/main/docs/rules";

    private static class Category
    {
        public const string Requests = nameof(Requests);
        public const string Applications = nameof(Applications);
        public const string Binding = nameof(Binding);
        public const string Federation = nameof(Federation);
        public const string Conventions = nameof(Conventions);
        public const string Packages = nameof(Packages);
    }

    /// <summary>What the package's modes ask of a rule, beside its severity.</summary>
    internal static class Tag
    {
        /// <summary>What it reports surely throws or leaks at run time: mode Minimum keeps it.</summary>
        public const string ThrowsOrLeaks = nameof(ThrowsOrLeaks);

        /// <summary>Off by default, and yet an item of the checklist: modes Strict and Checklist switch it on.</summary>
        public const string Checklist = nameof(Checklist);
    }
}
