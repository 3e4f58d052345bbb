using MtlsPop.Analyzers.Model;

namespace MtlsPop.Analyzers.Applications;

/// <summary>The overload for bound assertions is called before experimental features are on, on an MSAL that wants them on.</summary>
internal sealed class ExperimentalAssertion() : Rule<BoundAssertionOverload>(Rules.ExperimentalAssertion)
{
    protected override void Judge(BoundAssertionOverload call, Report report)
    {
        if (call.Msal.BoundAssertionsAreExperimental && call.ExperimentalFeatures == Fact.No)
            report.At(call.Step.Token, call.Msal.Version.ToString(3));
    }
}
