using Microsoft.CodeAnalysis;

namespace MtlsPop.Analyzers;

/// <summary>The one table of diagnostics. A field's name is the name of the rule's file, fix, tests and row; its ID is the name of its page.</summary>
internal static class Rules
{
    public static readonly DiagnosticDescriptor AttestationMissing = Rule(
        "MPOP1001",
        "Attest the key of a managed-identity token",
        "This managed-identity token is bound to a key that nothing attests, so a resource that requires attestation will reject it: add '.WithAttestationSupport()'{0}",
        Category.Requests,
        customTags: Tag.ThrowsOrLeaks);

    public static readonly DiagnosticDescriptor CertificateChainNotSent = Rule(
        "MPOP2001",
        "Send the certificate's chain",
        "This certificate is used without its chain, so a subject-name-and-issuer registration will reject every request that is signed with it: pass 'sendX5C: true'",
        Category.Applications);

    public static readonly DiagnosticDescriptor BindingCertificateUnchecked = Rule(
        "MPOP3001",
        "Check the binding certificate for null",
        "'{0}' is null when the token came back unbound, and nothing checked it on this path: throw when it is null, before it is used",
        Category.Binding,
        customTags: Tag.ThrowsOrLeaks);

    public static readonly DiagnosticDescriptor ManagedIdentityOnSecondLeg = Rule(
        "MPOP4001",
        "Exchange the token with a confidential client",
        "A managed identity cannot present an assertion, so this second leg never exchanges the first leg's token: make the second leg a confidential client with a bound assertion",
        Category.Federation,
        customTags: Tag.ThrowsOrLeaks);

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
    }

    /// <summary>What the package's modes ask of a rule, beside its severity.</summary>
    internal static class Tag
    {
        /// <summary>What it reports surely throws or leaks at run time: mode Minimum keeps it.</summary>
        public const string ThrowsOrLeaks = nameof(ThrowsOrLeaks);

        /// <summary>Off by default, and yet an item of the checklist: modes Gate and Checklist switch it on.</summary>
        public const string Checklist = nameof(Checklist);
    }
}
