using System.Diagnostics;
using MtlsPop.ChildProcesses;

namespace MtlsPop.Packages.Tests.Compiler;

/// <summary>How a compiler came to its end: it has no exit code if it had to be stopped.</summary>
internal sealed record CompilerEnd(int? ExitCode, string Output);

/// <summary>
/// Compilers as processes of their own, with the analyzers out of the package and every rule on.
/// All programs are compiled, as many at once as there are processors.
/// </summary>
public sealed class Compilers(PackedPackages packages) : IAsyncLifetime
{
    public const string OfSdk = "Compiler of the SDK";
    public const string Oldest = "Compiler 4.14.0";

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("mtlspop-compilers-");
    private readonly SemaphoreSlim _slots = new(Environment.ProcessorCount);
    private readonly CancellationTokenSource _over = new();
    private readonly Dictionary<(string Compiler, string Program), Task<CompilerEnd>> _ends = [];

    public async ValueTask InitializeAsync()
    {
        var references = ReferenceAssemblies.Net.Net80.AddPackages([new PackageIdentity("Microsoft.Identity.Client", ThisBuild.MsalVersion)]);
        File.WriteAllLines(Folder("common.rsp"),
        [
            "-nologo", "-nostdlib", "-langversion:preview", "-nullable:annotations", "-unsafe", "-nowarn:CS1701,CS1702",
            .. packages.Unpack("MtlsPop.Analyzers", "analyzers/dotnet/cs/", _root).Select(file => $"-analyzer:\"{file}\""),
            .. (await references.ResolveAsync(LanguageNames.CSharp, TestContext.Current.CancellationToken))
                .Select(reference => $"-reference:\"{reference.Display}\""),
            $"-analyzerconfig:\"{Folder("every-rule.globalconfig")}\"",
            $"\"{Folder("Usings.cs")}\"",
        ]);
        File.WriteAllLines(
            Folder("every-rule.globalconfig"),
            ["is_global = true", .. RuleTable.All.Select(rule => $"dotnet_diagnostic.{rule.Id}.severity = warning")]);
        File.WriteAllLines(Folder("Usings.cs"),
            from name in (string[])
            [
                "System", "System.Collections.Generic", "System.Linq", "System.Net.Http", "System.Security.Cryptography.X509Certificates",
                "System.Threading", "System.Threading.Tasks",
                "Microsoft.Identity.Client", "Microsoft.Identity.Client.AppConfig",
            ]
            select $"global using {name};");

        foreach (var compiler in (string[])[OfSdk, Oldest])
        {
            foreach (var program in CompiledProgram.All)
                _ends.Add((compiler, program.Name), CompileAsync(compiler, program));
        }
    }

    internal Task<CompilerEnd> EndAsync(string compiler, string program) => _ends[(compiler, program)];

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await Task.WhenAll(_ends.Values.Cast<Task>()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _root.Delete(recursive: true);
        _slots.Dispose();
        _over.Dispose();
    }

    private async Task<CompilerEnd> CompileAsync(string compiler, CompiledProgram program)
    {
        await _slots.WaitAsync(_over.Token);
        try
        {
            var folder = _root.CreateSubdirectory(Path.GetRandomFileName());
            var source = Path.Combine(folder.FullName, "Program.cs");
            File.WriteAllText(source, program.Code);
            using var process = ChildProcess.Start(
                ThisBuild.Compiler(compiler),
                "-noconfig", $"@{Folder("common.rsp")}", $"-target:{program.Target}", $"-out:{Path.Combine(folder.FullName, "o.dll")}", source);
            return await EndAsync(process);
        }
        finally
        {
            _slots.Release();
        }
    }

    private async Task<CompilerEnd> EndAsync(Process process)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(_over.Token);
        patience.CancelAfter(_patience);
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.WaitForExitAsync(patience.Token);
            return new(process.ExitCode, await output + await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            return new(null, $"No end after {_patience.TotalSeconds} s.");
        }
    }

    private string Folder(string file) => Path.Combine(_root.FullName, file);
}
