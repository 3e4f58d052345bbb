using System.Text.RegularExpressions;

namespace MtlsPop.Packages.Tests.Compiler;

/// <summary>Whatever the code, a compiler that runs the package comes to the end that the code deserves.</summary>
public sealed partial class CompilerTests(Compilers compilers) : IClassFixture<Compilers>
{
    public static MatrixTheoryData<string, string> Programs => new([Compilers.OfSdk, Compilers.Oldest], CompiledProgram.All.Select(program => program.Name));

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task A_compiler_ends_with_its_own_errors_and_no_others(string compiler, string program)
    {
        var expected = CompiledProgram.All.Single(one => one.Name == program).Errors;

        var end = await compilers.EndAsync(compiler, program);

        Assert.True(end.ExitCode == (expected.Any() ? 1 : 0), $"{compiler}, exit {end.ExitCode}: {Start(end.Output)}");
        Assert.Equal(expected.Order(), Errors().Matches(end.Output).Select(error => error.Groups["id"].Value).Distinct().Order());
        Assert.DoesNotContain("AD0001", end.Output, StringComparison.Ordinal);
    }

    private static string Start(string text) => text.Length > 3_000 ? text[..3_000] : text;

    [GeneratedRegex(@": error (?<id>\w+):")]
    private static partial Regex Errors();
}
