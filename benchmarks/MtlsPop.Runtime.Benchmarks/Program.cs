using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using MtlsPop.Benchmarks;

Budget[] budgets =
[
    new(typeof(CachedAcquisition), nameof(CachedAcquisition.RawMsal)) { MostExtraNanoseconds = 1000, MostExtraBytes = 256 },
    new(typeof(CachedFederation), nameof(CachedFederation.RawMsal)) { MostRatio = 0.6 },
    new(typeof(HandlerTime), nameof(HandlerOverhead.PlainClient)) { MostExtraNanoseconds = 1000 },
    new(typeof(HandlerMemory), nameof(HandlerOverhead.PlainClient)) { MostExtraBytes = 384 },
    new(typeof(Sending), nameof(Sending.NewHandlerForEachCall)) { MostRatio = 0.1 },
    new(typeof(Sending), nameof(Sending.HandWritten)) { MostRatio = 1 },
];
budgets = [.. budgets.Where(budget => args.Length == 0 || args.Contains(budget.Benchmark.Name))]; // 'dotnet run -c Release -- Sending' for one of them

var config = DefaultConfig.Instance
    .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(5).WithIterationCount(15))
    .AddDiagnoser(MemoryDiagnoser.Default);
var summaries = budgets.Select(budget => budget.Benchmark).Distinct().ToDictionary(type => type, type => BenchmarkRunner.Run(type, config));
var (rawMsal, ours) = await Stampede.CountAsync();

Console.WriteLine();
var exceeded = budgets.Count(budget => !budget.Judge(summaries[budget.Benchmark]));
Console.WriteLine($"{(ours == 1 ? "kept    " : "EXCEEDED")} Stampede: {ours} token request for 1,000 cold callers beside {rawMsal} of RawMsal");
return exceeded + (ours == 1 ? 0 : 1);
