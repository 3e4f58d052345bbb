using MtlsPop.Analyzers.Tests.Catalogue;

namespace MtlsPop.Analyzers.Tests.Robustness;

/// <summary>Whoever runs Fix All for every rule is done after three rounds at most: one fix may uncover what another rule asks.</summary>
[Trait("Category", "Slow")]
public sealed class EveryFixTests
{
    private const int Rounds = 3;

    /// <summary>The bad examples of the pages by the MSAL that they are for, each in a namespace of its own: they name their types alike.</summary>
    private static readonly ILookup<string, string> _badExamples = RuleEntry.All.Where(rule => rule.Category != "Packages")
        .Select(rule => (Rule: rule.Id, Code: PageExample.Read(Repository.Read(rule.Page), "bad")))
        .ToLookup(example => PageExample.SampleFor(example.Code).Msal, example => InNamespace(example.Rule, example.Code));

    public static TheoryData<string> MsalVersionsOfPages => [.. _badExamples.Select(examples => examples.Key)];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_every_mistake_only_those_are_left_that_a_person_must_mend(bool withRuntime)
    {
        var files = Repository.NamesIn("samples/EveryMistake", "*.cs").Order().Select(name => Repository.Read($"samples/EveryMistake/{name}.cs"));
        var mended = await FixedAsync(new() { GlobalUsings = Sample.ImplicitUsings }, files, withRuntime);

        Assert.Equal(["MPOP2005", "MPOP3006"], mended.Rules);
    }

    [Theory]
    [MemberData(nameof(MsalVersionsOfPages))]
    public async Task The_bad_examples_of_the_pages_are_mended_as_one_program(string msal) =>
        await FixedAsync(new() { Msal = msal }, _badExamples[msal], withRuntime: false);

    [Fact]
    public async Task The_bad_examples_of_the_pages_are_mended_with_the_runtime() =>
        await FixedAsync(new(), _badExamples[new Sample().Msal], withRuntime: true);

    /// <summary>
    /// The program when no finding is left for which a fix is offered: by the first action of each fix, or by the last, which is the runtime's
    /// where it has one.
    /// </summary>
    private static async Task<WholeProgram> FixedAsync(Sample sample, IEnumerable<string> sources, bool withRuntime)
    {
        var program = await WholeProgram.OpenAsync(sample with { ReferencesRuntime = withRuntime }, sources);
        for (var round = 0; round < Rounds; round++)
            program = await program.FixEverythingAsync(Chosen);

        Assert.Same(program, await program.FixEverythingAsync(Chosen));
        return program;

        CodeAction Chosen(IReadOnlyList<CodeAction> offered) => withRuntime ? offered[^1] : offered[0];
    }

    private static string InNamespace(string name, string code) =>
        code.Insert(CSharpSyntaxTree.ParseText(code).GetCompilationUnitRoot().Members[0].FullSpan.Start, $"namespace {name};\n\n");
}
