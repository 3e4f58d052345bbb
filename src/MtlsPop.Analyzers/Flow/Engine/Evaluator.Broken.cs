using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Flow.Engine;

/// <summary>
/// Code that does not compile. What is broken is unknown, and what it is handed may have had anything done to it.
/// On a chain of MSAL a step is known by its name: only an argument that does not bind is unknown.
/// </summary>
internal sealed partial class Evaluator
{
    private AbstractValue Broken(IInvalidOperation broken)
    {
        if (broken.Syntax is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax called } call)
        {
            var receiver = Operand(broken, called.Expression);
            var value = Evaluate(receiver);
            var arguments = ImmutableArray.CreateRange(call.ArgumentList.Arguments.Select(argument => (Syntax: argument, Value: Evaluate(Operand(broken, argument.Expression)))));
            if (_isUnreachable)
                return AbstractValue.Unknown;

            var (name, type) = (called.Name.Identifier.ValueText, TypeOfReceiver(receiver, value));
            if (body.Program.Msal.MethodOn(type, called.Expression, name, call.ArgumentList) is { } method)
            {
                var resultType = method.IsExtensionMethod && method.ReturnType is ITypeParameterSymbol ? type : method.ReturnType;
                return MsalCall(broken, method, method.IsExtensionMethod ? type ?? method.Parameters[0].Type : method.IsStatic ? null : type ?? method.ContainingType, resultType, value, Bind(method, arguments));
            }

            GoesAnywhere(broken, value, arguments);
            if (!body.Program.Msal.IsBuilder(type) || !name.StartsWith("With", StringComparison.Ordinal))
            {
                GoesAnywhere(value);
                return AbstractValue.Unknown;
            }

            // A step that was made up does nothing; one whose package is not referenced is still meant.
            if (name == MsalNames.WithAttestationSupport)
                Append(value, new Step(name, type!, call, value, ImmutableArray<Argument>.Empty));
            else if (body.Program.Msal.HasMethod(name, type!))
                _state = _state.Escape(value);
            return value;
        }

        foreach (var child in broken.ChildOperations)
            GoesAnywhere(Evaluate(child));
        return AbstractValue.Unknown;
    }

    /// <summary>The operation of an expression that stands in broken code.</summary>
    private static IOperation? Operand(IOperation broken, ExpressionSyntax expression)
    {
        foreach (var child in broken.ChildOperations)
        {
            if (child.Syntax == expression)
                return child;
            if (child.Syntax.Span.Contains(expression.Span) && Operand(child, expression) is { } inner)
                return inner;
        }

        return null;
    }

    private static ITypeSymbol? TypeOfReceiver(IOperation? receiver, AbstractValue value) => receiver?.Type is { TypeKind: not TypeKind.Error } known ? known : TypeOf(value);

    /// <summary>The arguments, by the parameters that they would be given to.</summary>
    private static ImmutableArray<Argument> Bind(IMethodSymbol method, ImmutableArray<(ArgumentSyntax Syntax, AbstractValue Value)> given)
    {
        var arguments = ImmutableArray.CreateBuilder<Argument>();
        var first = method.IsExtensionMethod ? 1 : 0;
        for (var i = 0; i < given.Length; i++)
        {
            var name = given[i].Syntax.NameColon?.Name.Identifier.ValueText;
            var parameter = name is null
                ? first + i < method.Parameters.Length ? method.Parameters[first + i] : null
                : method.Parameters.FirstOrDefault(candidate => candidate.Name == name);
            arguments.Add(new Argument(parameter?.Name ?? name ?? "", parameter, given[i].Value, given[i].Syntax.Expression));
        }

        return arguments.ToImmutable();
    }

    private void GoesAnywhere(IOperation call, AbstractValue receiver, ImmutableArray<(ArgumentSyntax Syntax, AbstractValue Value)> given)
    {
        Record(call, receiver, ImmutableArray.CreateRange(given, argument => new Argument("", null, argument.Value, argument.Syntax.Expression)), AbstractValue.Unknown);
        foreach (var argument in given)
            GoesAnywhere(argument.Value);
    }

    /// <summary>The value goes to code that nobody knows: it may be changed, kept, and asked for null.</summary>
    private void GoesAnywhere(AbstractValue value)
    {
        _state = _state.Escape(value).MarkMaybeChecked(value);
        if (Subject.TypeOf(value) is { Name: MsalNames.AuthenticationResult })
            _state = _state.MarkMaybeChecked(MemberOf.Of(value, MsalNames.BindingCertificate));
        EscapeDelegates(value);
    }
}
