using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MtlsPop.Analyzers.Flow;

/// <summary>One thing done to an object: a call on it, or a property set.</summary>
internal sealed class Step(string name, ISymbol member, SyntaxNode syntax, ImmutableArray<Argument> arguments, Value? receiver = null) : IEquatable<Step>
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

    /// <summary>The object that the step was called on, where the step begins another object; null elsewhere.</summary>
    public Value? Receiver => receiver;

    /// <summary>The same step on two paths: of its arguments, what both paths agree on.</summary>
    public static Step Join(Step left, Step right)
    {
        if (left.Equals(right))
            return left;

        var arguments = ImmutableArray.CreateBuilder<Argument>(left.Arguments.Length);
        foreach (var argument in left.Arguments)
            arguments.Add(right.Arguments.For(argument.Name) is { } other && other.Value.Equals(argument.Value) ? argument : argument with { Value = Value.Unknown });
        return new Step(left.Name, left.Member, left.Syntax, arguments.MoveToImmutable(), Equals(left.Receiver, right.Receiver) ? left.Receiver : Value.Unknown);
    }

    public bool Equals(Step? other)
    {
        if (other is null || syntax != other.Syntax || arguments.Length != other.Arguments.Length || !Equals(receiver, other.Receiver))
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
