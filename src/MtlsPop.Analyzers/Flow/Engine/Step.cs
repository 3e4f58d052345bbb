using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace MtlsPop.Analyzers.Flow.Engine;

/// <summary>One thing done to an object: a call on it, or a property set.</summary>
/// <param name="name">The member's name, after the path to it: <c>ClientCertificates.Add</c>.</param>
/// <param name="member">The method that was called, or the property that was set.</param>
/// <param name="syntax">The call or assignment.</param>
/// <param name="receiver">What it was done to.</param>
/// <param name="arguments">What it was given.</param>
/// <param name="callSite">The calls that led to it.</param>
/// <param name="alternatives">Where paths met that each took a step of this name: those steps; one of them was surely taken.</param>
internal sealed class Step(string name, ISymbol member, SyntaxNode syntax, AbstractValue receiver, ImmutableArray<Argument> arguments, ImmutableArray<Step> alternatives = default, CallSite? callSite = null)
    : IEquatable<Step>
{
    /// <summary>Of a step that is taken at more places than these, nobody knows what it was given.</summary>
    private const int AlternativeLimit = 16;

    public string Name => name;

    public ISymbol Member => member;

    public SyntaxNode Syntax => syntax;

    public AbstractValue Receiver => receiver;

    public ImmutableArray<Argument> Arguments => arguments;

    public ImmutableArray<Step> Alternatives => alternatives.IsDefault ? ImmutableArray<Step>.Empty : alternatives;

    /// <summary>The calls that led to it.</summary>
    public CallSite? CallSite => callSite;

    /// <summary>The one word that says which step it is; where it stands in another type, the name of the call that leads there.</summary>
    public SyntaxToken Token => Place.WordOf(Place.Of(syntax, callSite));

    public AbstractValue? this[string parameter] => arguments.For(parameter)?.Value;

    /// <summary>The same step on two paths: each of its arguments is what it is on one of them.</summary>
    public static Step Join(Step left, Step right)
    {
        if (left.Equals(right))
            return left;

        if (left.Alternatives.Length + right.Alternatives.Length > 0)
            return OneOfThem(left, right);

        var arguments = ImmutableArray.CreateBuilder<Argument>(left.Arguments.Length);
        foreach (var argument in left.Arguments)
        {
            var other = right.Arguments.For(argument.Name);
            arguments.Add(argument with { Value = other is { } same ? OneOf.Join(argument.Value, same.Value) : AbstractValue.Unknown });
        }

        return new Step(left.Name, left.Member, left.Syntax, OneOf.Join(left.Receiver, right.Receiver), arguments.MoveToImmutable(), callSite: left.CallSite);
    }

    /// <summary>One of two steps of the same name was surely taken.</summary>
    public static Step OneOfThem(Step left, Step right)
    {
        var alternatives = ImmutableArray.CreateBuilder<Step>();
        foreach (var step in Each(left).Concat(Each(right)))
        {
            var known = -1;
            for (var i = 0; i < alternatives.Count; i++)
            {
                if (alternatives[i].Syntax == step.Syntax)
                    known = i;
            }

            if (known < 0)
                alternatives.Add(step);
            else
                alternatives[known] = Join(alternatives[known], step);
        }

        var first = alternatives[0];
        if (alternatives.Count == 1)
            return first;

        var arguments = ImmutableArray.CreateRange(first.Arguments, argument => argument with { Value = AbstractValue.Unknown });
        return new Step(first.Name, first.Member, first.Syntax, first.Receiver, arguments, alternatives.Count > AlternativeLimit ? default : alternatives.ToImmutable(), first.CallSite);
    }

    /// <summary>Whether both may be the same step, written at the same place.</summary>
    public bool StandsWhere(Step other)
    {
        foreach (var mine in Each(this))
        {
            foreach (var its in Each(other))
            {
                if (mine.Syntax == its.Syntax)
                    return true;
            }
        }

        return false;
    }

    public bool Equals(Step? other)
    {
        if (ReferenceEquals(this, other))
            return true;

        if (other is null || syntax != other.Syntax || arguments.Length != other.Arguments.Length || Alternatives.Length != other.Alternatives.Length || !receiver.Equals(other.Receiver))
            return false;

        for (var i = 0; i < arguments.Length; i++)
        {
            if (!arguments[i].Equals(other.Arguments[i]))
                return false;
        }

        for (var i = 0; i < Alternatives.Length; i++)
        {
            if (!Alternatives[i].Equals(other.Alternatives[i]))
                return false;
        }

        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as Step);

    public override int GetHashCode() => syntax.GetHashCode();

    private static ImmutableArray<Step> Each(Step step) => step.Alternatives.IsEmpty ? ImmutableArray.Create(step) : step.Alternatives;
}

internal readonly record struct Argument(string Name, IParameterSymbol? Parameter, AbstractValue Value, SyntaxNode Syntax)
{
    public bool Equals(Argument other) => Name == other.Name && Value.Equals(other.Value) && Syntax == other.Syntax;

    public override int GetHashCode() => Value.GetHashCode();
}

internal static class Arguments
{
    /// <summary>The argument for a parameter; null where there is none.</summary>
    public static Argument? For(this ImmutableArray<Argument> arguments, string parameter)
    {
        foreach (var argument in arguments)
        {
            if (argument.Name == parameter)
                return argument;
        }

        return null;
    }
}
