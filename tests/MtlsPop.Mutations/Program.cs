using System.Globalization;
using MtlsPop.Mutations;

// Seed, first number, step, end. Each mutant is announced before it is looked at, so that whoever listens knows of which one this process died.
if (args is not [var seedText, var firstText, var stepText, var endText])
{
    Console.Error.WriteLine("usage: MtlsPop.Mutations SEED FIRST STEP END");
    return 2;
}

var (seed, step, end) = (Number(seedText), Number(stepText), Number(endText));
var workbench = await Workbench.OpenAsync();
for (var number = Number(firstText); number < end; number += step)
{
    Console.WriteLine($"begin {number}");
    foreach (var fault in await workbench.FaultsOfAsync(Mutant.Of(seed, number)))
        Console.WriteLine($"fault {fault.ReplaceLineEndings(" ")}");
}

Console.WriteLine("end");
return 0;

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
