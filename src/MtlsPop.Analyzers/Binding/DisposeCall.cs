using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using MtlsPop.Analyzers.Flow;
using MtlsPop.Analyzers.Model;

namespace MtlsPop.Analyzers.Binding;

internal enum DisposedObject
{
    Certificate,
    PrivateKey,
}

/// <summary>The end of a binding certificate, or of an object that is its private key.</summary>
internal sealed class DisposeCall(DisposedObject what, SyntaxToken place)
{
    public DisposedObject What => what;

    /// <summary>The word <c>using</c>, or the name of the call.</summary>
    public SyntaxToken Place => place;

    public static IEnumerable<DisposeCall> In(TypeFlow flow) =>
        Of(DisposedObject.Certificate, BindingCertificate.Of, flow).Concat(Of(DisposedObject.PrivateKey, BindingCertificate.OfKey, flow));

    private static IEnumerable<DisposeCall> Of(DisposedObject what, Func<Value, Value?> resultOf, TypeFlow flow) =>
        from fault in flow.Observations.SelectMany(observation => Seen(observation, resultOf)).ReportedOnAllPaths()
        select new DisposeCall(what, fault.Place.AsToken());

    private static IEnumerable<Candidate<IOperation>> Seen(Observation observation, Func<Value, Value?> resultOf) =>
        observation.Operation is IInvocationOperation { TargetMethod: { Name: "Dispose" or "Reset", Parameters.Length: 0 } } call && WordOf(call) is { RawKind: not 0 } word
            ? [new(word, observation.Frame, BindingCertificate.IsBound(resultOf(observation.Receiver), observation.State), call)]
            : [];

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
