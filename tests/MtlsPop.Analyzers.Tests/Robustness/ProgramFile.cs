using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace MtlsPop.Analyzers.Tests.Robustness;

/// <summary>
/// A file under Programs, which is a whole program. Its first line says what it is and why it is there. Lines below may say <c>// msal: 4.83.1</c> where that is not the latest one,
/// <c>// output: exe</c> where it is not a library, <c>// attestation: none</c> where it does not reference that package, and <c>// expect: MPOPnnnn</c> after the code that is found fault with.
/// </summary>
internal sealed partial record ProgramFile(string Name, string Code)
{
    public static IEnumerable<string> NamesIn(string folder) => typeof(ProgramFile).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith($"{folder}/", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    public static ProgramFile Read(string name)
    {
        using var resource = new StreamReader(typeof(ProgramFile).Assembly.GetManifestResourceStream(name)!);
        return new(name, resource.ReadToEnd());
    }

    public Sample Sample => new()
    {
        GlobalUsings = Sample.ImplicitUsings,
        Msal = Directive("msal") ?? Sample.MsalVersions[^1],
        ReferencesKeyAttestation = Directive("attestation") is not "none",
        OutputKind = Directive("output") is "exe" ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary,
    };

    private string? Directive(string name) =>
        Directives().Matches(Code).SingleOrDefault(directive => directive.Groups["name"].Value == name)?.Groups["value"].Value;

    [GeneratedRegex(@"^// (?<name>msal|attestation|output): (?<value>\S+)\r?$", RegexOptions.Multiline)]
    private static partial Regex Directives();
}
