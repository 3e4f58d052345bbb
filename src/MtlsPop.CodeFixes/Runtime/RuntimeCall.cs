using MtlsPop.Analyzers.Msal;

namespace MtlsPop.CodeFixes.Runtime;

/// <summary>An extension method of MtlsPop.Runtime that a fix may write.</summary>
internal static class RuntimeCall
{
    /// <summary>Whether the runtime is referenced, and the name on this receiver surely means its method.</summary>
    public static bool CanBeWritten(ExpressionSyntax receiver, string method, FixSite site) =>
        site.References(Names.RuntimeAssembly)
        && site.Semantics.GetTypeInfo(receiver, site.Cancellation).Type is { } type
        && site.Semantics.LookupSymbols(receiver.SpanStart, type, method, includeReducedExtensionMethods: true).All(named => named.ContainingAssembly?.Name == Names.RuntimeAssembly);

    /// <summary>The namespace to import for it, where that has yet to be done.</summary>
    public static string? Using(ExpressionSyntax receiver, string method, FixSite site) => site.CanCall(receiver, method) ? null : Names.RuntimeNamespace;
}
