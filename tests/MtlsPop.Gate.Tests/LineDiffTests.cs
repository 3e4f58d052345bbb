using MtlsPop.Gate.Fixing;

namespace MtlsPop.Gate.Tests;

public sealed class LineDiffTests
{
    private static readonly string[] _ten = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"];

    [Fact]
    public void Lines_that_are_the_same_are_no_change() => Assert.Equal("", Diff(_ten, _ten));

    [Fact]
    public void A_change_is_shown_with_two_lines_around_it() => Assert.Equal(" 3, 4,-5,+five, 6, 7", Diff(_ten, [.. _ten[..4], "five", .. _ten[5..]]));

    [Fact]
    public void A_line_that_is_added_at_the_beginning_or_the_end_is_shown() => Assert.Equal("+0, 1, 2,~, 9, 10,+11", Diff(_ten, ["0", .. _ten, "11"]));

    [Fact]
    public void Lines_between_two_changes_that_are_near_are_shown_once() =>
        Assert.Equal(" 1, 2,-3, 4, 5,-6, 7, 8", Diff(_ten, [.. _ten[..2], .. _ten[3..5], .. _ten[6..]]));

    [Fact]
    public void A_line_that_moved_is_removed_and_added() => Assert.Equal("-1, 2, 3,+1, 4, 5", Diff(_ten, ["2", "3", "1", .. _ten[3..]]));

    [Fact]
    public void Very_long_changes_are_shown_as_replaced()
    {
        string[] old = [.. Enumerable.Range(0, 2_500).Select(line => $"a{line}")];

        Assert.Equal(2 * old.Length, LineDiff.Of(string.Join('\n', old), string.Join('\n', old.Select(line => line.Replace('a', 'b')))).Count);
    }

    /// <summary>A sign and the text of each line.</summary>
    private static string Diff(string[] before, string[] after) => string.Join(',', LineDiff.Of(string.Join('\n', before), string.Join('\n', after)).Select(line => line.Kind switch
    {
        DiffKind.Added => "+" + line.Text,
        DiffKind.Removed => "-" + line.Text,
        DiffKind.Gap => "~",
        _ => " " + line.Text,
    }));
}
