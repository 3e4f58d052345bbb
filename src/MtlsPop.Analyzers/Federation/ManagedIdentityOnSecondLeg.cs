using MtlsPop.Analyzers.Model;

namespace MtlsPop.Analyzers.Federation;

/// <summary>The second leg of a federation is a managed identity's. Where it is one by an assertion, the code does not compile, and the compiler cannot say why.</summary>
internal sealed class ManagedIdentityOnSecondLeg() : Rule<SecondLeg>(Rules.ManagedIdentityOnSecondLeg)
{
    protected override void Judge(SecondLeg leg, Report report)
    {
        if (leg.Compiles)
            report.With(leg.FirstLeg).At(leg.Step);
        else
            report.With(leg.FirstLeg).EvenIfBroken(leg.Step);
    }
}
