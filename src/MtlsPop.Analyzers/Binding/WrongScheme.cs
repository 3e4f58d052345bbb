using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using MtlsPop.Analyzers.Flow.Engine;
using MtlsPop.Analyzers.Framework;
using MtlsPop.Analyzers.Model;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Binding;

/// <summary>
/// A bound token is sent under a constant scheme that is not its own.
/// <para>Reports: a bound token in an Authorization header, as an object or as text, under a constant scheme other than mtls_pop; SetBearerToken and its like.</para>
/// <para>Leaves alone: a scheme that is not constant; a token that was found unbound.</para>
/// </summary>
internal sealed class WrongScheme() : Rule<MislabelledToken>(Rules.WrongScheme)
{
    protected override IEnumerable<MislabelledToken> Find(TypeModel type, CancellationToken cancellation) => MislabelledToken.In(type.Flow);

    protected override void Judge(MislabelledToken token, Report report) => report.At(token.Place, token.Scheme);
}

/// <summary>A bound token that is sent under a scheme which is not its own.</summary>
internal sealed class MislabelledToken(SyntaxNodeOrToken place, string scheme)
{
    /// <summary>The scheme, or the text that begins with it.</summary>
    public SyntaxNodeOrToken Place => place;

    public string Scheme => scheme;

    public static IEnumerable<MislabelledToken> In(TypeAnalysis flow) =>
        from fault in flow.EventsOf(IsHeader).Concat(flow.EventsOf(operation => operation is IInvocationOperation && !IsHeader(operation), AuthorizationHeader.MayCarryToken)).SelectMany(observation => Sent(observation, flow)).ReportedOnAllPaths()
        select new MislabelledToken(fault.Place, fault.Finding);

    private static bool IsHeader(IOperation operation) => operation switch
    {
        IObjectCreationOperation { Type.Name: AuthorizationHeader.Type } => true,
        IInvocationOperation { TargetMethod: var method } => method is { Name: "SetBearerToken" or "WithOAuthBearerToken" } or { ContainingType.Name: AuthorizationHeader.Type },
        ISimpleAssignmentOperation { Target: IPropertyReferenceOperation property } => IsHeader(property),
        _ => false,
    };

    /// <summary>The header that an operation makes or sets. One that is an object is judged where it is made.</summary>
    private static IEnumerable<Candidate<string>> Sent(TraceEvent observation, TypeAnalysis flow)
    {
        switch (observation.Operation)
        {
            case IObjectCreationOperation { Type.Name: AuthorizationHeader.Type } when observation.Arguments.For("scheme") is { } scheme:
                return See(AuthorizationHeader.Read(observation.Result, observation.State), Written(scheme));

            case IInvocationOperation { TargetMethod.Name: "SetBearerToken" or "WithOAuthBearerToken", Syntax: InvocationExpressionSyntax call } when !flow.LeadsInto(observation.Operation.Syntax):
                return observation.Arguments.SelectMany(argument => TokenResult.Of(argument.Value, MsalNames.AccessToken) is { } result
                    ? See(new AuthorizationHeader(result, "Bearer"), call.Expression.GetLastToken())
                    : []);

            case IInvocationOperation { TargetMethod: var method }
                when (method.ContainingType?.Name == AuthorizationHeader.Type || observation.Arguments.Any(argument => AuthorizationHeader.IsName(argument.Value))) && !flow.LeadsInto(observation.Operation.Syntax):
                return observation.Arguments.SelectMany(Text);

            case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation property, Value: var value } when IsHeader(property):
                return Text(observation.Arguments[0] with { Syntax = value.Syntax });

            default:
                return [];
        }

        IEnumerable<Candidate<string>> Text(Argument argument) =>
            argument.Value is AllocatedObject ? [] : See(AuthorizationHeader.Read(argument.Value, observation.State), Written(argument));

        IEnumerable<Candidate<string>> See(AuthorizationHeader? header, SyntaxNodeOrToken place) =>
            header is { Scheme: var name, Result: var result } && !TokenResult.CameUnbound(result, observation.State) ? [new(place, observation.CallSite, Judge(name, result, observation.State), name ?? "")] : [];

        SyntaxNode Written(Argument argument) => argument.Written(observation.CallSite, flow);
    }

    private static ThreeState Judge(string? scheme, AbstractValue result, State state) => scheme is null
        ? ThreeState.Unknown
        : string.Equals(scheme, MsalNames.BoundScheme, StringComparison.OrdinalIgnoreCase) ? ThreeState.No : TokenResult.Bound(result, state);

    private static bool IsHeader(IPropertyReferenceOperation property) =>
        property.Property.Name == AuthorizationHeader.Name || property.Arguments.Any(key => IsName(key.Value));

    private static bool IsName(IOperation key) => key switch
    {
        { ConstantValue: { HasValue: true, Value: string name } } => AuthorizationHeader.IsName(new ConstantValue(name)),
        IFieldReferenceOperation { Field: var field } => AuthorizationHeader.IsName(new SymbolicInput(field)),
        _ => false,
    };
}
