using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MtlsPop.Gate.Judging;

namespace MtlsPop.Gate.History;

/// <summary>What a change takes out of the review without a setting of ours: code that it marks as generated, files and projects that are no longer built.</summary>
internal sealed partial class HiddenCode
{
    private const StringComparison Caseless = StringComparison.OrdinalIgnoreCase;

    private static readonly string[] _generatedNames = [".designer", ".generated", ".g", ".g.i"];
    private static readonly string[] _buildFiles = [".csproj", ".props", ".targets", ".sln", ".slnx", ".slnf"];

    private readonly List<string> _removedProjects = [];
    private bool _editsBuild;
    private bool _addsTests;

    private HiddenCode()
    {
    }

    /// <summary>Files that the base has not, or not as generated code. They are judged all the same.</summary>
    public List<string> MarkedFiles { get; } = [];

    /// <summary>Files in which the change says of a type or member that a tool wrote it. They are judged without these attributes.</summary>
    public List<string> MarkedMembers { get; } = [];

    public static async Task<HiddenCode> InAsync(GitRepository repository, string commit)
    {
        var hidden = new HiddenCode();
        foreach (var file in await repository.ChangedSinceAsync(commit).ConfigureAwait(false))
        {
            var isCode = Path.GetExtension(file).Equals(".cs", Caseless);
            if (!isCode && !_buildFiles.Contains(Path.GetExtension(file).ToLowerInvariant()))
                continue;

            var path = Path.Combine(repository.Root, file);
            var now = File.Exists(path) ? await File.ReadAllTextAsync(path).ConfigureAwait(false) : null;
            var before = await repository.ReadAsync(commit, file).ConfigureAwait(false);
            if (isCode)
                hidden.LookAtCode(file, now, before);
            else
                hidden.LookAtBuild(file, now, before);
        }

        return hidden;
    }

    public IEnumerable<string> Notes =>
    [
        .. MarkedFiles.Select(file => $"This change marks {file} as generated: it is judged all the same."),
        .. MarkedMembers.Select(file => $"This change marks code of {file} as generated: it is judged all the same."),
        .. _removedProjects.Select(file => $"This change removes the project {file}."),
    ];

    /// <summary>Whether only a build of the base can tell what is gone.</summary>
    /// <param name="files">The C# files of the repository.</param>
    public bool NeedsBase(IReadOnlyList<JudgedProject> projects, IEnumerable<string> files, string root)
    {
        if (!_editsBuild)
            return false;

        var compiled = CompiledBy(projects, root);
        return _addsTests || files.Any(file => !compiled.Contains(file));
    }

    /// <summary>What the base builds and judges, and the change does not though it is still there.</summary>
    public static IEnumerable<string> Gone(IReadOnlyList<JudgedProject> before, string baseRoot, IReadOnlyList<JudgedProject> now, string root)
    {
        var compiled = CompiledBy(now, root);
        foreach (var project in before.GroupBy(project => project.RelativePath))
        {
            var same = now.Where(other => other.RelativePath == project.Key).ToList();
            if (same.Count == 0 && File.Exists(Path.Combine(root, project.Key)))
                yield return $"This change takes the project {project.Key} out of the build: it is not judged.";
            else if (same.Exists(other => other.Scanned.TestFramework is not null) && project.All(old => old.NotApplicable is null))
                yield return $"This change makes {project.Key} a test project: it is not judged.";
            else if (same.TrueForAll(other => other.Scanned.Sources.Count > 0))
            {
                foreach (var file in CompiledBy([.. project], baseRoot).Where(file => !compiled.Contains(file) && File.Exists(Path.Combine(root, file))).Order(StringComparer.Ordinal))
                    yield return $"This change takes {file} out of the build: it is not judged.";
            }
        }
    }

    /// <summary>The code without the attributes that say a tool wrote it, and all else where it was.</summary>
    public static string WithoutMarks(string code)
    {
        var text = code.ToCharArray();
        foreach (var list in CSharpSyntaxTree.ParseText(code).GetRoot().DescendantNodes().OfType<AttributeListSyntax>().Where(list => list.Attributes.Any(IsMark)))
        {
            var (start, end) = list.Attributes is [_] ? (list.SpanStart, list.Span.End) : MarkIn(list);
            for (var at = start; at < end; at++)
                text[at] = text[at] is '\r' or '\n' ? text[at] : ' ';
        }

        return new string(text);
    }

    private static (int Start, int End) MarkIn(AttributeListSyntax list)
    {
        var index = list.Attributes.IndexOf(IsMark);
        return index > 0
            ? (list.Attributes.GetSeparator(index - 1).SpanStart, list.Attributes[index].Span.End)
            : (list.Attributes[0].SpanStart, list.Attributes.GetSeparator(0).Span.End);
    }

    private static bool IsMark(AttributeSyntax attribute) => attribute.Name.GetLastToken().ValueText is "GeneratedCode" or "GeneratedCodeAttribute";

    private static HashSet<string> CompiledBy(IEnumerable<JudgedProject> projects, string root) => projects
        .SelectMany(project => project.Scanned.Sources)
        .Select(file => Path.GetRelativePath(root, file).Replace('\\', '/'))
        .ToHashSet(StringComparer.Ordinal);

    private void LookAtCode(string file, string? now, string? before)
    {
        if (now is null)
            return;
        if (IsGenerated(file, now) && (before is null || !IsGenerated(file, before)))
            MarkedFiles.Add(file);
        if (Mark().Count(now) > (before is null ? 0 : Mark().Count(before)))
            MarkedMembers.Add(file);
    }

    private void LookAtBuild(string file, string? now, string? before)
    {
        _editsBuild = true;
        if (now is null && Path.GetExtension(file).Equals(".csproj", Caseless))
            _removedProjects.Add(file);
        var known = (before ?? "").Split('\n').ToHashSet();
        _addsTests |= (now ?? "").Split('\n').Any(line => !known.Contains(line) && TestFramework().IsMatch(line));
    }

    /// <summary>As the compiler tells it: by the name of the file, or by a comment at its beginning.</summary>
    private static bool IsGenerated(string file, string text)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        return name.StartsWith("TemporaryGeneratedFile_", Caseless)
            || _generatedNames.Any(ending => name.EndsWith(ending, Caseless))
            || CSharpSyntaxTree.ParseText(text).GetRoot().GetLeadingTrivia().Any(trivia =>
                trivia.ToString() is var comment && (comment.Contains("<auto-generated", Caseless) || comment.Contains("<autogenerated", Caseless)));
    }

    [GeneratedRegex(@"\[[^\]]*\bGeneratedCode(Attribute)?\s*\(")]
    private static partial Regex Mark();

    [GeneratedRegex("xunit|nunit|mstest|tunit", RegexOptions.IgnoreCase)]
    private static partial Regex TestFramework();
}
