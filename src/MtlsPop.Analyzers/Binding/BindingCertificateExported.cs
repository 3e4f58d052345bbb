using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using MtlsPop.Analyzers.Flow.Engine;
using MtlsPop.Analyzers.Framework;
using MtlsPop.Analyzers.Model;

namespace MtlsPop.Analyzers.Binding;

/// <summary>
/// The private key of a binding certificate is exported.
/// <para>Reports: an export of the certificate with its private key, and of the key itself, also from a copy or a collection.</para>
/// <para>Leaves alone: an export of the public part; a content type that is not constant.</para>
/// </summary>
internal sealed class BindingCertificateExported() : Rule<KeyExport>(Rules.BindingCertificateExported)
{
    protected override IEnumerable<KeyExport> Find(TypeModel type, CancellationToken cancellation) => KeyExport.In(type.Flow);

    protected override void Judge(KeyExport export, Report report) => report.At(export.Place);
}

/// <summary>A call that takes the private key out of a binding certificate.</summary>
internal sealed class KeyExport(SyntaxToken place)
{
    /// <summary>X509ContentType.Pkcs12, and Pfx, which is the same.</summary>
    private const int Pkcs12 = 3;

    /// <summary>The name of the call.</summary>
    public SyntaxToken Place => place;

    public static IEnumerable<KeyExport> In(TypeAnalysis flow) =>
        from fault in flow.EventsOf(operation => operation is IInvocationOperation { TargetMethod.Name: var name } && MayTakeKey(name), value => value is MemberOf or AllocatedObject).SelectMany(Seen).ReportedOnAllPaths()
        select new KeyExport(fault.Place.AsToken());

    private static IEnumerable<Candidate<IOperation>> Seen(TraceEvent observation)
    {
        if (observation.Operation is not IInvocationOperation { Syntax: InvocationExpressionSyntax { Expression: var called } } call)
            return [];

        var (state, receiver) = (observation.State, observation.Receiver);
        var taken = TakesKey(call.TargetMethod.Name, observation);
        var fault = taken == ThreeState.Yes ? BindingCertificate.IsBound(BindingCertificate.OfKey(receiver) ?? OfCopy(receiver, state), state) : taken;
        return taken == ThreeState.No ? [] : [new(called.GetLastToken(), observation.CallSite, fault, call)];
    }

    private static bool MayTakeKey(string method) => method.IndexOf("Export", StringComparison.Ordinal) >= 0 || method == "ToXmlString";

    private static ThreeState TakesKey(string method, TraceEvent call) => method switch
    {
        "Export" => Answer(call, "contentType", type => type is Pkcs12),
        "ExportPkcs12" => ThreeState.Yes,
        "ExportParameters" or "ExportExplicitParameters" or "ToXmlString" => Answer(call, "includePrivateParameters", include => include is true),
        _ => ThreeStates.Of(method.IndexOf("Export", StringComparison.Ordinal) >= 0 && method.IndexOf("PrivateKey", StringComparison.Ordinal) >= 0),
    };

    private static ThreeState Answer(TraceEvent call, string parameter, Func<object?, bool> isSo) => call.Arguments.For(parameter)?.Value switch
    {
        null => ThreeState.No,
        ConstantValue { Data: var known } => ThreeStates.Of(isSo(known)),
        _ => ThreeState.Unknown,
    };

    /// <summary>A certificate, or a copy or a collection of certificates that was made from it, key and all.</summary>
    private static AbstractValue? OfCopy(AbstractValue value, State state) =>
        value is MemberOf or AllocatedObject { Type.Name: "X509Certificate2" or "X509Certificate2Collection" } ? BindingCertificate.In(value, state) : null;
}
