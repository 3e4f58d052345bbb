using System.Collections.Immutable;

namespace MtlsPop.Analyzers.Flow;

/// <summary>
/// What was done to an object, in order: surely, where all paths agree, or perhaps, where only some of them did it.
/// <see cref="Open"/> when code that was not walked may have done more.
/// </summary>
internal sealed class History(ImmutableArray<Step> steps, ImmutableArray<Step> perhaps, bool open) : IEquatable<History>
{
    public static readonly History Empty = new(ImmutableArray<Step>.Empty, ImmutableArray<Step>.Empty, open: false);

    public ImmutableArray<Step> Steps => steps;

    /// <summary>The steps that only some of the paths took, which were joined since.</summary>
    public ImmutableArray<Step> Perhaps => perhaps;

    public bool Open => open;

    public History Opened => open ? this : new History(steps, perhaps, open: true);

    /// <summary>A step in a loop counts once, with what it was last given.</summary>
    public History Add(Step step) => new(Without(steps, step).Add(step), Without(perhaps, step), open);

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
    public bool IsOpenTo(string name) => open || perhaps.Any(step => step.Name == name);

    public static History Join(History left, History right)
    {
        if (left.Equals(right))
            return left;

        var sure = ImmutableArray.CreateBuilder<Step>();
        var perhaps = ImmutableArray.CreateBuilder<Step>();
        foreach (var step in left.Perhaps)
            AddPerhaps(step);

        var next = 0;
        foreach (var step in left.Steps)
        {
            var same = IndexOf(right.Steps, step, next);
            if (same >= 0)
            {
                sure.Add(Step.Join(step, right.Steps[same]));
                next = same + 1;
            }
            else
            {
                AddPerhaps(step);
            }
        }

        foreach (var step in right.Steps)
            AddPerhaps(step);
        foreach (var step in right.Perhaps)
            AddPerhaps(step);
        return new History(sure.ToImmutable(), perhaps.ToImmutable(), left.Open || right.Open);

        void AddPerhaps(Step step)
        {
            for (var i = 0; i < sure.Count; i++)
            {
                if (sure[i].Syntax == step.Syntax)
                    return;
            }

            for (var i = 0; i < perhaps.Count; i++)
            {
                if (perhaps[i].Syntax == step.Syntax)
                {
                    perhaps[i] = Step.Join(perhaps[i], step);
                    return;
                }
            }

            perhaps.Add(step);
        }
    }

    public bool Equals(History? other) => other is not null && open == other.Open && Equals(steps, other.Steps) && Equals(perhaps, other.Perhaps);

    public override bool Equals(object? obj) => Equals(obj as History);

    public override int GetHashCode() => unchecked((steps.Length * 31) + (steps.Length == 0 ? 0 : steps[steps.Length - 1].GetHashCode()));

    private static ImmutableArray<Step> Without(ImmutableArray<Step> steps, Step step)
    {
        var index = IndexOf(steps, step, 0);
        return index < 0 ? steps : steps.RemoveAt(index);
    }

    private static int IndexOf(ImmutableArray<Step> steps, Step step, int from)
    {
        for (var i = from; i < steps.Length; i++)
        {
            if (steps[i].Syntax == step.Syntax)
                return i;
        }

        return -1;
    }

    private static bool Equals(ImmutableArray<Step> left, ImmutableArray<Step> right)
    {
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
