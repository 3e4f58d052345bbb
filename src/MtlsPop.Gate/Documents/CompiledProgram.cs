using Microsoft.CodeAnalysis.CSharp;

namespace MtlsPop.Gate.Documents;

/// <summary>A program of a document's blocks, with all that it needs to be judged.</summary>
internal sealed record CompiledProgram(BlockProgram Program, CSharpCompilation Compilation);
