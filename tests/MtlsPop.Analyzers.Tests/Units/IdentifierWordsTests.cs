using MtlsPop.Analyzers.Syntax;

namespace MtlsPop.Analyzers.Tests.Units;

public sealed class IdentifierWordsTests
{
    [Theory]
    [InlineData("firstLeg", "first leg")]
    [InlineData("Leg2Result", "leg 2 result")]
    [InlineData("leg_2", "leg 2")]
    [InlineData("_app", "app")]
    [InlineData("HTTPClient", "http client")]
    [InlineData("delegate", "delegate")]
    public void A_name_is_split_at_capitals_digits_and_underscores(string name, string words) =>
        Assert.Equal(words.Split(' '), IdentifierWords.Of(name));

    [Theory]
    [InlineData("firstLegToken", "token")]
    [InlineData("SecondLegApp", "App")]
    [InlineData("_leg2App", "_app")]
    [InlineData("leg_one_token", "token")]
    [InlineData("leg1", "")]
    public void A_name_without_its_leg_keeps_its_case_and_its_underscore(string name, string rest) =>
        Assert.Equal(rest, IdentifierWords.WithoutLeg(name));

    [Theory]
    [InlineData("leg2", true)]
    [InlineData("secondLeg", true)]
    [InlineData("LegTwo", true)]
    [InlineData("leg_2_app", true)]
    [InlineData("leg1", false)]
    [InlineData("secondDelegate", false)]
    public void The_second_leg_is_told_by_its_number(string name, bool isSecond) =>
        Assert.Equal(isSecond, IdentifierWords.NameSecondLeg(name));

    [Theory]
    [InlineData("the second leg failed", "second leg")]
    [InlineData("leg 2 failed", "leg 2")]
    [InlineData("could not use firstLegToken", "firstLegToken")]
    public void In_a_text_a_leg_is_found_with_its_number(string text, string found) =>
        Assert.Equal(found, SourceText.From(text).ToString(Assert.Single(IdentifierWords.Legs(text))));
}
