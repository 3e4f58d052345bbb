using Microsoft.CodeAnalysis;

namespace MtlsPop.Analyzers.Flow.Engine;

/// <summary>What the code behind a delegate returns.</summary>
internal sealed class DelegateResults(ProgramAnalysis program)
{
    public IReadOnlyList<EvaluationResult> Of(DelegateValue called, TraceEvent handedOn)
    {
        var isFunction = called.Lambda is not null || called.Method.MethodKind == MethodKind.LocalFunction;
        if ((isFunction ? program.FunctionSummary(called.Method) : program.SummaryOf(called.Method)) is not { } summary)
            return [];

        var closing = new Closing(program);
        var before = handedOn.State;
        var substitution = new Substitution(
            called.Lambda?.Syntax ?? handedOn.Operation.Syntax,
            value => value is SymbolicInput { Symbol: var variable and (ILocalSymbol or IParameterSymbol) } ? Captured(called, variable, before) : null);
        var results = new List<EvaluationResult>();
        foreach (var exit in summary.Exits)
        {
            if (substitution.Transfer([exit.Value], exit.State, before, before) is { } state)
                results.AddRange(closing.Of(new EvaluationResult(substitution.Map(exit.Value, exit.State), state)));
        }

        return results;
    }

    private static AbstractValue? Captured(DelegateValue called, ISymbol variable, State state)
    {
        if (SymbolEqualityComparer.Default.Equals(variable.ContainingSymbol, called.Method))
            return null;

        return called.IsOutlived ? called.ValueOf(variable) : state[variable];
    }
}
