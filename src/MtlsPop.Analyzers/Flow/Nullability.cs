using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Flow;

/// <summary>What a callee says about null: by its annotations and attributes, and in its own source by testing its parameter.</summary>
internal static class Nullability
{
    /// <summary>A parameter that may be null, or that its method tests: handing it an unchecked value is no fault.</summary>
    public static bool AcceptsNull(IParameterSymbol? parameter) =>
        parameter is null
        || parameter.NullableAnnotation == NullableAnnotation.Annotated
        || parameter.Type.SpecialType == SpecialType.System_Object
        || parameter.OriginalDefinition.Type is ITypeParameterSymbol { TypeParameterKind: TypeParameterKind.Method }
        || Has(parameter, "AllowNullAttribute")
        || Has(parameter, "NotNullAttribute")
        || TellsNotNull(parameter) is not null
        || IsTestedByItsMethod(parameter);

    /// <summary>A place that takes null: a parameter, or an element of a collection that is not one of certificates.</summary>
    public static bool TakesNull(IOperation operation, IParameterSymbol? given) => given is { } parameter
        ? AcceptsNull(parameter)
        : operation.Type is not (IArrayTypeSymbol { ElementType: { Name: "X509Certificate2" or "X509Certificate", NullableAnnotation: not NullableAnnotation.Annotated } }
            or { Name: "X509CertificateCollection" or "X509Certificate2Collection" });

    /// <summary>The outcome of this argument without which the method does not return; for null tests by attribute, "not null" counts as true.</summary>
    public static bool? ReturnsOnlyWhen(IMethodSymbol method, IParameterSymbol parameter)
    {
        if (parameter.Type.SpecialType == SpecialType.System_Boolean)
        {
            if (AttributeValue(parameter, "DoesNotReturnIfAttribute") is { } doesNotReturnIf)
                return !doesNotReturnIf;

            // Where the framework's reference assemblies lack the attribute.
            if (method is { Name: "Assert", ContainingType.Name: "Debug" or "Trace" })
                return true;
        }

        return null;
    }

    /// <summary>A method that only throws: it says so, or is named so.</summary>
    public static bool NeverReturns(IMethodSymbol method) =>
        (method.Name.StartsWith("Throw", StringComparison.Ordinal) && !method.Name.StartsWith("ThrowIf", StringComparison.Ordinal))
        || method.GetAttributes().Any(data => data.AttributeClass?.Name == "DoesNotReturnAttribute");

    public static bool ReturnsNotNull(IParameterSymbol parameter) => Has(parameter, "NotNullAttribute");

    /// <summary>A method that takes null and perhaps throws: its own source tests the parameter, or it is a guard by its name.</summary>
    public static bool MayCheck(IParameterSymbol parameter) =>
        IsTestedByItsMethod(parameter) || parameter.OriginalDefinition.Type is ITypeParameterSymbol || IsGuard(parameter.ContainingSymbol?.Name ?? "");

    /// <summary>A method that gets a result and perhaps throws, or tells, when its certificate is null: its own source names it, or nobody can see.</summary>
    public static bool MayAskForCertificate(IParameterSymbol parameter)
    {
        var declarations = parameter.ContainingSymbol?.DeclaringSyntaxReferences ?? ImmutableArray<SyntaxReference>.Empty;
        return declarations.IsEmpty || declarations.Any(reference => Mentions.Word(reference.GetSyntax(), MsalNames.BindingCertificate));
    }

    /// <summary>The returned truth that tells the argument is not null.</summary>
    public static bool? TellsNotNull(IParameterSymbol parameter) => AttributeValue(parameter, "NotNullWhenAttribute");

    private static bool Has(IParameterSymbol parameter, string attribute)
    {
        foreach (var data in parameter.GetAttributes())
        {
            if (data.AttributeClass?.Name == attribute)
                return true;
        }

        return false;
    }

    private static bool? AttributeValue(IParameterSymbol parameter, string attribute)
    {
        foreach (var data in parameter.GetAttributes())
        {
            if (data.AttributeClass?.Name == attribute && data.ConstructorArguments.Length == 1 && data.ConstructorArguments[0].Value is bool value)
                return value;
        }

        return null;
    }

    /// <summary>Asked of the callee's text alone, wherever it stands: <c>x is null</c>, <c>x == null</c>, <c>x ?? ...</c>, <c>x?.</c>, or a guard's call on it.</summary>
    private static bool IsTestedByItsMethod(IParameterSymbol parameter)
    {
        foreach (var reference in parameter.ContainingSymbol?.DeclaringSyntaxReferences ?? ImmutableArray<SyntaxReference>.Empty)
        {
            foreach (var node in reference.GetSyntax().DescendantNodes())
            {
                if (node is IdentifierNameSyntax name && name.Identifier.ValueText == parameter.Name && IsTested(name))
                    return true;
            }
        }

        return false;
    }

    public static bool IsTested(IdentifierNameSyntax name) => name.Parent switch
    {
        IsPatternExpressionSyntax isPattern => isPattern.Expression == name,
        ConditionalAccessExpressionSyntax access => access.Expression == name,
        SwitchStatementSyntax or SwitchExpressionSyntax => true,
        BinaryExpressionSyntax binary => binary.Kind() switch
        {
            SyntaxKind.CoalesceExpression => binary.Left == name,
            SyntaxKind.EqualsExpression or SyntaxKind.NotEqualsExpression => binary.Left.IsKind(SyntaxKind.NullLiteralExpression) || binary.Right.IsKind(SyntaxKind.NullLiteralExpression),
            _ => false,
        },
        ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } => IsGuard(call.Expression),
        _ => false,
    };

    private static bool IsGuard(ExpressionSyntax called) => called switch
    {
        MemberAccessExpressionSyntax member => IsGuard(member.Name.Identifier.ValueText),
        SimpleNameSyntax simple => IsGuard(simple.Identifier.ValueText),
        _ => false,
    };

    private static bool IsGuard(string method) =>
        method.IndexOf("NotNull", StringComparison.Ordinal) >= 0 || method.IndexOf("IfNull", StringComparison.Ordinal) >= 0;
}
