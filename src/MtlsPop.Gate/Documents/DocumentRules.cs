using Microsoft.CodeAnalysis;

namespace MtlsPop.Gate.Documents;

/// <summary>What only a document can be asked.</summary>
internal static class DocumentRules
{
    public static readonly DiagnosticDescriptor VersionNotNamed = Rule(
        "MPOP0101",
        "Name the version of MSAL",
        "No version of MSAL is named, and its reader may take one that cannot bind tokens: say that Microsoft.Identity.Client {0} or later is needed");

    public static readonly DiagnosticDescriptor NamespaceNotNamed = Rule(
        "MPOP0102",
        "Name the namespaces that a block uses",
        "'{0}' needs 'using {1};', which is not stated, so a reader's copy does not compile: add it, or say that the usings are left out");

    public static readonly DiagnosticDescriptor IdentifierNotShown = Rule(
        "MPOP0103",
        "Show all three identifiers of a user-assigned identity",
        "A user-assigned identity can be named in three ways, and a reader who has another identifier finds no example: show {0}, too");

    public static readonly DiagnosticDescriptor SecondLegNotExplained = Rule(
        "MPOP0104",
        "Say that a managed identity cannot be the second leg",
        "The two legs are explained, and not that a managed identity cannot be the second one: say that it has no 'WithClientAssertion'");

    public static readonly DiagnosticDescriptor NoSuchCall = Rule(
        "MPOP0105",
        "Call MSAL by what it has",
        "MSAL {0} does not have this call as it is written, so a reader's copy does not compile: {1}");

    public static IReadOnlyList<(string Name, DiagnosticDescriptor Rule)> All { get; } =
    [
        (nameof(VersionNotNamed), VersionNotNamed),
        (nameof(NamespaceNotNamed), NamespaceNotNamed),
        (nameof(IdentifierNotShown), IdentifierNotShown),
        (nameof(SecondLegNotExplained), SecondLegNotExplained),
        (nameof(NoSuchCall), NoSuchCall),
    ];

    private static DiagnosticDescriptor Rule(string id, string title, string message) => new(
        id, title, message, "Documents", DiagnosticSeverity.Warning, isEnabledByDefault: true,
        helpLinkUri: "https://github.com/mtlspop/mtlspop/blob/main/docs/gating.md#documents");
}
