using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MtlsPop.Analyzers.Syntax;

internal static class InvocationName
{
    /// <summary>The name of the called member, as in <c>a.Name()</c>, <c>a?.Name()</c> and <c>Name()</c>; the default token where a call has none.</summary>
    public static SyntaxToken Of(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax access => access.Name.Identifier,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier,
        SimpleNameSyntax simple => simple.Identifier,
        _ => default,
    };

    /// <summary>The name of a member that is called by <c>a.Name()</c>; empty for any other call.</summary>
    public static string OfMember(InvocationExpressionSyntax call) => (call.Expression as MemberAccessExpressionSyntax)?.Name.Identifier.ValueText ?? "";
}
