using MtlsPop.Analyzers.Packages;

namespace MtlsPop.Analyzers.Tests.Units;

public sealed class ProjectFileTests
{
    [Theory]
    [InlineData("""<PackageReference Include="A" Version="1.2.3" />""")]
    [InlineData("""<PackageReference Include="A"><Version> 1.2.3 </Version></PackageReference>""")]
    public void A_version_is_an_attribute_or_an_element_and_has_its_place(string reference)
    {
        var project = Parse($"<Project>\n  <ItemGroup>\n    {reference}\n  </ItemGroup>\n</Project>");

        var item = Assert.Single(project.Items);
        Assert.Equal("1.2.3", item.Version!.Text);
        Assert.Equal("1.2.3", project.Text.ToString(item.Version.Span));
        Assert.Equal(reference, project.Text.ToString(item.Span));
    }

    [Theory]
    [InlineData("""<ItemGroup Condition="'$(A)' == ''"><PackageReference Include="A" /></ItemGroup>""", true)]
    [InlineData("""<Target Name="T"><ItemGroup><PackageReference Include="A" /></ItemGroup></Target>""", true)]
    [InlineData("""<ItemGroup><PackageReference Include="A" /></ItemGroup>""", false)]
    public void A_reference_is_conditional_where_anything_around_it_is(string group, bool isConditional) =>
        Assert.Equal(isConditional, Assert.Single(Parse($"<Project>{group}</Project>").Items).IsConditional);

    [Fact]
    public void Properties_and_central_versions_are_read()
    {
        var project = Parse("""
            <Project>
              <PropertyGroup><MsalVersion>4.86.1</MsalVersion></PropertyGroup>
              <ItemGroup><PackageVersion Update="A" Version="$(MsalVersion)" /></ItemGroup>
            </Project>
            """);

        Assert.Equal(("MsalVersion", "4.86.1"), Assert.Single(project.Properties.Select(property => (property.Name, property.Value.Text))));
        Assert.Equal((PackageItem.Central, true), Assert.Single(project.Items.Select(item => (item.Kind, item.IsUpdate))));
    }

    [Fact]
    public void A_value_that_is_escaped_has_no_place_and_is_left_out() =>
        Assert.Empty(Parse("""<Project><ItemGroup><PackageReference Include="A&amp;B" Version="1.2.3" /></ItemGroup></Project>""").Items);

    [Fact]
    public void A_text_that_is_no_XML_is_no_project_file() =>
        Assert.Null(ProjectFile.Parse("App.csproj", SourceText.From("<Project>")));

    private static ProjectFile Parse(string text) => ProjectFile.Parse("App.csproj", SourceText.From(text))!;
}
