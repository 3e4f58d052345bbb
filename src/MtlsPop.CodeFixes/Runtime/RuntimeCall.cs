using MtlsPop.Analyzers.Msal;

namespace MtlsPop.CodeFixes.Runtime;

/// <summary>An extension method of MtlsPop.Runtime that a fix may write.</summary>
internal static class RuntimeCall
{
    /// <summary>Whether the runtime is referenced, and the name on this receiver surely means its method.</summary>
    public static bool CanBeWritten(ExpressionSyntax receiver, string method, FixContext context) =>
        context.References(MsalNames.RuntimeAssembly)
        && context.Semantics.GetTypeInfo(receiver, context.Cancellation).Type is { } type
        && context.Semantics.LookupSymbols(receiver.SpanStart, type, method, includeReducedExtensionMethods: true)
            .All(named => named.ContainingAssembly?.Name == MsalNames.RuntimeAssembly);

    /// <summary>The namespace to import for the method, if it is not imported yet.</summary>
    public static IReadOnlyCollection<string> MissingUsings(ExpressionSyntax receiver, string method, FixContext context) =>
        context.CanCall(receiver, method) ? [] : [MsalNames.RuntimeNamespace];
}
