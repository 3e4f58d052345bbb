using System.Text.RegularExpressions;
using MtlsPop.Analyzers;
using MtlsPop.Analyzers.Msal;
using MtlsPop.Analyzers.Packages;
using MtlsPop.Gate.Scanning;

namespace MtlsPop.Gate.Documents.Checks;

/// <summary>The document names a version of MSAL that can bind tokens, and installs no package that binding has outgrown.</summary>
internal static partial class VersionCheck
{
    public const string Item = "version";

    public static IEnumerable<LoggedResult> Of(CheckedDocument document)
    {
        if (!document.Binds)
            yield break;

        var commands = document.Document.Commands;
        if (document.In(commands.Concat(document.Document.Prose), PreviewPackage()).FirstOrDefault() is (Place preview, _))
            yield return DocumentCheck.Fault(Rules.LegacyBindingPackage, preview);

        var installed = Named(document.In(commands, Package())).ToList();
        var named = installed.Concat(Named(document.In(document.Document.Prose, Prose()))).ToList();
        if (installed.Concat(named.All(version => version.Version < KnownDefects.Floor) ? named : []).FirstOrDefault(version => version.Version < KnownDefects.Floor) is { Place: not null } low)
            yield return DocumentCheck.Fault(Rules.MsalTooOld, low.Place, PackageVersions.Text(low.Version), PackageVersions.Text(KnownDefects.Floor), PackageVersions.Text(KnownDefects.Recommended));
        else if (named.FirstOrDefault(version => version.Version >= KnownDefects.Floor) is { Place: not null } good)
            yield return DocumentCheck.Evidence(Item, good.Place, $"MSAL {PackageVersions.Text(good.Version)} is named");
        else
            yield return DocumentCheck.Fault(DocumentRules.VersionNotNamed, document.InCode(CheckedDocument.Binding()).First().Place, PackageVersions.Text(KnownDefects.Floor));
    }

    private static IEnumerable<(Place Place, Version Version)> Named(IEnumerable<(Place Place, string Text)> matches) =>
        from match in matches
        let version = Version.Parse(Number().Match(match.Text).Value)
        select (match.Place, new Version(version.Major, version.Minor, Math.Max(0, version.Build)));

    [GeneratedRegex(@"(?<=Microsoft\.Identity\.Client[""']?\s*(?:--version|-v|-Version|Version=|,|@)?\s*[""']?)\b4\.[0-9]+(\.[0-9]+)?", RegexOptions.IgnoreCase)]
    private static partial Regex Package();

    [GeneratedRegex(@"(?<=\bMSAL(\.NET)?[^0-9\r\n]{0,40}|Microsoft\.Identity\.Client[^.0-9\r\n][^0-9\r\n]{0,40})\b4\.[0-9]+(\.[0-9]+)?")]
    private static partial Regex Prose();

    [GeneratedRegex(@"4\.[0-9]+(\.[0-9]+)?")]
    private static partial Regex Number();

    [GeneratedRegex(@"(?<=(add package|Include=[""']|Install-Package)\s*)Microsoft\.Identity\.Client\.MtlsPop\b", RegexOptions.IgnoreCase)]
    private static partial Regex PreviewPackage();
}
