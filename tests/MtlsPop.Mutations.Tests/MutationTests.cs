using System.Globalization;
using MtlsPop.ChildProcesses;

namespace MtlsPop.Mutations.Tests;

/// <summary>
/// Whatever is made of a program, the analyzers come to an end, throw nothing, and say the same in turn and at once; and no fix throws
/// when it is asked.
/// </summary>
public sealed class MutationTests
{
    private const int Seed = 1;

    /// <summary>MTLSPOP_MUTANTS asks for more: see CONTRIBUTING.md.</summary>
    private static readonly int _mutants = int.Parse(Environment.GetEnvironmentVariable("MTLSPOP_MUTANTS") ?? "600", CultureInfo.InvariantCulture);

    [Fact]
    public async Task No_mutant_of_a_program_is_fatal()
    {
        var processes = Math.Min(Environment.ProcessorCount, 4);
        var failures = await Task.WhenAll(Enumerable.Range(0, processes).Select(first => new Listener(Seed, first, step: processes, _mutants).FailuresAsync()));

        Assert.True(failures.All(some => some.Count == 0), Describe([.. failures.SelectMany(some => some).OrderBy(failure => failure.Number)]));
    }

    [Fact]
    public async Task The_process_that_analyses_ends_with_the_one_that_started_it()
    {
        using var process = ChildProcess.Start(typeof(Mutant).Assembly.Location, "1", "0", "1", "1000000");
        Assert.Equal("begin 0", await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));

        process.StandardInput.Close();

        await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.NotEqual(0, process.ExitCode);
    }

    [Fact]
    public void A_mutant_is_the_same_every_time() =>
        Assert.Equal(Enumerable.Range(0, 200).Select(number => Mutant.Of(Seed, number)), Enumerable.Range(0, 200).Select(number => Mutant.Of(Seed, number)));

    [Fact]
    public void Most_mutants_differ_from_their_program_and_from_each_other() =>
        Assert.InRange(Enumerable.Range(0, 1_000).Select(number => Mutant.Of(Seed, number).Code).Distinct().Count(), 900, 1_000);

    private static string Describe(List<Failure> failures) =>
        $"{failures.Count} of {_mutants} mutants failed.\n" + string.Join("\n\n", failures.Take(20).Select(failure =>
        {
            var mutant = Mutant.Of(Seed, failure.Number);
            var file = Path.Combine(Path.GetTempPath(), $"mtlspop-mutant-{Seed}-{failure.Number}.cs");
            File.WriteAllText(file, mutant.Code);
            return $"{mutant.Name}\n{file}\n{failure.Reason}";
        }));
}
