using MtlsPop.Analyzers.Tests.Robustness;

namespace MtlsPop.Analyzers.Tests.Mutants;

/// <summary>A model with a mistake made in it: what is replaced stands in it exactly once.</summary>
internal sealed record Mutant(string Mistake, string Rule, params (string Original, string Replacement)[] Changes)
{
    /// <summary>The file under Programs/Models.</summary>
    public string Model { get; init; } = "";

    /// <summary>The MSAL that the program references, when it is not the model's.</summary>
    public string? Msal { get; init; }

    /// <summary>No fix is offered: what is right depends on what nobody but its author knows.</summary>
    public bool IsLeftToPeople { get; init; }

    public ProgramFile Program()
    {
        var model = ProgramFile.Read($"Models/{Model}");
        var code = Changes.Aggregate(model.Code, Replace);
        return model with { Code = Msal is null ? code : $"// msal: {Msal}\n{code}" };
    }

    private static string Replace(string code, (string Original, string Replacement) change)
    {
        Assert.True(code.Split(change.Original) is [_, _], $"This must stand in the program exactly once: {change.Original}");
        return code.Replace(change.Original, change.Replacement, StringComparison.Ordinal);
    }
}
