using MtlsPop.Analyzers.Msal;
using MtlsPop.Analyzers.Packages;

namespace MtlsPop.CodeFixes.Packages;

/// <summary>Edits of the lines that say which packages a project references.</summary>
internal static class PackageLines
{
    /// <summary>Raises MSAL, and takes KeyAttestation along, which goes with one version of it only.</summary>
    public static IReadOnlyList<(ProjectFile, TextChange)> RaiseMsal(ProjectFiles files, MsalLibrary msal, Version to)
    {
        if (files.VersionOf(MsalNames.MsalAssembly, msal.Version) is not { } spot || IsSharedWithOthers(spot, files))
            return [];

        var changes = new List<(ProjectFile, TextChange)> { Write(spot, PackageVersions.Text(to)) };
        if (msal.AttestationVersion is { } attestation && files.VersionOf(MsalNames.AttestationAssembly, attestation) is { } companion)
        {
            if (!SharesProperty(companion, spot))
                changes.Add(Write(companion, PackageVersions.AttestationFor(to)));
            else if (Reference(spot) is var reference
                && PackageVersions.Attestation(reference, to) is var written
                && written != companion.Version.Text)
                changes.Add((companion.ItemFile, new TextChange(companion.Version.Span, written)));
        }

        return changes;
    }

    /// <summary>Writes KeyAttestation's version anew, as MSAL's.</summary>
    public static IReadOnlyList<(ProjectFile, TextChange)> AlignAttestation(ProjectFiles files, MsalLibrary msal)
    {
        if (msal.AttestationVersion is not { } attestation || files.VersionOf(MsalNames.AttestationAssembly, attestation) is not { } spot)
            return [];

        var version = files.VersionOf(MsalNames.MsalAssembly, msal.Version) is { Property: not null } of && of.ItemFile == spot.ItemFile
            ? PackageVersions.Attestation(Reference(of), msal.Version)
            : PackageVersions.AttestationFor(msal.Version);
        return IsSharedWithOthers(spot, files) || spot.Property is null
            ? [(spot.ItemFile, new TextChange(spot.Version.Span, version))]
            : [Write(spot, PackageVersions.AttestationFor(msal.Version))];
    }

    /// <summary>References KeyAttestation below MSAL, in the same way and version.</summary>
    public static IReadOnlyList<(ProjectFile, TextChange)> AddAttestation(ProjectFiles files, MsalLibrary msal)
    {
        if (files.Items(MsalNames.AttestationAssembly).Any(found => found.Item.Kind == PackageItem.Reference)
            || files.ReferenceOf(MsalNames.MsalAssembly) is not { } reference
            || files.VersionOf(MsalNames.MsalAssembly, msal.Version) is not { } spot)
            return [];

        var version = $" Version=\"{PackageVersions.Attestation(Reference(spot), msal.Version)}\"";
        if (spot.Item.Kind == PackageItem.Reference && spot.Item.VersionOverride is null)
            return [Below(reference, PackageItem.Reference, version)];

        var central = files.Items(MsalNames.MsalAssembly)
            .Where(found => found.Item is { Kind: PackageItem.Central, IsUpdate: false })
            .ToArray();
        return central is not [var centralVersion] ? []
            : files.Items(MsalNames.AttestationAssembly).Any() ? [Below(reference, PackageItem.Reference, "")]
            : [Below(centralVersion, PackageItem.Central, version), Below(reference, PackageItem.Reference, "")];
    }

    /// <summary>Puts KeyAttestation in the place of the preview package.</summary>
    public static IReadOnlyList<(ProjectFile, TextChange)> ReplacePreview(ProjectFiles files, MsalLibrary msal)
    {
        var items = files.Items(MsalNames.PreviewBindingAssembly).ToArray();
        if (!msal.AttestationIsAStep || msal.AttestationIsReferenced || items.Any(found => found.Item.IsConditional))
            return [];

        var changes = new List<(ProjectFile, TextChange)>();
        foreach (var (file, item) in items)
        {
            changes.Add((file, new TextChange(item.Id.Span, MsalNames.AttestationAssembly)));
            if ((item.VersionOverride ?? item.Version) is { } version)
                changes.Add((file, new TextChange(version.Span, PackageVersions.AttestationFor(msal.Version))));
        }

        return changes;
    }

    private static (ProjectFile, TextChange) Write(VersionSpot spot, string version) => spot.Property is { } property
        ? (property.File, new TextChange(property.Property.Value.Span, version))
        : (spot.ItemFile, new TextChange(spot.Version.Span, version));

    /// <summary>How another item writes the same version: through the same property, where there is one.</summary>
    private static string Reference(VersionSpot spot) =>
        spot.Property is { } property && spot.Value is { } ? $"$({property.Property.Name})" : spot.Version.Text;

    private static bool SharesProperty(VersionSpot left, VersionSpot right) =>
        left.Property is { } property && property.Property == right.Property?.Property;

    /// <summary>A property that other packages' versions come from is not MSAL's to change.</summary>
    private static bool IsSharedWithOthers(VersionSpot spot, ProjectFiles files) =>
        spot.Property is { } property && files.Files.Any(file => file.Items.Any(item =>
            !item.Is(MsalNames.MsalAssembly) && !item.Is(MsalNames.AttestationAssembly)
            && (item.VersionOverride ?? item.Version)?.Text.Contains($"$({property.Property.Name})") == true));

    /// <summary>A line for KeyAttestation below another item, laid out as that one.</summary>
    private static (ProjectFile, TextChange) Below((ProjectFile File, PackageItem Item) place, string kind, string version)
    {
        var text = place.File.Text;
        var item = place.Item.Span;
        var line = text.Lines.GetLineFromPosition(item.Start);
        var before = text.ToString(TextSpan.FromBounds(line.Start, item.Start));
        var indent = before.Substring(0, before.Length - before.TrimStart().Length);
        var last = text.Lines.GetLineFromPosition(item.End);
        var rest = text.ToString(TextSpan.FromBounds(item.End, last.End)).Trim();
        var at = rest.Length == 0 || IsOneComment(rest) ? last.End : item.End;
        return (place.File, new TextChange(new TextSpan(at, 0), $"{EndOfLine(text)}{indent}<{kind} Include=\"{MsalNames.AttestationAssembly}\"{version} />"));
    }

    private static bool IsOneComment(string rest) =>
        rest.StartsWith("<!--", StringComparison.Ordinal) && rest.IndexOf("-->", StringComparison.Ordinal) == rest.Length - "-->".Length;

    private static string EndOfLine(SourceText text)
    {
        var first = text.Lines[0];
        return text.ToString(TextSpan.FromBounds(first.End, first.EndIncludingLineBreak)) is { Length: > 0 } found ? found : "\n";
    }
}
