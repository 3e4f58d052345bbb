using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using MtlsPop.Analyzers.Flow;
using MtlsPop.Analyzers.Framework;
using MtlsPop.Analyzers.Model;

namespace MtlsPop.Analyzers.Conventions;

/// <summary>
/// A public method of bound tokens uses a parameter that it never checks for null.
/// <para>Reports: a parameter of a public method that is used unchecked and must not be null.</para>
/// <para>Leaves alone: annotated, optional and attributed parameters; parameters that a guard is given; event handlers.</para>
/// </summary>
internal sealed class InputNotValidated() : Rule<UncheckedInput>(Rules.InputNotValidated)
{
    protected override IEnumerable<UncheckedInput> Find(TypeModel type, CancellationToken cancellation) => UncheckedInput.In(type, cancellation);

    protected override void Judge(UncheckedInput input, Report report) => report.At(input.Name, input.Name.ValueText);
}

/// <summary>A parameter of a public method that must not be null, that the method uses as if it were not, and that nothing there asks for null.</summary>
internal sealed class UncheckedInput(SyntaxToken name)
{
    /// <summary>Names of methods, or of the types that hold them, which say that they check.</summary>
    private static readonly ImmutableArray<string> _guards = ImmutableArray.Create("Guard", "Ensure", "Require", "Check", "Verify", "Validat", "Throw", "Against", "NotNull", "IsNull", "IfNull", "ReferenceEquals");

    public SyntaxToken Name => name;

    public static IEnumerable<UncheckedInput> In(TypeModel type, CancellationToken cancellation) => PublicMethod.Of(type, cancellation)
        .Where(method => BindingCode.Of(type, cancellation).ActsItself(method.Declaration))
        .SelectMany(method => In(method, type.Flow.OperationsOf(method.Declaration)));

    private static IEnumerable<UncheckedInput> In(PublicMethod method, ImmutableArray<IOperation> operations)
    {
        foreach (var parameter in method.Symbol.Parameters)
        {
            if (MustNotBeNull(parameter) && !IsOfEvent(method.Symbol) && IsUsedUnchecked(parameter, operations) && NameOf(parameter, method) is { } name)
                yield return new UncheckedInput(name);
        }
    }

    /// <summary>Whoever raises an event says who it is, and what happened.</summary>
    private static bool IsOfEvent(IMethodSymbol method)
    {
        if (method.Parameters is not [{ Type.SpecialType: SpecialType.System_Object }, { Type: var type }])
            return false;

        for (var happened = type; happened is not null; happened = happened.BaseType)
        {
            if (happened is { Name: nameof(EventArgs), ContainingNamespace.Name: nameof(System) })
                return true;
        }

        return false;
    }

    private static SyntaxToken? NameOf(IParameterSymbol parameter, PublicMethod method) =>
        method.Declaration.ParameterList.Parameters.FirstOrDefault(declared => declared.Identifier.ValueText == parameter.Name)?.Identifier;

    /// <summary>Annotations, a default of null, and attributes (of a web framework that validates, for example) say otherwise.</summary>
    private static bool MustNotBeNull(IParameterSymbol parameter) =>
        parameter is { Type.IsReferenceType: true, RefKind: RefKind.None, NullableAnnotation: not NullableAnnotation.Annotated, HasExplicitDefaultValue: false, IsParams: false }
        && parameter.GetAttributes().IsEmpty;

    private static bool IsUsedUnchecked(IParameterSymbol parameter, ImmutableArray<IOperation> operations)
    {
        var used = false;
        foreach (var operation in operations)
        {
            if (operation is not IParameterReferenceOperation { Syntax: IdentifierNameSyntax name } reference || !SymbolEqualityComparer.Default.Equals(reference.Parameter, parameter) || IsCapturedByRequest(name))
                continue;

            if (Nullability.IsTested(name))
                return false;

            if (IsStored(name))
                return used;

            if (Handed(reference, name) is { } callee)
            {
                if (IsChecked(callee.Method, callee.Parameter))
                    return false;
                used |= !Nullability.AcceptsNull(callee.Parameter) && callee.Method.DeclaringSyntaxReferences.IsEmpty && !IsOption(callee.Method);
            }
            else
            {
                used |= IsDereferenced(name);
            }
        }

        return used;
    }

    /// <summary>In a lambda that acquires a token, which runs when other code calls it.</summary>
    private static bool IsCapturedByRequest(SyntaxNode name) =>
        name.FirstAncestorOrSelf<AnonymousFunctionExpressionSyntax>() is { } lambda && Mentions.InOrBeside(lambda, CancellationToken.None);

    /// <summary>Assigned anew, or kept in a variable: it may be checked under that name.</summary>
    private static bool IsStored(IdentifierNameSyntax name) => name.Parent switch
    {
        AssignmentExpressionSyntax or EqualsValueClauseSyntax => true,
        ArgumentSyntax argument => argument.Parent is TupleExpressionSyntax || !argument.RefKindKeyword.IsKind(SyntaxKind.None),
        _ => false,
    };

    private static bool IsDereferenced(IdentifierNameSyntax name) => name.Parent switch
    {
        MemberAccessExpressionSyntax access => access.Expression == name,
        ElementAccessExpressionSyntax access => access.Expression == name,
        InvocationExpressionSyntax call => call.Expression == name,
        CommonForEachStatementSyntax loop => loop.Expression == name,
        AwaitExpressionSyntax => true,
        _ => false,
    };

    /// <summary>The method that is given the parameter, also as the first argument of an extension.</summary>
    private static (IMethodSymbol Method, IParameterSymbol Parameter)? Handed(IOperation reference, IdentifierNameSyntax name)
    {
        if (name.Parent is not ArgumentSyntax && !(name.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax } access && access.Expression == name))
            return null;

        var outer = reference.Parent;
        while (outer is IConversionOperation { IsImplicit: true })
            outer = outer.Parent;
        return outer is IArgumentOperation { Parameter: { ContainingSymbol: IMethodSymbol method } given } ? (method, given) : null;
    }

    private static bool IsChecked(IMethodSymbol method, IParameterSymbol parameter) =>
        _guards.Any(guard => Names(method.Name, guard) || Names(method.ContainingType?.Name ?? "", guard))
        || Nullability.ReturnsNotNull(parameter)
        || Nullability.MayCheck(parameter)
        || method.Parameters.Any(other => other.GetAttributes().Any(attribute =>
            attribute is { AttributeClass.Name: "CallerArgumentExpressionAttribute", ConstructorArguments: [{ Value: string expressed }] } && expressed == parameter.Name));

    /// <summary>A builder's option may be left open by null.</summary>
    private static bool IsOption(IMethodSymbol method) => method.Name.StartsWith("With", StringComparison.Ordinal);

    private static bool Names(string name, string guard) => name.IndexOf(guard, StringComparison.Ordinal) >= 0;
}
