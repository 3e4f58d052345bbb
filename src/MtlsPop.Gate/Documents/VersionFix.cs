using System.Text.RegularExpressions;
using MtlsPop.Analyzers;
using MtlsPop.Analyzers.Msal;
using MtlsPop.Analyzers.Packages;
using MtlsPop.Gate.Documents.Checks;
using MtlsPop.Gate.Scanning;

namespace MtlsPop.Gate.Documents;

/// <summary>Raises a version of MSAL that cannot bind, and replaces the preview package, where the document installs them.</summary>
internal static partial class VersionFix
{
    private static readonly string _recommended = PackageVersions.Text(KnownDefects.Recommended);

    public static string Apply(CheckedDocument document, Func<LoggedResult, bool> wants)
    {
        var lines = document.Document.Text.Split('\n');
        var faults = VersionCheck.Of(document).Where(wants).ToList();
        foreach (var place in faults.Where(fault => fault.Rule == Rules.MsalTooOld.Id).Select(fault => fault.Place!))
            lines[place.Line - 1] = lines[place.Line - 1][..(place.Column - 1)] + _recommended + lines[place.Line - 1][(place.EndColumn - 1)..];
        foreach (var place in faults.Where(fault => fault.Rule == Rules.LegacyBindingPackage.Id).Select(fault => fault.Place!))
            lines[place.Line - 1] = Preview().Replace(lines[place.Line - 1], match => "Microsoft.Identity.Client.KeyAttestation" + match.Groups["between"].Value + (match.Groups["version"].Success ? _recommended : ""));
        return string.Join('\n', lines);
    }

    [GeneratedRegex(@"Microsoft\.Identity\.Client\.MtlsPop\b((?<between>[^0-9\r\n]*)(?<version>[0-9]+(\.[0-9]+)+(-[\w.]+)?))?")]
    private static partial Regex Preview();
}
