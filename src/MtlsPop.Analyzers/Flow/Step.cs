using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MtlsPop.Analyzers.Flow;

/// <summary>One thing done to an object: a call on it, or a property set.</summary>
internal sealed class Step(string name, ISymbol member, SyntaxNode syntax, ImmutableArray<Argument> arguments) : IEquatable<Step>
{
    /// <summary>The member's name, after the path to it: <c>ClientCertificates.Add</c>.</summary>
    public string Name => name;

    /// <summary>The method that was called, or the property that was set.</summary>
    public ISymbol Member => member;

    public SyntaxNode Syntax => syntax;

    /// <summary>The name of the call, or of the property: the one word that says which step it is.</summary>
    public SyntaxToken Token => syntax switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier: var called } } => called,
        InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax { Name.Identifier: var called } } => called,
        InvocationExpressionSyntax { Expression: SimpleNameSyntax { Identifier: var called } } => called,
        AssignmentExpressionSyntax { Left: var left } => left.GetLastToken(),
        _ => syntax.GetFirstToken(),
    };

    public Value? this[string parameter] => arguments.For(parameter)?.Value;

    public ImmutableArray<Argument> Arguments => arguments;

    public bool Equals(Step? other)
    {
        if (other is null || syntax != other.Syntax || arguments.Length != other.Arguments.Length)
            return false;

        for (var i = 0; i < arguments.Length; i++)
        {
            if (!arguments[i].Equals(other.Arguments[i]))
                return false;
        }

        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as Step);

    public override int GetHashCode() => syntax.GetHashCode();
}

internal readonly record struct Argument(string Name, IParameterSymbol? Parameter, Value Value, SyntaxNode Syntax)
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

/// <summary>What was done to an object on one path, in order. <see cref="Open"/> when code that was not walked may have done more.</summary>
internal sealed class History(ImmutableArray<Step> steps, bool open) : IEquatable<History>
{
    public static readonly History Empty = new(ImmutableArray<Step>.Empty, open: false);

    public ImmutableArray<Step> Steps => steps;

    public bool Open => open;

    public History Opened => open ? this : new History(steps, open: true);

    /// <summary>A step in a loop counts once, with what it was last given.</summary>
    public History Add(Step step)
    {
        for (var i = 0; i < steps.Length; i++)
        {
            if (steps[i].Syntax == step.Syntax)
                return new History(steps.RemoveAt(i).Add(step), open);
        }

        return new History(steps.Add(step), open);
    }

    public Step? Last(string name)
    {
        for (var i = steps.Length - 1; i >= 0; i--)
        {
            if (steps[i].Name == name)
                return steps[i];
        }

        return null;
    }

    /// <summary>What both paths agree on.</summary>
    public static History Join(History left, History right)
    {
        if (left.Equals(right))
            return left;

        var agreed = 0;
        while (agreed < left.Steps.Length && agreed < right.Steps.Length && left.Steps[agreed].Equals(right.Steps[agreed]))
            agreed++;

        return new History(ImmutableArray.Create(left.Steps, 0, agreed), open: true);
    }

    public bool Equals(History? other)
    {
        if (other is null || open != other.Open || steps.Length != other.Steps.Length)
            return false;

        for (var i = 0; i < steps.Length; i++)
        {
            if (!steps[i].Equals(other.Steps[i]))
                return false;
        }

        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as History);

    public override int GetHashCode() => unchecked((steps.Length * 31) + (steps.Length == 0 ? 0 : steps[steps.Length - 1].GetHashCode()));
}
