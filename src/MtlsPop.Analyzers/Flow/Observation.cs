using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace MtlsPop.Analyzers.Flow;

/// <summary>One operation met on one path: what it was done with, what was known just before, and what came out.</summary>
internal sealed record Observation(
    IOperation Operation,
    State State,
    Value Receiver,
    ImmutableArray<Argument> Arguments,
    Value Result,
    Frame? Frame);

/// <summary>One way out of a body.</summary>
internal readonly record struct Outcome(Value Value, State State);
