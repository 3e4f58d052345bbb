using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MtlsPop.Analyzers.Flow.Engine;

namespace MtlsPop.Analyzers.Model;

/// <summary>A fault that one path may run into.</summary>
/// <param name="Place">The word or expression that is wrong.</param>
/// <param name="Caller">The call that the path went through to come there.</param>
/// <param name="Fault">Whether it is wrong on this path.</param>
/// <param name="Finding">What a rule wants to know of it.</param>
internal readonly record struct Candidate<TFinding>(SyntaxNodeOrToken Place, CallSite? Caller, ThreeState Fault, TFinding Finding);

internal static class FindingPolicy
{
    /// <summary>
    /// The faults that all paths through a place agree on, each once. A helper that some callers use rightly is not at fault:
    /// those of its callers are that use it wrongly.
    /// </summary>
    public static IEnumerable<Candidate<TFinding>> ReportedOnAllPaths<TFinding>(this IEnumerable<Candidate<TFinding>> candidates)
    {
        foreach (var place in candidates.Select(InThisType).GroupBy(candidate => candidate.Place))
        {
            var callers = place
                .GroupBy(candidate => candidate.Caller)
                .Select(paths => paths.First() with { Fault = ThreeStates.Agreed(paths.Select(candidate => candidate.Fault)) })

                // The body analysed stand-alone has unknown parameters: ignore its Unknown if real callers exist.
                .Where(caller => caller.Caller is { Call: InvocationExpressionSyntax } || caller.Fault != ThreeState.Unknown)
                .ToList();

            var atFault = callers.FindAll(caller => caller.Fault == ThreeState.Yes);
            if (atFault.Count == callers.Count)
            {
                foreach (var fault in atFault.Take(1))
                    yield return fault;
                continue;
            }

            foreach (var fault in atFault)
            {
                if (fault.Caller is { Call: InvocationExpressionSyntax call })
                    yield return fault with { Place = call.Expression.GetLastToken() };
            }
        }
    }

    private static Candidate<TFinding> InThisType<TFinding>(Candidate<TFinding> candidate)
    {
        var node = candidate.Place.AsNode() ?? candidate.Place.Parent!;
        var place = Place.Of(node, candidate.Caller);
        return place == node ? candidate : candidate with { Place = Place.WordOf(place) };
    }

    /// <summary>Where a value was written: what a caller passed stands in the call.</summary>
    public static SyntaxNode Written(this Argument argument, CallSite? frame, TypeAnalysis flow)
    {
        var written = argument.Syntax;
        for (; frame is not null && written is IdentifierNameSyntax { Identifier.ValueText: var name }; frame = frame.Caller)
        {
            var call = flow.CallAt(frame);
            if (call?.Arguments.FirstOrDefault(passed => passed.Name == name).Syntax is not { } passed)
                break;

            written = passed;
        }

        return written;
    }
}
