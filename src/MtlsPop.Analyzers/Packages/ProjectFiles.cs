using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace MtlsPop.Analyzers.Packages;

/// <summary>The files that say which packages a project references, as far as the compiler was handed them: the project's own and the central versions.</summary>
internal sealed class ProjectFiles(IReadOnlyList<ProjectFile> files)
{
    public IReadOnlyList<ProjectFile> Files => files;

    public static ProjectFiles Of(ImmutableArray<AdditionalText> additionalFiles, CancellationToken cancellation) => new(
    [
        .. additionalFiles
            .Where(file => ProjectFile.IsOne(file.Path))
            .Select(file => file.GetText(cancellation) is { } text ? ProjectFile.Parse(file.Path, text) : null)
            .OfType<ProjectFile>(),
    ]);

    public IEnumerable<(ProjectFile File, PackageItem Item)> Items(string package) =>
        from file in files
        from item in file.Items
        where item.Is(package)
        select (file, item);

    /// <summary>The item whose version the compiler was given; null where that is not sure.</summary>
    public (ProjectFile File, PackageItem Item)? Place(string package, Version referenced) => VersionOf(package, referenced) is { } spot ? (spot.ItemFile, spot.Item) : null;

    /// <summary>The item that references the package, when there is one and no doubt about it.</summary>
    public (ProjectFile File, PackageItem Item)? ReferenceOf(string package) =>
        Items(package).Where(found => found.Item is { Kind: PackageItem.Reference, IsUpdate: false }).ToArray() is [{ Item.IsConditional: false } only] ? only : null;

    /// <summary>The version that is written for the package, when it is a plain one and the one that the compiler was given.</summary>
    /// <remarks>An override beats a reference, which beats a central version; an update beats what it updates. A conditional item speaks only when it tells the version that is referenced.</remarks>
    public VersionSpot? VersionOf(string package, Version referenced)
    {
        var candidates =
            from found in Items(package)
            let version = found.Item.VersionOverride ?? found.Item.Version
            where version is not null
            orderby found.Item.VersionOverride is not null descending, found.Item.Kind == PackageItem.Reference descending, found.Item.IsUpdate descending
            select Resolve(found.File, found.Item, version);

        foreach (var spot in candidates)
        {
            if (spot.Value is { } value && PackageVersions.Same(value, referenced))
                return spot;
            if (!spot.Item.IsConditional)
                return null;
        }

        return null;
    }

    private VersionSpot Resolve(ProjectFile file, PackageItem item, Written version)
    {
        if (!version.Text.StartsWith("$(", StringComparison.Ordinal))
            return new VersionSpot(file, item, version, null, PackageVersions.Plain(version.Text));

        var end = version.Text.IndexOf(')');
        var name = end < 0 ? "" : version.Text.Substring(2, end - 2);
        var definitions = files
            .SelectMany(known => known.Properties.Where(property => string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase)).Select(property => (File: known, Property: property)))
            .ToArray();
        return definitions is [{ Property.IsConditional: false } only]
            ? new VersionSpot(file, item, version, only, PackageVersions.Plain(only.Property.Value.Text))
            : new VersionSpot(file, item, version, null, null);
    }
}

/// <summary>Where a package's version is written: in its item, or in the property that the item names.</summary>
internal sealed record VersionSpot(ProjectFile ItemFile, PackageItem Item, Written Version, (ProjectFile File, MSBuildProperty Property)? Property, Version? Value);
