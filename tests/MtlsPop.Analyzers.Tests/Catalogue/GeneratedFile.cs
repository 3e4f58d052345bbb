namespace MtlsPop.Analyzers.Tests.Catalogue;

/// <summary>A file of the repository that follows from the table of rules.</summary>
internal static class GeneratedFile
{
    private const string Switch = "MTLSPOP_UPDATE";

    /// <summary>Fails where the file is another than it must be; with the switch, writes it.</summary>
    public static void AssertIs(string path, string expected)
    {
        if (File.Exists(path) && File.ReadAllText(path) == expected)
            return;

        Assert.True(
            Environment.GetEnvironmentVariable(Switch) == "1",
            $"{path} does not agree with the table of rules. Run this test with {Switch}=1 to write the file, and commit it.");
        File.WriteAllText(path, expected);
    }
}
