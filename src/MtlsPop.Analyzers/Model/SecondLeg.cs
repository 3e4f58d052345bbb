using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using MtlsPop.Analyzers.Flow;
using MtlsPop.Analyzers.Flow.Engine;
using MtlsPop.Analyzers.Msal;
using MtlsPop.Analyzers.Syntax;

namespace MtlsPop.Analyzers.Model;

/// <summary>A second leg that is tried with a managed identity, which has no way to present the first leg's token.</summary>
internal sealed class SecondLeg(SyntaxToken step, SyntaxNode? firstLeg, bool compiles)
{
    /// <summary>The name of the call that makes it one.</summary>
    public SyntaxToken Step => step;

    /// <summary>The call that acquires the first leg's token, where the same member makes it.</summary>
    public SyntaxNode? FirstLeg => firstLeg;

    /// <summary>False where the code asks a managed identity for an assertion: there is no such method.</summary>
    public bool Compiles => compiles;

    public static IEnumerable<SecondLeg> In(TypeModel type) =>
        WithAssertion(type).Concat(ForTheFinalResource(type));

    private static IEnumerable<SecondLeg> WithAssertion(TypeModel type)
    {
        foreach (var token in Mentions.Names(type.Node, MsalNames.WithClientAssertion))
        {
            if (token.Parent?.Parent?.Parent is InvocationExpressionSyntax call
                && call.Expression is MemberAccessExpressionSyntax { Name.Identifier: { ValueText: MsalNames.WithClientAssertion } name } access
                && type.Semantics.GetSymbolInfo(call).Symbol is null
                && IsManagedIdentity(access.Expression, type))
                yield return new SecondLeg(name, FirstLegBefore(call, type), compiles: false);
        }
    }

    private static bool IsManagedIdentity(ExpressionSyntax receiver, TypeModel type)
    {
        var known = type.Semantics.GetTypeInfo(receiver).Type;
        if (known is not null and not IErrorTypeSymbol)
            return type.Msal.IsManagedIdentity(known);

        // Where the chain itself does not compile, its beginning tells.
        return FluentChain.Back(receiver).Any(call => InvocationName.OfMember(call) == MsalNames.AcquireTokenForManagedIdentity)
            || FluentChain.BeginningOf(receiver) is IdentifierNameSyntax { Identifier.ValueText: MsalNames.ManagedIdentityApplicationBuilder };
    }

    private static IEnumerable<SecondLeg> ForTheFinalResource(TypeModel type)
    {
        foreach (var request in type.Requests)
        {
            if (request.Identity == Identity.ManagedIdentity
                && ExchangeAudience.Is(request.Resource) == ThreeState.No
                && (IsNamedSo(request) || request.Paths.All(path => HoldsUnusedFirstLeg(path, type.Flow)))
                && request.Paths.Any(path => path.Has(MsalNames.WithMtlsProofOfPossession) != ThreeState.No || HoldsBoundResult(path)))
                yield return new SecondLeg(request.Beginning.Token, FirstLegOf(request), compiles: true);
        }
    }

    private static SyntaxNode? FirstLegBefore(SyntaxNode call, TypeModel type) => type.Requests
        .Where(request => request.ForExchange == ThreeState.Yes)
        .Select(request => request.Execution)
        .LastOrDefault(execution => execution.SpanStart < call.SpanStart && MemberOf(execution) == MemberOf(call));

    /// <summary>The acquisition itself, or the call of the method that makes it.</summary>
    private static SyntaxNode? FirstLegOf(TokenRequest request)
    {
        foreach (var firstLeg in request.Paths.SelectMany(path => FirstLegs(path.State)).OrderByDescending(made => made.Syntax.SpanStart))
        {
            var place = firstLeg.Syntax;
            for (var frame = firstLeg.CallSite; frame is not null && MemberOf(place) != MemberOf(request.Execution); frame = frame.Caller)
                place = frame.Call;
            if (MemberOf(place) == MemberOf(request.Execution))
                return place;
        }

        return null;
    }

    private static SyntaxNode MemberOf(SyntaxNode node) => BodySyntax.MemberOf(node) ?? node.SyntaxTree.GetRoot();

    private static bool IsNamedSo(TokenRequest request)
    {
        if (request.Beginning.Syntax is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var app } }
            && app is IdentifierNameSyntax or MemberAccessExpressionSyntax { Name: IdentifierNameSyntax }
            && IdentifierWords.NameSecondLeg(app.GetLastToken().ValueText))
            return true;

        for (var node = request.Execution.Parent; node is not null and not StatementSyntax; node = node.Parent)
        {
            if (node is VariableDeclaratorSyntax declarator)
                return IdentifierWords.NameSecondLeg(declarator.Identifier.ValueText);
            if (node is AssignmentExpressionSyntax { Left: var left })
                return IdentifierWords.NameSecondLeg(left.GetLastToken().ValueText);
            if (node is AnonymousFunctionExpressionSyntax)
                return false;
        }

        return false;
    }

    private static bool HoldsBoundResult(RequestPath path) =>
        FirstLegs(path.State).Any(firstLeg => TokenResult.Bound(firstLeg, path.State) == ThreeState.Yes);

    private static bool HoldsUnusedFirstLeg(RequestPath path, TypeAnalysis flow) =>
        FirstLegs(path.State).Any(firstLeg => path.State.Holds(firstLeg) && !flow.About(firstLeg).Any(observation => Uses(observation, firstLeg)) && !flow.Returns(firstLeg));

    /// <summary>The results on this path that were acquired to be exchanged.</summary>
    private static IEnumerable<AllocatedObject> FirstLegs(State state) => state.Objects.Where(made =>
        made.Type.Name == MsalNames.AuthenticationResult && TokenResult.ForExchange(made, state) == ThreeState.Yes);

    /// <summary>Whether the result, or its token, goes anywhere: it may become an assertion there.</summary>
    private static bool Uses(TraceEvent observation, AllocatedObject result)
    {
        if (observation.Operation is IInvocationOperation { TargetMethod: var method } && ShowsOnly(method))
            return false;

        foreach (var argument in observation.Arguments)
        {
            if (IsTokenOf(argument.Value, result))
                return true;
        }

        return false;
    }

    /// <summary>What is written out, or asked of a managed identity along with its request, is no assertion.</summary>
    private static bool ShowsOnly(IMethodSymbol method) =>
        method.ContainingType is { Name: "Console" or "Debug" or "Trace" } or { ContainingAssembly.Name: MsalNames.MsalAssembly, Name: MsalNames.ManagedIdentityRequestBuilder };

    private static bool IsTokenOf(AbstractValue value, AllocatedObject result) => value switch
    {
        AllocatedObject made => made.Equals(result),
        MemberOf { Name: MsalNames.AccessToken, Owner: var whole } => whole.Equals(result),
        TextValue text => text.Parts.Any(part => IsTokenOf(part, result)),
        SequenceValue sequence => sequence.Parts.Any(element => IsTokenOf(element, result)),
        _ => false,
    };
}
