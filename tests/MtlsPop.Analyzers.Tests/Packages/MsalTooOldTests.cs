using MtlsPop.Analyzers.Packages;
using MtlsPop.CodeFixes.Packages;

namespace MtlsPop.Analyzers.Tests.Packages;

public sealed class MsalTooOldTests
{
    private static readonly Verify<PackagesAnalyzer> Rule = new("MPOP9001") { Sample = new() { Msal = "4.80.0" } };
    private static readonly ProjectSample<MsalTooOldFix> Project = new("4.80.0");

    [Fact]
    public Task A_bound_request_on_an_old_MSAL_is_reported() => Rule.Reports(Cases.Of(
        Method,
        "await client.AcquireTokenForClient(scopes).{|MPOP9001:WithMtlsProofOfPossession|}().ExecuteAsync();",
        """
        var request = client.AcquireTokenForClient(scopes);
        request.{|MPOP9001:WithMtlsProofOfPossession|}();
        await request.ExecuteAsync();
        """,
        """
        Task<AuthenticationResult>? Maybe(AcquireTokenForClientParameterBuilder? request) =>
            request?.{|MPOP9001:WithMtlsProofOfPossession|}().ExecuteAsync();
        await Maybe(client.AcquireTokenForClient(scopes: scopes))!;
        """));

    [Fact]
    public Task So_is_a_step_that_the_old_MSAL_does_not_have() => Rule.Reports(Cases.Of(
        Method,
        """
        await identity.AcquireTokenForManagedIdentity("a").{|MPOP9001:{|CS1061:WithMtlsProofOfPossession|}|}().ExecuteAsync();
        """,
        """
        await identity
            .AcquireTokenForManagedIdentity("a")
            .{|MPOP9001:{|CS1061:WithMtlsProofOfPossession|}|}()
            .{|MPOP9001:WithAttestationSupport|}()
            .ExecuteAsync();
        """));

    [Theory]
    [InlineData("await client.AcquireTokenForClient(scopes).ExecuteAsync();")]
    [InlineData("await identity.AcquireTokenForManagedIdentity(\"a\").ExecuteAsync();")]
    [InlineData("// client.AcquireTokenForClient(scopes).WithMtlsProofOfPossession()")]
    [InlineData("var name = nameof(AcquireTokenForClientParameterBuilder.WithMtlsProofOfPossession);")]
    [InlineData("new Other().WithMtlsProofOfPossession();")]
    public Task Code_that_asks_for_no_bound_token_is_silent(string body) => Rule.IsSilent(Method(body));

    [Theory]
    [InlineData("4.83.1")]
    [InlineData("4.92.0")]
    public Task From_the_floor_on_it_is_silent(string msal) =>
        (Rule with { Sample = new() { Msal = msal } }).IsSilent(
            Method("await client.AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync();"));

    [Fact]
    public Task A_project_may_raise_the_floor() =>
        (Rule with { Sample = new() { Msal = "4.84.2", EditorConfig = "mtlspop.minimum_msal_version = 4.86.1" } })
            .Reports(Method("await client.AcquireTokenForClient(scopes).{|MPOP9001:WithMtlsProofOfPossession|}().ExecuteAsync();"));

    [Theory]
    [InlineData("4.70.0")]
    [InlineData("latest")]
    public Task A_project_may_not_lower_it(string minimum) =>
        (Rule with { Sample = new() { Msal = "4.80.0", EditorConfig = $"mtlspop.minimum_msal_version = {minimum}" } })
            .Reports(Method("await client.AcquireTokenForClient(scopes).{|MPOP9001:WithMtlsProofOfPossession|}().ExecuteAsync();"));

    [Theory]
    [InlineData("await client.AcquireTokenForClient({|CS0103:unknown|}).{|MPOP9001:WithMtlsProofOfPossession|}().ExecuteAsync();")]
    [InlineData("await client.AcquireTokenForClient(scopes).{|MPOP9001:WithMtlsProofOfPossession|}().{|CS1061:Else|}();")]
    public Task Broken_code_is_unknown_and_the_rest_is_judged(string body) => Rule.Reports(Method(body));

    [Theory]
    [InlineData("await client.AcquireTokenOnBehalfOf(scopes, null).{|CS1061:WithMtlsProofOfPossession|}().ExecuteAsync();")]
    public Task Broken_code_is_silent(string body) => Rule.IsSilent(Method(body));

    [Fact]
    public Task The_fix_raises_the_version_and_leaves_the_rest_as_it_was_typed() => Project.Fixes(
        """
        <Project Sdk='Microsoft.NET.Sdk'>
          <!-- Tokens. -->
          <ItemGroup>
        	<PackageReference  Include='Microsoft.Identity.Client'   Version = '4.80.0'/> <!-- why -->
          </ItemGroup>
        </Project>

        """.ReplaceLineEndings("\r\n"),
        """
        <Project Sdk='Microsoft.NET.Sdk'>
          <!-- Tokens. -->
          <ItemGroup>
        	<PackageReference  Include='Microsoft.Identity.Client'   Version = '4.89.0'/> <!-- why -->
          </ItemGroup>
        </Project>

        """.ReplaceLineEndings("\r\n"));

    [Theory]
    [InlineData("<PackageReference Include=\"microsoft.identity.client\"><Version>\n  4.80.0\n</Version></PackageReference>")]
    [InlineData(
        """
        <PackageReference Include="Microsoft.Identity.Client" Version="1.0.0" Condition="'$(TargetFramework)' == 'net462'" />
        <PackageReference Include="Microsoft.Identity.Client" Version="4.80.0" Condition="'$(TargetFramework)' != 'net462'" />
        """)]
    [InlineData(
        """
        <PackageReference Include="Microsoft.Identity.Client" Version="4.79.2" /><PackageReference Update="Microsoft.Identity.Client" Version="4.80.0" />
        """)]
    [InlineData(
        """
        <PackageReference Include="Microsoft.Identity.Client" Version="4.80.0" /><PackageReference Include="Other" Version="2.0.0" />
        """)]
    public Task It_understands_how_a_version_is_written(string items) =>
        Project.Fixes(InProject(items), InProject(items.Replace("4.80.0", "4.89.0", StringComparison.Ordinal)));

    [Fact]
    public Task A_property_is_raised_where_it_is_defined() => Project.Fixes(
        InProject("<PackageReference Include=\"Microsoft.Identity.Client\" Version=\"$(MsalVersion)\" />", "<MsalVersion>4.80.0</MsalVersion>"),
        InProject("<PackageReference Include=\"Microsoft.Identity.Client\" Version=\"$(MsalVersion)\" />", "<MsalVersion>4.89.0</MsalVersion>"));

    [Fact]
    public Task A_central_version_is_raised_in_its_file() => Project.Fixes(
        InProject("<PackageReference Include=\"Microsoft.Identity.Client\" />"),
        InProject("<PackageReference Include=\"Microsoft.Identity.Client\" />"),
        InProject("<PackageVersion Include=\"Microsoft.Identity.Client\" Version=\"4.80.0\" />"),
        InProject("<PackageVersion Include=\"Microsoft.Identity.Client\" Version=\"4.89.0\" />"));

    [Fact]
    public Task An_override_is_raised_instead_of_the_central_version() => Project.Fixes(
        InProject("<PackageReference Include=\"Microsoft.Identity.Client\" VersionOverride=\"4.80.0\" />"),
        InProject("<PackageReference Include=\"Microsoft.Identity.Client\" VersionOverride=\"4.89.0\" />"),
        InProject("<PackageVersion Include=\"Microsoft.Identity.Client\" Version=\"4.86.1\" />"),
        InProject("<PackageVersion Include=\"Microsoft.Identity.Client\" Version=\"4.86.1\" />"));

    [Fact]
    public Task A_raised_floor_beyond_the_known_defects_is_what_it_is_raised_to() =>
        (Project with { EditorConfig = "mtlspop.minimum_msal_version = 4.91.1" }).Fixes(
        InProject("<PackageReference Include=\"Microsoft.Identity.Client\" Version=\"4.80.0\" />"),
        InProject("<PackageReference Include=\"Microsoft.Identity.Client\" Version=\"4.91.1\" />"));

    [Theory]
    [InlineData("<PackageReference Include=\"Microsoft.Identity.Client\" Version=\"[4.80.0]\" />", "")]
    [InlineData("<PackageReference Include=\"Microsoft.Identity.Client\" Version=\"4.*\" />", "")]
    [InlineData("<PackageReference Include=\"Microsoft.Identity.Client\" Version=\"4.79.2\" />", "")]
    [InlineData("<PackageReference Include=\"Microsoft.Identity.Client\" Version=\"$(Imported)\" />", "")]
    [InlineData(
        """
        <PackageReference Include="Microsoft.Identity.Client" Version="$(Twice)" />
        """,
        """
        <Twice>4.80.0</Twice><Twice Condition="'$(A)' == 'b'">4.81.0</Twice>
        """)]
    [InlineData("<PackageReference Include=\"Microsoft.Identity.Client\" VersionOverride=\"[4.80.0,5)\" Version=\"4.80.0\" />", "")]
    [InlineData("<PackageReference Include=\"Microsoft.Identity.Client;Other\" Version=\"4.80.0\" />", "")]
    [InlineData("<!-- <PackageReference Include=\"Microsoft.Identity.Client\" Version=\"4.80.0\" /> -->", "")]
    public Task What_it_does_not_understand_it_leaves_alone(string items, string properties) => Project.LeavesAlone(InProject(items, properties));

    [Fact]
    public async Task A_property_that_other_packages_share_is_reported_and_left_alone()
    {
        var project = InProject(
            """
            <PackageReference Include="Microsoft.Identity.Client" Version="$(All)" /><PackageReference Include="Other" Version="$(All)" />
            """,
            "<All>4.80.0</All>");

        Assert.Equal(["MPOP9001 App.csproj $(All)"], await Project.FindingsInFilesAsync(project));
    }

    [Fact]
    public async Task A_project_that_asks_for_plain_tokens_hears_nothing_in_its_files() =>
        Assert.Empty(await (Project with { Request = "app.AcquireTokenForManagedIdentity(\"a\")" }).FindingsInFilesAsync(
            InProject("<PackageReference Include=\"Microsoft.Identity.Client\" Version=\"4.80.0\" />")));

    [Fact]
    public Task A_file_that_is_no_XML_is_left_alone() => Project.LeavesAlone("<Project><ItemGroup><PackageReference Include=");

    internal static string InProject(string items, string properties = "") => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            {properties}
          </PropertyGroup>
          <ItemGroup>
            {items}
          </ItemGroup>
        </Project>
        """;

    private static string Method(string body) =>
        $$"""
        class C
        {
            async Task M(IConfidentialClientApplication client, IManagedIdentityApplication identity, string[] scopes)
            {
                {{body}}
                await Task.CompletedTask;
            }
        }

        class Other
        {
            public void WithMtlsProofOfPossession() { }
        }
        """;
}
