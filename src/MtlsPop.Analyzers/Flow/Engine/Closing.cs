using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Flow.Engine;

/// <summary>
/// Makes of one event those that may happen: a field is each of the values that its type sets it to, and a value that may be one of several is each of them.
/// A choice holds for all that the event speaks of. Where one of the values is unknown there is nothing to choose: no rule speaks unless each of them is wrong.
/// </summary>
internal sealed class Closing(ProgramAnalysis program)
{
    private const int Limit = 12;

    public List<TraceEvent> Of(TraceEvent happened) => happened.Operation is not null && !program.Subject.Includes(happened) ? [happened] : Of(happened, choice => choice.Values);

    /// <summary>Only the choices that these of its values depend on.</summary>
    public List<TraceEvent> Of(TraceEvent happened, Func<TraceEvent, IEnumerable<AbstractValue>> about)
    {
        var waiting = new Queue<TraceEvent>();
        var closed = new List<TraceEvent>();
        var asked = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        waiting.Enqueue(happened);
        while (waiting.Count > 0)
        {
            var next = waiting.Dequeue();
            if (waiting.Count + closed.Count < Limit && Choices(next, about, asked) is { } choices)
            {
                foreach (var choice in choices)
                    waiting.Enqueue(choice);
            }
            else
            {
                closed.Add(next);
            }
        }

        return closed;
    }

    public IReadOnlyList<EvaluationResult> Of(EvaluationResult returned) => Of(new TraceEvent(null!, returned.State, AbstractValue.Unknown, ImmutableArray<Argument>.Empty, returned.Value, null))
        .ConvertAll(closed => new EvaluationResult(closed.Result, closed.State));

    /// <summary>The events for each value of the first field, or of the first choice, that it speaks of; null where there is none.</summary>
    private List<TraceEvent>? Choices(TraceEvent happened, Func<TraceEvent, IEnumerable<AbstractValue>> about, HashSet<ISymbol> asked)
    {
        var reached = Reachability.From(about(happened), happened.State, program.Subject);
        foreach (var value in reached)
        {
            if (value is SymbolicInput { Symbol: IFieldSymbol or IPropertySymbol } input && asked.Add(input.Symbol) && program.Members.Of(input.Symbol) is { IsEmpty: false } values)
                return values.Select(given => Replace(happened, value, given.Value, given.State)).OfType<TraceEvent>().ToList();
        }

        foreach (var value in reached)
        {
            if (value is OneOf { MayBeUnknown: false } several && several.Parts.Any(program.Subject.IsTelling))
                return several.Parts.Select(part => Replace(happened, value, part, happened.State)).OfType<TraceEvent>().ToList();
        }

        foreach (var value in reached)
        {
            if (value is AllocatedObject && happened.State[value] is { } log && log.Steps.FirstOrDefault(step => !step.Alternatives.IsEmpty) is { } choice)
                return choice.Alternatives.Select(taken => Choose(happened, value, log, choice, taken)).ToList();
        }

        return null;
    }

    private TraceEvent? Replace(TraceEvent happened, AbstractValue value, AbstractValue with, State known)
    {
        var same = new Substitution(call: null, _ => null);
        if (same.Transfer([with], known, happened.State, happened.State) is not { } start)
            return null;

        // Another member may have checked the result that this one finds in the field.
        if (value is SymbolicInput && with is AllocatedObject { Type: var type } && program.Msal.Is(type, MsalNames.AuthenticationResult))
            start = start.MarkMaybeChecked(MemberOf.Of(with, MsalNames.BindingCertificate));
        if (value is SymbolicInput)
            start = start.MarkMaybeChecked(with);

        var substitution = new Substitution(call: null, asked => asked.Equals(value) ? with : null);
        return substitution.Transfer(happened.Values, happened.State, start, start) is not { } state ? null : happened with
        {
            State = state,
            Receiver = substitution.Map(happened.Receiver, happened.State),
            Arguments = substitution.Map(happened.Arguments, happened.State),
            Result = substitution.Map(happened.Result, happened.State),
        };
    }

    private static TraceEvent Choose(TraceEvent happened, AbstractValue made, CallLog log, Step choice, Step taken) =>
        happened with { State = happened.State.With(made, log.Select(step => ReferenceEquals(step, choice) ? taken : step)) };
}
