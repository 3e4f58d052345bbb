namespace MtlsPop.Gate.Scanning;

/// <summary>What a compiler was given, as far as a fix needs it.</summary>
internal sealed record CompilerInputs(
    IReadOnlyList<string> Sources,
    IReadOnlyList<string> References,
    IReadOnlyList<string> AdditionalFiles,
    IReadOnlyList<string> Symbols,
    string LanguageVersion,
    bool IsProgram,
    bool IsNullable)
{
    public static CompilerInputs Of(ILookup<string, string> facts) => new(
        [.. facts["source"]],
        [.. facts["referencePath"]],
        [.. facts["additional"]],
        [.. facts["symbol"]],
        facts["languageVersion"].First(),
        facts["outputType"].First().ToLowerInvariant() is "exe" or "winexe",
        facts["nullable"].First() is "enable");
}
