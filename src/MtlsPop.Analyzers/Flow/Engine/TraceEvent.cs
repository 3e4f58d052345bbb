using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MtlsPop.Analyzers.Flow.Engine;

/// <summary>One operation that was met: what it was done with, what was known just before, what came out, the calls that led to it, and the field or property that it sets.</summary>
internal sealed record TraceEvent(
    IOperation Operation, State State, AbstractValue Receiver, ImmutableArray<Argument> Arguments, AbstractValue Result, CallSite? CallSite, ISymbol? Stored = null)
{
    /// <summary>The method that is called; where the call does not compile, the method of MSAL that it names.</summary>
    public IMethodSymbol? Method { get; init; } = (Operation as IInvocationOperation)?.TargetMethod;

    /// <summary>The values that it speaks of.</summary>
    public IEnumerable<AbstractValue> Values => Arguments.Select(argument => argument.Value).Concat([Receiver, Result]);
}

/// <summary>A value, and what is known where it comes out.</summary>
internal readonly record struct EvaluationResult(AbstractValue Value, State State);
