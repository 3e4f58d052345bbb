using System.Collections.Immutable;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace MtlsPop.Analyzers.Packages;

/// <summary>What an MSBuild file says of packages, and where.</summary>
internal sealed class ProjectFile
{
    private static readonly ImmutableArray<string> _extensions = ImmutableArray.Create(".csproj", ".props", ".targets");

    private ProjectFile(string path, SourceText text, XElement project)
    {
        Path = path;
        Text = text;
        Items = [.. project.Descendants().Where(element => element.Name.LocalName is PackageItem.Reference or PackageItem.Central).Select(Item).OfType<PackageItem>()];
        Properties = [.. project.Descendants().Where(element => element.Parent is { Name.LocalName: "PropertyGroup" } && !element.HasElements).Select(Property).OfType<MSBuildProperty>()];
    }

    public string Path { get; }

    public SourceText Text { get; }

    public IReadOnlyList<PackageItem> Items { get; }

    public IReadOnlyList<MSBuildProperty> Properties { get; }

    public static bool IsOne(string path) => _extensions.Contains(System.IO.Path.GetExtension(path).ToLowerInvariant());

    /// <summary>Null where the text is no XML, which is MSBuild's to say.</summary>
    public static ProjectFile? Parse(string path, SourceText text)
    {
        try
        {
            return XDocument.Parse(text.ToString(), LoadOptions.SetLineInfo | LoadOptions.PreserveWhitespace).Root is { } project ? new ProjectFile(path, text, project) : null;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    public Location LocationOf(TextSpan span) => Location.Create(Path, span, Text.Lines.GetLinePositionSpan(span));

    private PackageItem? Item(XElement element)
    {
        var id = element.Attribute("Include") ?? element.Attribute("Update");
        return id is null || ValueOf(id) is not { } name
            ? null
            : new PackageItem(element.Name.LocalName, id.Name.LocalName == "Update", name, VersionOf(element, "VersionOverride"), VersionOf(element, "Version"), IsConditional(element), SpanOf(element));
    }

    private Written? VersionOf(XElement item, string name) =>
        item.Attribute(name) is { } attribute ? ValueOf(attribute)
        : item.Elements().FirstOrDefault(child => child.Name.LocalName == name) is { } element ? ValueOf(element)
        : null;

    private MSBuildProperty? Property(XElement element) =>
        ValueOf(element) is { } value ? new MSBuildProperty(element.Name.LocalName, value, IsConditional(element)) : null;

    private Written? ValueOf(XAttribute attribute)
    {
        var text = Text.ToString();
        var quote = text.IndexOfAny(['"', '\''], PositionOf(attribute));
        return Written(attribute.Value, quote + 1);
    }

    private Written? ValueOf(XElement element)
    {
        if (element.Nodes().ToArray() is not [XText value])
            return null;

        var content = value.Value.Trim();
        return content.Length == 0 ? null : Written(content, PositionOf(value) + value.Value.IndexOf(content, StringComparison.Ordinal));
    }

    /// <summary>Null where the text is escaped, and its place in the file not that of its characters.</summary>
    private Written? Written(string value, int start)
    {
        var span = new TextSpan(start, value.Length);
        return span.End <= Text.Length && Text.ToString(span) == value ? new Written(value, span) : null;
    }

    /// <summary>From the opening bracket to the closing one.</summary>
    private TextSpan SpanOf(XElement element)
    {
        var text = Text.ToString();
        var start = PositionOf(element) - 1;
        var last = element.LastAttribute is { } attribute ? PositionOf(attribute) : start;
        if (element.LastAttribute is { } lastAttribute && text.IndexOfAny(['"', '\''], last) is var open)
            last = text.IndexOf(text[open], open + 1);

        var end = text.IndexOf('>', last);
        if (!element.IsEmpty)
            end = text.IndexOf('>', text.IndexOf($"</{element.Name.LocalName}", end, StringComparison.Ordinal));
        return TextSpan.FromBounds(start, end + 1);
    }

    private int PositionOf(IXmlLineInfo node) => Text.Lines[node.LineNumber - 1].Start + node.LinePosition - 1;

    private static bool IsConditional(XElement element) => element.AncestorsAndSelf().Any(ancestor =>
        ancestor.Attribute("Condition") is not null || ancestor.Name.LocalName is "When" or "Otherwise" or "Target");
}

/// <summary>A value as it is written in a file.</summary>
internal sealed record Written(string Text, TextSpan Span);

internal sealed record MSBuildProperty(string Name, Written Value, bool IsConditional);

/// <summary>A reference to a package, or its central version.</summary>
internal sealed record PackageItem(string Kind, bool IsUpdate, Written Id, Written? VersionOverride, Written? Version, bool IsConditional, TextSpan Span)
{
    public const string Reference = "PackageReference";
    public const string Central = "PackageVersion";

    /// <summary>Where it is reported.</summary>
    public TextSpan Place => (VersionOverride ?? Version ?? Id).Span;

    public bool Is(string package) => string.Equals(Id.Text.Trim(), package, StringComparison.OrdinalIgnoreCase);
}
