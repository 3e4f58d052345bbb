using MtlsPop.Gate.CommandLine;

return await Commands.RunAsync(args, Terminal.OfProcess(), CancellationToken.None);
