using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using MtlsPop.Analyzers.Flow;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Model;

/// <summary>A call of the overload of <c>WithClientAssertion</c> that takes an assertion with its certificate.</summary>
internal sealed class BoundAssertionOverload(Step step, Fact experimentalFeatures, MsalLibrary msal)
{
    public Step Step => step;

    /// <summary>Whether experimental features are on when it is called.</summary>
    public Fact ExperimentalFeatures => experimentalFeatures;

    public MsalLibrary Msal => msal;

    public static IEnumerable<BoundAssertionOverload> In(TypeFlow flow) => flow.Observations
        .Where(observation => flow.IsCallOf(observation.Operation, Names.WithClientAssertion) && TakesCertificate((IInvocationOperation)observation.Operation))
        .GroupBy(observation => observation.Operation.Syntax)
        .Select(calls => new BoundAssertionOverload(
            new Step(Names.WithClientAssertion, ((IInvocationOperation)calls.First().Operation).TargetMethod, calls.Key, calls.First().Arguments),
            Facts.Agreed(calls.Select(call => AreOn(call.Receiver, call.State))),
            flow.Msal));

    private static bool TakesCertificate(IInvocationOperation call) =>
        call.TargetMethod.Parameters is [{ Type: INamedTypeSymbol { DelegateInvokeMethod.ReturnType: INamedTypeSymbol { TypeArguments: [{ Name: Names.ClientSignedAssertion }] } } }];

    private static Fact AreOn(Value builder, State state)
    {
        if (builder is not Made made || state[made] is not { } history || history.IsOpenTo(Names.WithExperimentalFeatures))
            return Fact.Unknown;

        return history.Last(Names.WithExperimentalFeatures)?["enableExperimentalFeatures"] switch
        {
            null => Fact.No,
            Constant { Data: bool on } => Facts.Of(on),
            _ => Fact.Unknown,
        };
    }
}
