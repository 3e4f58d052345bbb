using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace MtlsPop.Gate.Documents;

/// <summary>A program of a document's blocks, with all that it needs to be judged.</summary>
internal sealed class CompiledProgram(BlockProgram program, CSharpCompilation compilation)
{
    public BlockProgram Program => program;

    public CSharpCompilation Compilation => compilation;

    /// <summary>Of the program's own file.</summary>
    public SemanticModel Model => field ??= compilation.GetSemanticModel(program.Tree);
}
