using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using MtlsPop.Analyzers.Flow;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Model;

/// <summary>The end of a binding certificate, which is MSAL's to end.</summary>
internal sealed class CertificateDisposal(SyntaxToken place)
{
    /// <summary>The word <c>using</c>, or the name of the call.</summary>
    public SyntaxToken Place => place;

    public static IEnumerable<CertificateDisposal> In(TypeFlow flow) =>
        from fault in flow.Observations.SelectMany(Disposals).Agreed()
        select new CertificateDisposal(fault.Place.AsToken());

    private static IEnumerable<Sighting<Value>> Disposals(Observation observation) =>
        observation.Operation is IInvocationOperation { TargetMethod: { Name: "Dispose" or "Reset", Parameters.Length: 0 } } call
            ? [new(WordOf(call), observation.Frame, Judge(observation), observation.Receiver)]
            : [];

    private static Fact Judge(Observation disposal) => TokenResult.Of(disposal.Receiver, Names.BindingCertificate) is { } result
        ? TokenResult.Bound(result, disposal.State) == Fact.No ? Fact.No : Fact.Yes
        : Fact.Unknown;

    private static SyntaxToken WordOf(IInvocationOperation call) => call switch
    {
        { Syntax: InvocationExpressionSyntax { Expression: var called } } => called.GetLastToken(),
        _ => call.Syntax.FirstAncestorOrSelf<StatementSyntax>() switch
        {
            UsingStatementSyntax statement => statement.UsingKeyword,
            LocalDeclarationStatementSyntax declaration => declaration.UsingKeyword,
            _ => default,
        },
    };
}
