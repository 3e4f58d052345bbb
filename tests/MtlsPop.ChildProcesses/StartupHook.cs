using System.Diagnostics;

#pragma warning disable CA1050 // the runtime looks for this name, in no namespace
/// <summary>Ends the process when its standard input does, which is when the process that started it is gone.</summary>
internal static class StartupHook
#pragma warning restore CA1050
{
    public static void Initialize() => new Thread(EndWithInput) { IsBackground = true }.Start();

    private static void EndWithInput()
    {
        using var input = Console.OpenStandardInput();
        while (input.ReadByte() >= 0)
        {
        }

        using var self = Process.GetCurrentProcess();
        self.Kill();
    }
}
