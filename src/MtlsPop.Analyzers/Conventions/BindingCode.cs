using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MtlsPop.Analyzers.Flow;
using MtlsPop.Analyzers.Flow.Engine;
using MtlsPop.Analyzers.Framework;
using MtlsPop.Analyzers.Model;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Conventions;

/// <summary>The bodies of a type that acquire, hold or send a bound token: what the conventions are for.</summary>
internal sealed class BindingCode
{
    private static readonly ImmutableArray<string> _bindingNames = ImmutableArray.Create(
        MsalNames.WithMtlsProofOfPossession, MsalNames.BindingCertificate, MsalNames.TokenBindingCertificate, MsalNames.AcquireMtlsPopTokenAsync, MsalNames.RequireBinding);

    private static readonly Evidence<BindingCode> _evidence = new(In);

    private readonly HashSet<SyntaxNode> _acting;

    private BindingCode(IReadOnlyList<SyntaxNode> bodies, IReadOnlyList<SyntaxNode> other, HashSet<SyntaxNode> acting)
    {
        _acting = acting;
        Bodies = bodies;
        OtherMsalBodies = other;
    }

    public IReadOnlyList<SyntaxNode> Bodies { get; }

    /// <summary>The other bodies of the type that mention MSAL; none where none is about binding.</summary>
    public IReadOnlyList<SyntaxNode> OtherMsalBodies { get; }

    public static BindingCode Of(TypeModel type, CancellationToken cancellation) => _evidence.Of(type, cancellation);

    private static BindingCode In(TypeModel type, CancellationToken cancellation)
    {
        var bound = type.Requests.Where(request => request.Bound == ThreeState.Yes).Select(request => request.Execution)
            .Concat(type.Flow.EventsWith(AuthorizationHeader.MayCarryToken).Where(SendsBoundToken).Select(observation => observation.Operation.Syntax))
            .ToList();
        var (bodies, other, acting) = (new List<SyntaxNode>(), new List<SyntaxNode>(), new HashSet<SyntaxNode>());
        foreach (var body in TypeSource.Bodies(type.Node))
        {
            if (!Mentions.InOrBeside(body, cancellation))
                continue;

            var places = PlacesOfBinding(body, bound, type, cancellation);
            if (places.Any())
                bodies.Add(body);
            else
                other.Add(body);
            if (places.Any(place => !IsInLambda(place, body)))
                acting.Add(body);
        }

        return new BindingCode(bodies, bodies.Count == 0 ? [] : other, acting);
    }

    /// <summary>Whether the body is about binding itself, not only a lambda in it, which runs when other code calls it.</summary>
    public bool ActsItself(SyntaxNode body) => _acting.Contains(body);

    private static IEnumerable<SyntaxNode> PlacesOfBinding(SyntaxNode body, List<SyntaxNode> bound, TypeModel type, CancellationToken cancellation)
    {
        foreach (var place in bound)
        {
            if (body.Contains(place))
                yield return place;
        }

        foreach (var name in _bindingNames)
        {
            foreach (var token in Mentions.Names(body, name))
            {
                if (type.Semantics.GetSymbolInfo(token.Parent!, cancellation).Symbol is { } symbol && (type.Msal.Owns(symbol) || type.Msal.IsRuntime(symbol)))
                    yield return token.Parent!;
            }
        }
    }

    private static bool IsInLambda(SyntaxNode place, SyntaxNode body) =>
        place.Ancestors().TakeWhile(ancestor => ancestor != body).Any(ancestor => ancestor is AnonymousFunctionExpressionSyntax);

    /// <summary>Also where another method of the type acquires it.</summary>
    private static bool SendsBoundToken(TraceEvent observation) => observation.Arguments.Any(argument =>
        AuthorizationHeader.Read(argument.Value, observation.State) is { Result: var result } && TokenResult.Bound(result, observation.State) == ThreeState.Yes);
}
