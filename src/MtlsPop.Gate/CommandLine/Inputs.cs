using MtlsPop.Gate.Documents;
using MtlsPop.Gate.Scanning;

namespace MtlsPop.Gate.CommandLine;

/// <summary>What the command line names: one project, solution or folder; or documents, which may come from the standard input.</summary>
internal sealed class Inputs : IDisposable
{
    private readonly TemporaryFolder? _folder;

    private Inputs(CheckOptions options, TemporaryFolder? folder = null)
    {
        Options = options;
        _folder = folder;
    }

    public CheckOptions Options { get; }

    public static async Task<Inputs> OpenAsync(CheckOptions options, IReadOnlyList<string> paths, string? text, Terminal terminal, CancellationToken cancellationToken)
    {
        if (text is not null)
        {
            if (text != "-" || paths.Count > 0)
                throw new GateException("'--text' judges the standard input alone: give it '-', and name no path.");

            var folder = new TemporaryFolder();
            var file = folder.Combine("standard-input.md");
            await File.WriteAllTextAsync(file, await terminal.Input.ReadToEndAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            return new Inputs(options with { Path = file, Documents = [file], Target = "standard input" }, folder);
        }

        if (!paths.Any(MarkdownDocument.IsOne))
        {
            if (paths.Count > 1)
                throw new GateException($"'{paths[1]}' is one too many: name one project, solution or folder, or documents.");
            if (options.Msal is not null)
                throw new GateException("'--msal' is for documents: a project is judged with the MSAL that it references.");
            var path = paths is [var only] ? only : ".";
            return new Inputs(options with { Path = path, Target = path });
        }

        if (paths.FirstOrDefault(path => !MarkdownDocument.IsOne(path)) is { } other)
            throw new GateException($"'{other}' is no document: check documents and projects in runs of their own.");
        if (paths.FirstOrDefault(path => !File.Exists(path)) is { } missing)
            throw new GateException($"'{missing}' does not exist: name a document.");
        if (options.Sarif.Count > 0)
            throw new GateException("'--sarif' judges what a build wrote: leave the documents out, or '--sarif'.");
        return new Inputs(options with { Path = paths is [var document] ? document : ".", Documents = paths, Target = string.Join(", ", paths) });
    }

    public void Dispose() => _folder?.Dispose();
}
