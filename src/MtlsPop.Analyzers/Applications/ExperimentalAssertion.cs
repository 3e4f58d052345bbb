using Microsoft.CodeAnalysis;
using MtlsPop.Analyzers.Flow.Engine;
using MtlsPop.Analyzers.Framework;
using MtlsPop.Analyzers.Model;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Applications;

/// <summary>
/// The overload for bound assertions is called before experimental features are on, on an MSAL that wants them on.
/// <para>Reports: the overload for bound assertions, called before experimental features are on, on an MSAL from 4.79 to 4.83.</para>
/// <para>Leaves alone: a builder that other code was handed; a flag that is not constant.</para>
/// </summary>
internal sealed class ExperimentalAssertion() : Rule<BoundAssertionOverload>(Rules.ExperimentalAssertion)
{
    protected override IEnumerable<BoundAssertionOverload> Find(TypeModel type, CancellationToken cancellation) => BoundAssertionOverload.In(type.Flow);

    protected override void Judge(BoundAssertionOverload call, Report report)
    {
        if (call.ExperimentalFeatures == ThreeState.No)
            report.At(call.Step.Token, call.Msal.Version.ToString(3));
    }
}

/// <summary>A call of the overload of <c>WithClientAssertion</c> that takes an assertion with its certificate.</summary>
internal sealed class BoundAssertionOverload(Step step, ThreeState experimentalFeatures, MsalLibrary msal)
{
    public Step Step => step;

    /// <summary>Whether experimental features are on when it is called.</summary>
    public ThreeState ExperimentalFeatures => experimentalFeatures;

    public MsalLibrary Msal => msal;

    /// <summary>None where this MSAL does not ask for it.</summary>
    public static IEnumerable<BoundAssertionOverload> In(TypeAnalysis flow) => !flow.Msal.BoundAssertionsAreExperimental ? [] : flow.CallsOf(MsalNames.WithClientAssertion)
        .Where(call => TakesCertificate(call.Method!))
        .GroupBy(observation => observation.Operation.Syntax)
        .Select(calls => new BoundAssertionOverload(
            new Step(MsalNames.WithClientAssertion, calls.First().Method!, calls.Key, calls.First().Receiver, calls.First().Arguments),
            ThreeStates.Agreed(calls.Select(call => AreOn(call.Receiver, call.State))),
            flow.Msal));

    private static bool TakesCertificate(IMethodSymbol overload) =>
        overload.Parameters is [{ Type: INamedTypeSymbol { DelegateInvokeMethod.ReturnType: INamedTypeSymbol { TypeArguments: [{ Name: MsalNames.ClientSignedAssertion }] } } }];

    private static ThreeState AreOn(AbstractValue builder, State state)
    {
        if (builder is not AllocatedObject made || state[made] is not { } history || history.IsOpenTo(MsalNames.WithExperimentalFeatures))
            return ThreeState.Unknown;

        return history.Last(MsalNames.WithExperimentalFeatures)?["enableExperimentalFeatures"] switch
        {
            null => ThreeState.No,
            ConstantValue { Data: bool on } => ThreeStates.Of(on),
            _ => ThreeState.Unknown,
        };
    }
}
