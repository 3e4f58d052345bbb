namespace Microsoft.CodeAnalysis.Testing;

internal static class Diff
{
    /// <summary>The lines of both texts, those only expected after '-', those only found after '+'.</summary>
    public static string Of(string expected, string actual)
    {
        string[] left = Lines(expected), right = Lines(actual);
        var common = new int[left.Length + 1, right.Length + 1];
        for (var i = left.Length - 1; i >= 0; i--)
            for (var j = right.Length - 1; j >= 0; j--)
                common[i, j] = left[i] == right[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);

        var lines = new List<string>();
        for (int i = 0, j = 0; i < left.Length || j < right.Length;)
        {
            if (i < left.Length && j < right.Length && left[i] == right[j])
                (lines, i, j) = ([.. lines, $" {left[i]}"], i + 1, j + 1);
            else if (j == right.Length || (i < left.Length && common[i + 1, j] >= common[i, j + 1]))
                lines.Add($"-{left[i++]}");
            else
                lines.Add($"+{right[j++]}");
        }

        return string.Join('\n', lines);
    }

    private static string[] Lines(string text) => text.Replace("\r", "<CR>").Split('\n');
}
