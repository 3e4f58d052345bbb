using Microsoft.CodeAnalysis;

namespace MtlsPop.Gate.Documents;

/// <summary>What only a document can be asked.</summary>
internal static class DocumentRules
{
    public static readonly DiagnosticDescriptor VersionNotNamed = Rule(
        "MPOP0101",
        "Name the version of MSAL",
        "No version of MSAL is named, and its reader may take one that cannot bind tokens: say that Microsoft.Identity.Client {0} or later is needed",
        "Bound tokens need MSAL 4.82.1 or later. A document that installs it, or says so in words, answers this; the highest version that it names counts, and so does each that it installs.");

    public static readonly DiagnosticDescriptor NamespaceNotNamed = Rule(
        "MPOP0102",
        "Name the namespaces that a block uses",
        "'{0}' needs 'using {1};', which is not stated, so a reader's copy does not compile: add it, or say that the usings are left out",
        "A block that begins with usings is copied as it is, and must state all that it needs beyond what every project has. Blocks without usings need theirs stated somewhere in the document, or a comment that they are left out.");

    public static readonly DiagnosticDescriptor IdentifierNotShown = Rule(
        "MPOP0103",
        "Show all three identifiers of a user-assigned identity",
        "A user-assigned identity can be named in three ways, and a reader who has another identifier finds no example: show {0}, too",
        "A user-assigned identity is named by its client ID, its resource ID or its object ID. A document that shows one of 'WithUserAssignedClientId', 'WithUserAssignedResourceId' and 'WithUserAssignedObjectId' shows or names all of them.");

    public static readonly DiagnosticDescriptor SecondLegNotExplained = Rule(
        "MPOP0104",
        "Say that a managed identity cannot be the second leg",
        "The two legs are explained, and not that a managed identity cannot be the second one: say that it has no 'WithClientAssertion'",
        "The second leg presents the first leg's token as an assertion, and only a confidential client can. Who reads of two legs and of managed identities tries it with a managed identity unless the text says that it cannot be.");

    public static readonly DiagnosticDescriptor NoSuchCall = Rule(
        "MPOP0105",
        "Call MSAL by what it has",
        "MSAL {0} does not have this call as it is written, so a reader's copy does not compile: {1}",
        "The block does not compile for a reason that lies in a call of MSAL: a member, a parameter or an overload that MSAL does not have. What the document does not declare is not held against it.");

    public static IReadOnlyList<(string Name, DiagnosticDescriptor Rule)> All { get; } =
    [
        (nameof(VersionNotNamed), VersionNotNamed),
        (nameof(NamespaceNotNamed), NamespaceNotNamed),
        (nameof(IdentifierNotShown), IdentifierNotShown),
        (nameof(SecondLegNotExplained), SecondLegNotExplained),
        (nameof(NoSuchCall), NoSuchCall),
    ];

    private static DiagnosticDescriptor Rule(string id, string title, string message, string description) => new(
        id, title, message, "Documents", DiagnosticSeverity.Warning, isEnabledByDefault: true, description,
        helpLinkUri: "https://github.com/mtlspop/mtlspop/blob/main/docs/gating.md#documents");
}
