using MtlsPop.Analyzers.Tests.Catalogue;
using MtlsPop.Analyzers.Tests.Robustness;

namespace MtlsPop.Analyzers.Tests.Mutants;

/// <summary>Correct programs hear nothing. With one mistake in them, they hear of that one and no other, and what is offered mends it.</summary>
[Trait("Category", "Slow")]
public sealed class MutantTests
{
    public static TheoryData<string> Models => [.. ProgramFile.NamesIn("Models")];

    public static TheoryData<string> Mutants => [.. MutantTable.All.Keys];

    [Theory]
    [MemberData(nameof(Models))]
    public async Task A_model_is_silent(string name)
    {
        var model = ProgramFile.Read(name);

        Assert.Empty((await WholeProgram.OpenAsItComesAsync(model.Sample, model.Code)).Rules);
    }

    [Theory]
    [MemberData(nameof(Mutants))]
    public async Task A_mutant_is_reported_by_the_rule_for_its_mistake_and_mended_by_that_rule_s_fix(string name)
    {
        var mutant = MutantTable.All[name];
        var program = mutant.Program();
        var found = await WholeProgram.OpenAsItComesAsync(program.Sample, program.Code);
        Assert.Equal([mutant.Rule], found.Rules);

        var mended = await found.FixAsync(mutant.Rule, offered => offered[0]);
        Assert.Equal(mutant.IsLeftToPeople, mended.Rules.Contains(mutant.Rule));
    }

    [Fact]
    public void Every_rule_that_is_on_by_default_has_a_mutant_but_for_conventions_and_packages() => Assert.Equal(
        RuleEntry.All.Where(rule => rule.Descriptor.IsEnabledByDefault && rule.Category is not ("Conventions" or "Packages")).Select(rule => rule.Id),
        MutantTable.All.Values.Select(mutant => mutant.Rule).Distinct().Order(StringComparer.Ordinal));
}
