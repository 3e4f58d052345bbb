using System.Collections.Immutable;

namespace MtlsPop.Analyzers.Flow.Engine;

/// <summary>
/// What was done to an object, in order: surely, on all paths that lead here, or perhaps, on some of them.
/// Escaped when code that is not seen may have done more.
/// </summary>
/// <param name="steps">What was surely done.</param>
/// <param name="perhaps">What only some of the paths did.</param>
/// <param name="isEscaped">Whether code that is not seen may have done more.</param>
/// <param name="builder">The builder that was received and that this was built from: what was done to it before comes first.</param>
internal sealed class CallLog(ImmutableArray<Step> steps, ImmutableArray<Step> perhaps, bool isEscaped, AbstractValue? builder = null) : IEquatable<CallLog>
{
    /// <summary>A step that some paths take here and others there, at more places than these, is unknown.</summary>
    private const int PlaceLimit = 16;

    /// <summary>Far more than is done to an object that rules ask about: options that are filled one by one.</summary>
    private const int StepLimit = 48;

    private readonly bool _isEscaped = isEscaped;

    public static readonly CallLog Empty = new(ImmutableArray<Step>.Empty, ImmutableArray<Step>.Empty, isEscaped: false);

    public static readonly CallLog Escaped = new(ImmutableArray<Step>.Empty, ImmutableArray<Step>.Empty, isEscaped: true);

    public ImmutableArray<Step> Steps => steps;

    /// <summary>The steps that only some of the paths took.</summary>
    public ImmutableArray<Step> Perhaps => perhaps;

    public bool IsEscaped => _isEscaped || builder is not null;

    public AbstractValue? Builder => builder;

    public CallLog MarkEscaped() => _isEscaped ? this : new CallLog(steps, perhaps, isEscaped: true, builder);

    /// <summary>The log of what is built from this builder.</summary>
    public CallLog BuiltFrom(AbstractValue received) => new(steps, perhaps, _isEscaped, received);

    /// <summary>A step in a loop counts once, with what it was last given.</summary>
    public CallLog Add(Step step) => steps.Length > StepLimit ? Escaped : new(Without(steps, step).Add(step), Without(perhaps, step), _isEscaped, builder);

    /// <summary>A step that was perhaps taken: on one of several objects.</summary>
    public CallLog AddPerhaps(Step step) => IndexOf(steps, step, 0) >= 0 || IndexOf(perhaps, step, 0) >= 0 ? this : new CallLog(steps, perhaps.Add(step), _isEscaped, builder);

    /// <summary>First this, then what another body did.</summary>
    public CallLog Then(CallLog next)
    {
        var log = this;
        foreach (var step in next.Steps)
            log = log.Add(step);
        foreach (var step in next.Perhaps)
            log = log.AddPerhaps(step);
        return next._isEscaped ? log.MarkEscaped() : log;
    }

    /// <summary>The last step of this name that was surely taken.</summary>
    public Step? Last(string name)
    {
        for (var i = steps.Length - 1; i >= 0; i--)
        {
            if (steps[i].Name == name)
                return steps[i];
        }

        return null;
    }

    /// <summary>Whether a step of this name may have been taken that is not among <see cref="Steps"/>.</summary>
    public bool IsOpenTo(string name)
    {
        if (IsEscaped)
            return true;

        foreach (var step in perhaps)
        {
            if (step.Name == name)
                return true;
        }

        return false;
    }

    public static CallLog Join(CallLog left, CallLog right)
    {
        if (left.Equals(right))
            return left;

        var sure = ImmutableArray.CreateBuilder<Step>();
        var perhaps = ImmutableArray.CreateBuilder<Step>();
        foreach (var step in left.Perhaps)
            AddPerhaps(step);

        var taken = new bool[right.Steps.Length];
        var onlyLeft = new List<Step>();
        var next = 0;
        foreach (var step in left.Steps)
        {
            var same = IndexOf(right.Steps, step, next);
            if (same >= 0)
            {
                sure.Add(Step.Join(step, right.Steps[same]));
                taken[same] = true;
                next = same + 1;
            }
            else
            {
                onlyLeft.Add(step);
            }
        }

        // Each path took a step of this name, at a place of its own.
        foreach (var step in onlyLeft)
        {
            var other = -1;
            for (var i = 0; i < taken.Length && other < 0; i++)
            {
                if (!taken[i] && right.Steps[i].Name == step.Name)
                    other = i;
            }

            if (other < 0)
            {
                AddPerhaps(step);
                continue;
            }

            taken[other] = true;
            sure.Add(Step.OneOfThem(step, right.Steps[other]));
        }

        for (var i = 0; i < taken.Length; i++)
        {
            if (!taken[i])
                AddPerhaps(right.Steps[i]);
        }

        foreach (var step in right.Perhaps)
            AddPerhaps(step);

        var isEscaped = left._isEscaped || right._isEscaped;
        if (sure.Count + perhaps.Count > StepLimit)
            return Escaped;

        if (HasTooManyPlaces(perhaps))
        {
            perhaps.Clear();
            isEscaped = true;
        }

        var sameBuilder = Equals(left.Builder, right.Builder);
        var joined = new CallLog(sure.ToImmutable(), perhaps.ToImmutable(), isEscaped || !sameBuilder && (left.IsEscaped || right.IsEscaped), sameBuilder ? left.Builder : null);
        return joined.Equals(left) ? left : joined;

        void AddPerhaps(Step step)
        {
            for (var i = 0; i < sure.Count; i++)
            {
                if (sure[i].StandsWhere(step))
                    return;
            }

            for (var i = 0; i < perhaps.Count; i++)
            {
                if (perhaps[i].StandsWhere(step))
                {
                    perhaps[i] = Step.Join(perhaps[i], step);
                    return;
                }
            }

            perhaps.Add(step);
        }
    }

    private static bool HasTooManyPlaces(ImmutableArray<Step>.Builder perhaps) =>
        perhaps.Count > PlaceLimit && perhaps.GroupBy(step => step.Name).Any(places => places.Count() > PlaceLimit);

    /// <summary>Whether each has surely taken a step that the other has not.</summary>
    public static bool Exclude(CallLog left, CallLog right) => HasOwnStep(left, right) && HasOwnStep(right, left);

    private static bool HasOwnStep(CallLog log, CallLog other)
    {
        foreach (var step in log.Steps)
        {
            if (IndexOf(other.Steps, step, 0) < 0 && IndexOf(other.Perhaps, step, 0) < 0)
                return true;
        }

        return false;
    }

    /// <summary>The log with other steps, and without its builder.</summary>
    public CallLog Select(Func<Step, Step> change)
    {
        var (changed, changedPerhaps) = (Select(steps, change), Select(perhaps, change));
        return builder is null && changed == steps && changedPerhaps == perhaps ? this : new CallLog(changed, changedPerhaps, _isEscaped);
    }

    public bool Equals(CallLog? other) =>
        ReferenceEquals(this, other) || (other is not null && _isEscaped == other._isEscaped && Equals(builder, other.Builder) && Equals(steps, other.Steps) && Equals(perhaps, other.Perhaps));

    public override bool Equals(object? obj) => Equals(obj as CallLog);

    public override int GetHashCode() => unchecked((steps.Length * 31) + perhaps.Length);

    private static ImmutableArray<Step> Select(ImmutableArray<Step> steps, Func<Step, Step> change)
    {
        ImmutableArray<Step>.Builder? changed = null;
        for (var i = 0; i < steps.Length; i++)
        {
            var step = change(steps[i]);
            if (ReferenceEquals(step, steps[i]))
                continue;

            changed ??= steps.ToBuilder();
            changed[i] = step;
        }

        return changed?.MoveToImmutable() ?? steps;
    }

    private static ImmutableArray<Step> Without(ImmutableArray<Step> steps, Step step)
    {
        var index = IndexOf(steps, step, 0);
        return index < 0 ? steps : steps.RemoveAt(index);
    }

    private static int IndexOf(ImmutableArray<Step> steps, Step step, int from)
    {
        for (var i = from; i < steps.Length; i++)
        {
            if (steps[i].StandsWhere(step))
                return i;
        }

        return -1;
    }

    private static bool Equals(ImmutableArray<Step> left, ImmutableArray<Step> right)
    {
        if (left == right)
            return true;

        if (left.Length != right.Length)
            return false;

        for (var i = 0; i < left.Length; i++)
        {
            if (!left[i].Equals(right[i]))
                return false;
        }

        return true;
    }
}
