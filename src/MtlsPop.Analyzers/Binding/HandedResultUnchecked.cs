using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MtlsPop.Analyzers.Flow.Engine;
using MtlsPop.Analyzers.Framework;
using MtlsPop.Analyzers.Model;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Binding;

/// <summary>
/// The binding certificate of a result that came from outside is used, and nothing has asked whether it is there.
/// <para>Reports: the first use on a path, in a method that other types can call, of the certificate of a parameter, or of a field that keeps one.</para>
/// <para>Leaves alone: a result that a caller in the same type, the constructor, or another method has checked; private methods that nothing hands such a result.</para>
/// </summary>
internal sealed class HandedResultUnchecked() : Rule<CertificateUse>(Rules.HandedResultUnchecked)
{
    protected override IEnumerable<CertificateUse> Find(TypeModel type, CancellationToken cancellation)
    {
        var uses = Uses(type.Flow).ToList();
        foreach (var place in uses.GroupBy(use => use.Expression))
        {
            // Where one caller in the type has checked, or is told by MPOP3001, so is or does everyone who looks.
            if (place.All(use => IsUnchecked(use, type.Flow, uses)))
                yield return new CertificateUse(place.Key, ThreeState.No);
        }
    }

    protected override void Judge(CertificateUse use, Report report) => report.At(use.Place, use.Name);

    private static IEnumerable<Use> Uses(TypeAnalysis flow) => flow.EventsAsWritten(CertificateUse.IsBindingCertificate)
        .SelectMany(CertificateUse.Used, (happened, used) => (used.Expression, Certificate: used.Value as MemberOf, happened.State))
        .Where(use => use.Certificate is { Name: MsalNames.BindingCertificate } && !IsLeftToCallers(use.Certificate, flow))
        .Select(use => new Use(use.Expression, use.Certificate!, use.State));

    /// <summary>What a private method is handed is known where it is called.</summary>
    private static bool IsLeftToCallers(MemberOf certificate, TypeAnalysis flow) => certificate.Owner is SymbolicInput { Symbol: IParameterSymbol parameter } && !IsHandedFromOutside(parameter, flow);

    private static bool IsUnchecked(Use use, TypeAnalysis flow, List<Use> uses) => use.State.IsUnchecked(use.Certificate) && use.Certificate.Owner switch
    {
        SymbolicInput { Symbol: IParameterSymbol parameter } => flow.Msal.Is(parameter.Type, MsalNames.AuthenticationResult)
            && (!IsOfPrimaryConstructor(parameter) || NobodyElseChecks(use.Certificate, flow, uses)),
        SymbolicInput { Symbol: IFieldSymbol or IPropertySymbol } member => IsSetFromOutside(member.Symbol, flow) && NobodyElseChecks(use.Certificate, flow, uses),
        _ => false,
    };

    private static bool IsSetFromOutside(ISymbol member, TypeAnalysis flow) =>
        flow.ValuesOf(member) is { IsEmpty: false } values && values.All(given =>
            given.Value is ConstantValue { Data: null }
            || (given.Value is SymbolicInput { Symbol: IParameterSymbol parameter } result
                && IsHandedFromOutside(parameter, flow)
                && !flow.BodiesThatCheck(MemberOf.Of(result, MsalNames.BindingCertificate)).Any()));

    /// <summary>A parameter of a method that code outside of the type can call.</summary>
    private static bool IsHandedFromOutside(IParameterSymbol parameter, TypeAnalysis flow) =>
        parameter is { RefKind: RefKind.None, ContainingSymbol: IMethodSymbol { MethodKind: not (MethodKind.LambdaMethod or MethodKind.LocalFunction) } method }
        && flow.Declares(method)
        && (method.DeclaredAccessibility != Accessibility.Private || !method.ExplicitInterfaceImplementations.IsEmpty)
        && IsSeen(method.ContainingType);

    private static bool IsSeen(INamedTypeSymbol? type)
    {
        for (; type is not null; type = type.ContainingType)
        {
            if (type.DeclaredAccessibility == Accessibility.Private)
                return false;
        }

        return true;
    }

    /// <summary>Other members read it as they read a field.</summary>
    private static bool IsOfPrimaryConstructor(IParameterSymbol parameter) =>
        parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor, DeclaringSyntaxReferences: [var declaration] } && declaration.GetSyntax() is TypeDeclarationSyntax;

    private static bool NobodyElseChecks(MemberOf certificate, TypeAnalysis flow, List<Use> uses) => flow.BodiesThatCheck(certificate).All(body =>
        uses.Exists(use => use.Certificate.Equals(certificate) && use.State.IsUnchecked(certificate) && body.Span.Contains(use.Expression.Span)));

    /// <summary>An expression that is used as if it were no null, and what is known there.</summary>
    private sealed record Use(SyntaxNode Expression, MemberOf Certificate, State State);
}
