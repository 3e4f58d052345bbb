namespace MtlsPop.Analyzers.Tests.Robustness;

/// <summary>Whole programs in the styles that people write, under Programs: each is found fault with where it says so, and nowhere else.</summary>
public sealed class ProgramTests
{
    private static readonly string[] _rulesForEveryToken = ["MPOP1006", "MPOP1007", "MPOP1008"];

    public static TheoryData<string> BearerPrograms => [.. ProgramFile.NamesIn("Bearer")];

    public static TheoryData<string> BoundPrograms => [.. ProgramFile.NamesIn("Bound")];

    public static TheoryData<string> CorrectPrograms => [.. ProgramFile.NamesIn("Correct")];

    [Theory]
    [MemberData(nameof(BearerPrograms))]
    [MemberData(nameof(BoundPrograms))]
    [MemberData(nameof(CorrectPrograms))]
    public async Task A_program_is_found_fault_with_where_it_says_so(string name)
    {
        var program = ProgramFile.Read(name);

        Assert.Equal(program.Marks(), await program.FindingsAsync());
    }

    [Theory]
    [MemberData(nameof(CorrectPrograms))]
    public void A_correct_program_has_no_mark(string name) => Assert.Empty(ProgramFile.Read(name).Marks());

    [Theory]
    [MemberData(nameof(BearerPrograms))]
    public void Code_that_binds_nothing_hears_only_what_is_true_of_every_token(string name) =>
        Assert.DoesNotContain(ProgramFile.Read(name).Marks(), mark => !_rulesForEveryToken.Any(rule => mark.EndsWith(rule, StringComparison.Ordinal)));
}
