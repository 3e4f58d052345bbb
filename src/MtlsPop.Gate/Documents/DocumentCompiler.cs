using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using MtlsPop.Gate.Documents.Checks;

namespace MtlsPop.Gate.Documents;

/// <summary>
/// Makes programs of a document's blocks. A block goes on from the blocks before it that declare what it uses; types are known to all;
/// the usual namespaces are given; what nobody declares is unknown.
/// </summary>
internal sealed class DocumentCompiler
{
    private static readonly SyntaxTree _usings = CSharpSyntaxTree.ParseText(
        string.Concat(GivenNamespaces.All.Select(name => $"global using {name};\n")), ParsedBlock.Options);

    private readonly DocumentReferences _references;
    private readonly CSharpCompilation _library;
    private readonly CSharpCompilation _application;
    private (MarkdownDocument? Document, IReadOnlyList<CompiledProgram> Programs) _last;

    public DocumentCompiler(DocumentReferences references)
    {
        _references = references;

        // What is off by default, and yet asked of every project, is asked of documents, too.
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Annotations)
            .WithSpecificDiagnosticOptions(RuleTable.OnTheChecklist.Select(rule => KeyValuePair.Create(rule.Id, ReportDiagnostic.Info)));
        _library = CSharpCompilation.Create("Document", [_usings], references.All, options);
        _application = CSharpCompilation.Create("Document", [_usings], references.All, options.WithOutputKind(OutputKind.ConsoleApplication));
    }

    /// <summary>With what a check needs beside the programs.</summary>
    public CheckedDocument Check(MarkdownDocument document) => new(document, Compile(document), _references.MsalVersion);

    /// <summary>A document that is asked for again is not compiled again.</summary>
    public IReadOnlyList<CompiledProgram> Compile(MarkdownDocument document) =>
        (_last.Document?.Text == document.Text && _last.Document.Path == document.Path ? _last : _last = (document, CompileAnew(document))).Programs;

    private List<CompiledProgram> CompileAnew(MarkdownDocument document)
    {
        var blocks = document.Blocks.Where(block => !block.IsMarked).Select(ParsedBlock.Of).ToList();
        var alone = blocks.AsParallel().AsOrdered().Select(block => Compile(new BlockProgram(document.Path, [block]), blocks, GivenNames.None)).ToList();
        var undeclared = alone.AsParallel().AsOrdered().Select(UndeclaredName.In).ToList();

        var sets = new List<SortedSet<int>>();
        var given = new List<Dictionary<string, string>>();
        for (var index = 0; index < blocks.Count; index++)
        {
            var set = new SortedSet<int> { index };
            var names = new Dictionary<string, string>();
            foreach (var name in undeclared[index])
            {
                var provider = ProviderOf(name, index, blocks, alone);
                if (provider is { } found && CanJoin(set, sets[found], blocks))
                    set.UnionWith(sets[found]);
                else if (GivenNames.Declare(name, provider is { } typed ? Declaration.Find(name.Name, alone[typed]) : null, alone[index].Compilation) is { } declared)
                    names[name.Name] = declared;
            }

            foreach (var (name, declared) in set.Where(part => part != index).SelectMany(part => given[part]))
                names.TryAdd(name, declared);
            sets.Add(set);
            given.Add(names);
        }

        // What a longer program holds is judged in it.
        return
        [
            .. from index in Enumerable.Range(0, blocks.Count)
               where !sets.Exists(other => other.IsProperSupersetOf(sets[index]))
               select sets[index].Count == 1 && given[index].Count == 0
                   ? alone[index]
                   : Compile(new BlockProgram(document.Path, [.. sets[index].Select(part => blocks[part])]), blocks, given[index]),
        ];
    }

    private CompiledProgram Compile(BlockProgram program, IReadOnlyList<ParsedBlock> blocks, IReadOnlyDictionary<string, string> given)
    {
        var compilation = (program.IsProgram ? _application : _library)
            .AddSyntaxTrees(program.Tree)
            .AddSyntaxTrees(OtherTypes.For(program, blocks));
        return new CompiledProgram(program, given.Count == 0 ? compilation : GivenNames.AddTo(compilation, given, _references));
    }

    /// <summary>The nearest block before it, or among members the nearest at all, that declares the name as something that has what is asked of it.</summary>
    private static int? ProviderOf(UndeclaredName name, int index, List<ParsedBlock> blocks, List<CompiledProgram> compiled)
    {
        for (var before = index - 1; before >= 0; before--)
        {
            if (blocks[before].Shape == blocks[index].Shape || (blocks[before].IsProgram && blocks[index].IsProgram))
            {
                if (blocks[before].Declared.Contains(name.Name) && Declaration.Find(name.Name, compiled[before]).Has(name.Members))
                    return before;
            }
        }

        return null;
    }

    /// <summary>One program cannot declare a name twice.</summary>
    private static bool CanJoin(SortedSet<int> set, SortedSet<int> other, List<ParsedBlock> blocks)
    {
        var added = other.Except(set).ToList();
        return added.TrueForAll(part => blocks[part].Shape == blocks[set.Max].Shape)
            && added.SelectMany(part => blocks[part].Declared).Concat(added.SelectMany(part => blocks[part].Types).Select(type => type.Identifier.ValueText)) is var names
            && set.SelectMany(part => blocks[part].Declared.Concat(blocks[part].Types.Select(type => type.Identifier.ValueText))) is var own
            && !names.Intersect(own).Any();
    }
}
