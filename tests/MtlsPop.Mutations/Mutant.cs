namespace MtlsPop.Mutations;

/// <summary>A program to which a few changes were made by chance: the same for the same seed and number.</summary>
public sealed record Mutant(string Name, string Code, bool IsProgram)
{
    private const int LongestCode = 40_000;

    public static Mutant Of(int seed, int number)
    {
        var chance = new Random(unchecked((seed * 1_000_003) + number));
        var program = Corpus.All[number % Corpus.All.Count];
        var other = Corpus.All[chance.Next(Corpus.All.Count)];
        var code = program.Code;
        var changes = new List<string>();
        for (var left = 1 + chance.Next(4); left > 0; left--)
        {
            var change = Changes.All[chance.Next(Changes.All.Count)];
            if (change.Apply(new Draft(code, other.Code, chance)) is { Length: < LongestCode } changed && changed != code)
            {
                code = changed;
                changes.Add(change.Name);
            }
        }

        return new($"{program.Name}, {string.Join(", ", changes)}", code, new Draft(program.Code, "", chance).HasStatements);
    }
}
