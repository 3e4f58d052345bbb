namespace MtlsPop.Analyzers.Flow.Engine;

internal static class Reachability
{
    /// <summary>The values, what they are made of, and what was done to the objects among them, as far as rules ask.</summary>
    public static HashSet<AbstractValue> From(IEnumerable<AbstractValue> roots, State state, Subject subject)
    {
        var seen = new HashSet<AbstractValue>();
        var waiting = new Stack<AbstractValue>();
        foreach (var root in roots)
            Visit(root);

        while (waiting.Count > 0)
        {
            var value = waiting.Pop();
            foreach (var part in value.Parts)
                Visit(part);
            if (value is not (AllocatedObject or SymbolicInput) || state[value] is not { } log)
                continue;

            if (log.Builder is { } builder)
                Visit(builder);
            foreach (var step in log.Steps)
                VisitStep(step);
            foreach (var step in log.Perhaps)
                VisitStep(step);
        }

        return seen;

        void Visit(AbstractValue value)
        {
            if (value is not ConstantValue && !value.IsUnknown && seen.Add(value))
                waiting.Push(value);
        }

        void VisitStep(Step step)
        {
            Visit(step.Receiver);
            foreach (var argument in step.Arguments)
            {
                if (subject.IsAsked(step, argument))
                    Visit(argument.Value);
            }

            foreach (var alternative in step.Alternatives)
                VisitStep(alternative);
        }
    }
}
