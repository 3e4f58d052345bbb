using MtlsPop.Gate.History;

namespace MtlsPop.Gate.Tests;

public sealed class HiddenCodeTests
{
    [Theory]
    [InlineData("[GeneratedCode(\"t\", \"1\")] class A;", "class A;")]
    [InlineData("[Obsolete, GeneratedCode(\"t\", \"1\")] class A;", "[Obsolete] class A;")]
    [InlineData("[GeneratedCode(\"t\", \"1\"), Obsolete] class A;", "[Obsolete] class A;")]
    [InlineData("[Obsolete] class GeneratedCode;", "[Obsolete] class GeneratedCode;")]
    public void Marks_are_taken_out_and_all_else_keeps_its_place(string code, string without)
    {
        var judged = HiddenCode.WithoutMarks(code);

        Assert.Equal(without.Replace(" ", ""), judged.Replace(" ", ""));
        Assert.Equal(code.IndexOf("class", StringComparison.Ordinal), judged.IndexOf("class", StringComparison.Ordinal));
    }
}
