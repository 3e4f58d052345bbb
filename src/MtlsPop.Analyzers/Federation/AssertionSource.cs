using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MtlsPop.Analyzers.Flow.Engine;
using MtlsPop.Analyzers.Framework;
using MtlsPop.Analyzers.Model;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Federation;

/// <summary>A call of <c>WithClientAssertion</c>: what it presents, and for which requests.</summary>
internal sealed class AssertionSource
{
    private static readonly Evidence<List<AssertionSource>> _evidence = new((type, _) => In(type).ToList());

    private readonly ImmutableArray<TraceEvent> _calls;
    private readonly ImmutableArray<EvaluationResult> _presented;
    private readonly ImmutableArray<TokenRequest> _requests;
    private readonly TypeModel _type;

    private AssertionSource(ImmutableArray<TraceEvent> calls, TypeModel type)
    {
        _type = type;
        _calls = calls;
        _presented = calls.SelectMany(call => Argument(call).Value is DelegateValue callback ? type.Flow.Returns(callback, call) : [new EvaluationResult(Argument(call).Value, call.State)]).ToImmutableArray();
        _requests = type.Requests.Where(request => request.Presents(calls[0].Operation.Syntax)).ToImmutableArray();
    }

    /// <summary>The name of the call.</summary>
    public SyntaxToken Place => Flow.Engine.Place.WordOf(Flow.Engine.Place.Of(_calls[0].Operation.Syntax, _calls[0].CallSite));

    /// <summary>Whether the overload takes a certificate with the token.</summary>
    public bool CarriesCertificate => Credential.CarriesCertificate(_calls[0].Arguments);

    /// <summary>Whether the tokens that it presents are bound. A constant, such as an empty text after a failure, is no token.</summary>
    public ThreeState TokenBound => ThreeStates.Agreed(_presented.Where(outcome => outcome.Value is not ConstantValue).Select(outcome => TokenResult.Bound(TokenOf(outcome), outcome.State)));

    /// <summary>Whether a request of its application asks for a bound token.</summary>
    public bool ServesBoundRequest => _requests.Any(request => request.Bound == ThreeState.Yes);

    /// <summary>Whether all that it presents is bound: the token comes with a certificate.</summary>
    public bool PresentsCertificate => _presented.All(outcome =>
        outcome.Value is AllocatedObject assertion && new AssertionPath(assertion, outcome.State, getsCertificate: false).HasCertificate == ThreeState.Yes);

    /// <summary>What was done to build the applications that it is given to.</summary>
    public IEnumerable<CallLog> Applications => Builds.Select(build => build.State[(AllocatedObject)build.Receiver]!);

    /// <summary>Whether its application is still there when the member that builds it has returned; one that is handed its result may be meant for that alone, unless it is kept.</summary>
    public bool OutlivesItsMember => Builds.Any(build =>
        build.Result is AllocatedObject application && (_type.Flow.Keeps(application) || (!TakesGivenResult && _type.Flow.Returns(application))));

    private bool TakesGivenResult => _presented.Any(outcome => TokenOf(outcome) is SymbolicInput);

    /// <summary>Whether every token that it presents is of one of these results.</summary>
    public bool Presents(ImmutableHashSet<AllocatedObject> results) => _presented.Length > 0 && _presented.All(outcome => TokenOf(outcome) is AllocatedObject result && results.Contains(result));

    /// <summary>Whether the callback returns a result each time that it did not acquire itself.</summary>
    public bool CapturesResult => Body is { } body && _presented.Length > 0 && !ReadsWhatMayChange(body) && _presented.All(outcome => TokenOf(outcome) switch
    {
        AllocatedObject result => !IsMadeIn(body, result),
        SymbolicInput { Symbol: IParameterSymbol } => true,
        _ => false,
    });

    /// <summary>The acquisition of such a result, or the call that leads to it, in the member that has the callback.</summary>
    public SyntaxNode? CapturedAcquisition
    {
        get
        {
            if (Body?.FirstAncestorOrSelf<MemberDeclarationSyntax>() is not { } member || TokenOf(_presented[0]) is not AllocatedObject result)
                return null;

            var place = result.Syntax;
            for (var frame = result.CallSite; frame is not null && place.FirstAncestorOrSelf<MemberDeclarationSyntax>() != member; frame = frame.Caller)
                place = frame.Call;
            return place;
        }
    }

    private SyntaxNode? Body => Argument(_calls[0]).Value switch
    {
        DelegateValue { Lambda.Syntax: var lambda } => lambda,
        DelegateValue { Method.DeclaringSyntaxReferences: { Length: 1 } declarations } => declarations[0].GetSyntax(),
        _ => null,
    };

    private IEnumerable<TraceEvent> Builds => _type.Flow.CallsOf(MsalNames.Build).Where(observation =>
        observation.Receiver is AllocatedObject builder
        && observation.State[builder]?.Steps.Any(step => step.Syntax == _calls[0].Operation.Syntax) == true);

    public static IEnumerable<AssertionSource> Of(TypeModel type) => _evidence.Of(type, CancellationToken.None);

    private static IEnumerable<AssertionSource> In(TypeModel type) => type.Flow.CallsOf(MsalNames.WithClientAssertion, call => call.Arguments.IsEmpty ? AbstractValue.Unknown : Argument(call).Value)
        .Where(call => call.Arguments.Any(argument => argument.Parameter is not null))
        .GroupBy(observation => observation.Operation.Syntax)
        .Select(calls => new AssertionSource(calls.ToImmutableArray(), type));

    private static Argument Argument(TraceEvent call) => call.Arguments.Last(argument => argument.Parameter is not null);

    private static AbstractValue? TokenOf(EvaluationResult presented) => presented.Value switch
    {
        MemberOf token => TokenResult.Of(token, MsalNames.AccessToken),
        AllocatedObject assertion => new AssertionPath(assertion, presented.State, getsCertificate: false).TokenFrom,
        _ => null,
    };

    private static bool IsMadeIn(SyntaxNode body, AllocatedObject result)
    {
        for (var frame = result.CallSite; frame is not null; frame = frame.Caller)
        {
            if (body.Contains(frame.Call))
                return true;
        }

        return body.Contains(result.Syntax);
    }

    /// <summary>A field that is set again is a cache, and whoever sets it may refresh it.</summary>
    private bool ReadsWhatMayChange(SyntaxNode body)
    {
        // Another file of a partial type.
        if (body.SyntaxTree != _type.Semantics.SyntaxTree)
            return true;

        foreach (var name in body.DescendantNodes().OfType<IdentifierNameSyntax>())
        {
            if (_type.Semantics.GetSymbolInfo(name).Symbol is { } member && MayChange(member) && _type.Flow.Declares(member))
                return true;
        }

        return false;
    }

    private static bool MayChange(ISymbol member) => member is IFieldSymbol { IsReadOnly: false, IsConst: false } or IPropertySymbol { SetMethod: not null };
}
