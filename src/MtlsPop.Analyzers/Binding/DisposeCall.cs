using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using MtlsPop.Analyzers.Flow.Engine;
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

    public static IEnumerable<DisposeCall> In(TypeAnalysis flow) =>
        Of(DisposedObject.Certificate, BindingCertificate.Of, flow).Concat(Of(DisposedObject.PrivateKey, BindingCertificate.OfKey, flow));

    private static IEnumerable<DisposeCall> Of(DisposedObject what, Func<AbstractValue, AbstractValue?> resultOf, TypeAnalysis flow) =>
        from fault in flow.EventsOf(Disposes, value => resultOf(value) is not null).SelectMany(observation => Seen(observation, resultOf)).ReportedOnAllPaths()
        select new DisposeCall(what, fault.Place.AsToken());

    private static bool Disposes(IOperation operation) => operation is IInvocationOperation { TargetMethod: { Name: "Dispose" or "Reset", Parameters.Length: 0 } };

    private static IEnumerable<Candidate<IOperation>> Seen(TraceEvent observation, Func<AbstractValue, AbstractValue?> resultOf) =>
        observation.Operation is IInvocationOperation call && WordOf(call) is { RawKind: not 0 } word
            ? [new(word, observation.CallSite, BindingCertificate.IsBound(resultOf(observation.Receiver), observation.State), call)]
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
