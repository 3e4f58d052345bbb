using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using MtlsPop.Analyzers.Flow;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Model;

/// <summary>The bodies of a type that acquire, hold or send a bound token: what the conventions are for.</summary>
internal sealed class BindingCode
{
    private static readonly ImmutableArray<string> _bindingNames = ImmutableArray.Create(
        Names.WithMtlsProofOfPossession, Names.BindingCertificate, Names.TokenBindingCertificate, Names.AcquireMtlsPopTokenAsync, Names.RequireBinding);

    private BindingCode(IReadOnlyList<SyntaxNode> bodies, IReadOnlyList<SyntaxNode> beside)
    {
        Bodies = bodies;
        Beside = beside;
    }

    public IReadOnlyList<SyntaxNode> Bodies { get; }

    /// <summary>The other bodies of the type that mention MSAL; none where none is about binding.</summary>
    public IReadOnlyList<SyntaxNode> Beside { get; }

    public static BindingCode In(TypeModel type, SyntaxNode node, CancellationToken cancellation)
    {
        var bound = type.Requests.Where(request => request.Bound == Fact.Yes).Select(request => request.Execution)
            .Concat(type.Flow.Observations.Where(SendsBoundToken).Select(observation => observation.Operation.Syntax))
            .ToList();
        var (bodies, beside) = (new List<SyntaxNode>(), new List<SyntaxNode>());
        foreach (var body in TypeSource.Bodies(node))
        {
            if (Mentions.InOrBeside(body, cancellation))
                (IsAboutBinding(body, bound, type, cancellation) ? bodies : beside).Add(body);
        }

        return new BindingCode(bodies, bodies.Count == 0 ? [] : beside);
    }

    private static bool IsAboutBinding(SyntaxNode body, List<SyntaxNode> bound, TypeModel type, CancellationToken cancellation)
    {
        if (bound.Exists(body.Contains))
            return true;

        foreach (var name in _bindingNames)
        {
            foreach (var token in Mentions.Names(body, name))
            {
                if (type.Semantics.GetSymbolInfo(token.Parent!, cancellation).Symbol is { } symbol && (type.Msal.Owns(symbol) || type.Msal.IsRuntime(symbol)))
                    return true;
            }
        }

        return false;
    }

    /// <summary>Also where another method of the type acquires it.</summary>
    private static bool SendsBoundToken(Observation observation) => observation.Arguments.Any(argument =>
        AuthorizationHeader.Read(argument.Value, observation.State) is { Result: var result } && TokenResult.Bound(result, observation.State) == Fact.Yes);
}
