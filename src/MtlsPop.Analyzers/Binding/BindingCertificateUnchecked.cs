using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using MtlsPop.Analyzers.Flow;
using MtlsPop.Analyzers.Flow.Engine;
using MtlsPop.Analyzers.Framework;
using MtlsPop.Analyzers.Model;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Binding;

/// <summary>
/// The binding certificate of a result is used, for the first time on this path, and nothing has asked whether it is there.
/// <para>Reports: a member of the certificate that is read, or a parameter that takes no null and is given it, before the path has asked for null.</para>
/// <para>Leaves alone: a result out of a field or a parameter; a place that stores it; a path that has proven the token bound.</para>
/// </summary>
internal sealed class BindingCertificateUnchecked() : Rule<CertificateUse>(Rules.BindingCertificateUnchecked)
{
    protected override IEnumerable<CertificateUse> Find(TypeModel type, CancellationToken cancellation) => CertificateUse.In(type.Flow);

    protected override void Judge(CertificateUse use, Report report)
    {
        if (use.CheckedForNull == ThreeState.No)
            report.At(use.Place, use.Name);
    }
}

/// <summary>A place where the binding certificate of a result is used as if it were there.</summary>
internal sealed class CertificateUse(SyntaxNode expression, ThreeState checkedForNull)
{
    /// <summary>The expression that is the certificate.</summary>
    public SyntaxNode Expression => expression;

    /// <summary>The one word to report at: the property's name, or the variable's that holds it.</summary>
    public SyntaxToken Place => expression.DescendantTokens().LastOrDefault(token => token.ValueText == MsalNames.BindingCertificate) is { RawKind: not 0 } name
        ? name
        : expression.GetLastToken();

    /// <summary>How a message names the certificate.</summary>
    public string Name => expression.ToString() is { Length: < 60 } text && text[0] != '.' && text.IndexOf('\n') < 0 ? text : Place.ValueText;

    public ThreeState CheckedForNull => checkedForNull;

    public static IEnumerable<CertificateUse> In(TypeAnalysis flow)
    {
        foreach (var happened in flow.EventsWith(IsBindingCertificate))
        {
            foreach (var (expression, certificate) in Used(happened))
            {
                if (Judge(certificate, happened.State) is { } checkedForNull)
                    yield return new CertificateUse(expression, checkedForNull);
            }
        }
    }

    /// <summary>The expressions that are used as if they were no null.</summary>
    public static IEnumerable<(SyntaxNode Expression, AbstractValue Value)> Used(TraceEvent happened)
    {
        if (InstanceOf(happened.Operation) is { } instance)
            yield return (instance.Syntax, happened.Receiver);

        // To set a property is to store the value: whoever reads it may check it.
        if (happened.Operation is ISimpleAssignmentOperation)
            yield break;

        foreach (var argument in happened.Arguments)
        {
            if (!Nullability.TakesNull(happened.Operation, argument.Parameter))
                yield return (argument.Syntax, argument.Value);
        }
    }

    public static bool IsBindingCertificate(AbstractValue value) => value is MemberOf { Name: MsalNames.BindingCertificate };

    private static IOperation? InstanceOf(IOperation operation) => operation switch
    {
        IInvocationOperation invocation => invocation.Instance,
        IPropertyReferenceOperation property => property.Instance,
        _ => null,
    };

    /// <summary>Null where the value is no binding certificate, or where its request surely asked for none.</summary>
    private static ThreeState? Judge(AbstractValue value, State state) =>
        value is MemberOf { Name: MsalNames.BindingCertificate, Owner: AllocatedObject result } && TokenResult.Bound(result, state) != ThreeState.No
            ? state.IsNull(value) switch
            {
                true => ThreeState.No,
                false => ThreeState.Yes,
                null => state.IsUnchecked(value) ? ThreeState.No : ThreeState.Unknown,
            }
            : null;
}
