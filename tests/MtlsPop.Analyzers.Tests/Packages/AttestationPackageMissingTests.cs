using MtlsPop.Analyzers.Packages;
using MtlsPop.CodeFixes.Packages;
using static MtlsPop.Analyzers.Tests.Packages.MsalTooOldTests;

namespace MtlsPop.Analyzers.Tests.Packages;

public sealed class AttestationPackageMissingTests
{
    private static readonly Verify<PackagesAnalyzer> Rule = new("MPOP9003") { Sample = new() { ReferencesKeyAttestation = false } };
    private static readonly ProjectSample<AttestationPackageMissingFix> Project = new("4.92.0");

    [Fact]
    public Task A_bound_managed_identity_without_the_package_is_reported() => Rule.Reports(Method(
        """
        await app.AcquireTokenForManagedIdentity(resource: "a").{|MPOP9003:WithMtlsProofOfPossession|}().ExecuteAsync();
        """));

    [Fact]
    public Task A_call_of_the_missing_package_is_reported() => Rule.Reports(Cases.Of(
        Method,
        """
        await app
            .AcquireTokenForManagedIdentity("a")
            .WithMtlsProofOfPossession()
            .{|CS1061:{|MPOP9003:WithAttestationSupport|}|}()
            .ExecuteAsync();
        """,
        """
        await app
            .AcquireTokenForManagedIdentity("a")
            .{|CS1061:{|MPOP9003:WithAttestationSupport|}|}()
            .WithMtlsProofOfPossession()
            .ExecuteAsync();
        """,
        """
        var request = app.AcquireTokenForManagedIdentity("a");
        request.{|CS1061:{|MPOP9003:WithAttestationSupport|}|}();
        await request.ExecuteAsync();
        """));

    [Theory]
    [InlineData("await app.AcquireTokenForManagedIdentity(\"a\").ExecuteAsync();")]
    [InlineData("await client.AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync();")]
    [InlineData("await app.AcquireTokenForManagedIdentity(\"a\").WithRequestOverMtls().ExecuteAsync();")]
    public Task A_request_that_needs_no_attestation_is_silent(string body) => Rule.IsSilent(Method(body));

    [Fact]
    public Task With_the_package_it_is_silent() =>
        (Rule with { Sample = new() }).IsSilent(Method("await app.AcquireTokenForManagedIdentity(\"a\").WithMtlsProofOfPossession().ExecuteAsync();"));

    [Fact]
    public Task Below_the_floor_the_floor_speaks() => (Rule with { Sample = new() { Msal = "4.80.0", ReferencesKeyAttestation = false } }).IsSilent(
        Method("await app.AcquireTokenForManagedIdentity(\"a\").{|CS1061:WithMtlsProofOfPossession|}().ExecuteAsync();"));

    [Fact]
    public Task Broken_code_is_unknown_and_the_rest_is_judged() => Rule.Reports(
        Method("await app.AcquireTokenForManagedIdentity({|CS0103:unknown|}).{|MPOP9003:WithMtlsProofOfPossession|}().ExecuteAsync();"));

    [Fact]
    public Task The_fix_references_the_package_below_MSAL_in_its_version() => Project.Fixes(
        """
        <Project>
        	<ItemGroup>
        		<PackageReference Include="Microsoft.Identity.Client" Version="4.92.0" /> <!-- tokens -->
        	</ItemGroup>
        </Project>
        """.ReplaceLineEndings("\r\n"),
        """
        <Project>
        	<ItemGroup>
        		<PackageReference Include="Microsoft.Identity.Client" Version="4.92.0" /> <!-- tokens -->
        		<PackageReference Include="Microsoft.Identity.Client.KeyAttestation" Version="4.92.0" />
        	</ItemGroup>
        </Project>
        """.ReplaceLineEndings("\r\n"));

    [Fact]
    public Task The_fix_takes_the_preview_where_no_other_was_released() => new ProjectSample<AttestationPackageMissingFix>("4.83.1").Fixes(
        InProject("<PackageReference Include=\"Microsoft.Identity.Client\">\n      <Version>4.83.1</Version>\n    </PackageReference>"),
        InProject(
            """
            <PackageReference Include="Microsoft.Identity.Client">
                  <Version>4.83.1</Version>
                </PackageReference>
                <PackageReference Include="Microsoft.Identity.Client.KeyAttestation" Version="4.83.1-preview" />
            """));

    [Fact]
    public Task The_fix_uses_MSAL_s_property() => Project.Fixes(
        InProject("<PackageReference Include=\"Microsoft.Identity.Client\" Version=\"$(Msal)\" />", "<Msal>4.92.0</Msal>"),
        InProject(
            """
            <PackageReference Include="Microsoft.Identity.Client" Version="$(Msal)" />
                <PackageReference Include="Microsoft.Identity.Client.KeyAttestation" Version="$(Msal)" />
            """,
            "<Msal>4.92.0</Msal>"));

    [Fact]
    public Task The_fix_adds_a_central_version_too() => Project.Fixes(
        InProject("<PackageReference Include=\"Microsoft.Identity.Client\" />"),
        InProject("<PackageReference Include=\"Microsoft.Identity.Client\" />\n    <PackageReference Include=\"Microsoft.Identity.Client.KeyAttestation\" />"),
        InProject("<PackageVersion Include=\"Microsoft.Identity.Client\" Version=\"4.92.0\" />"),
        InProject(
            """
            <PackageVersion Include="Microsoft.Identity.Client" Version="4.92.0" />
                <PackageVersion Include="Microsoft.Identity.Client.KeyAttestation" Version="4.92.0" />
            """));

    [Theory]
    [InlineData("<PackageReference Include=\"Microsoft.Identity.Client\" Version=\"4.*\" />")]
    [InlineData("<PackageReference Include=\"Microsoft.Identity.Client\" />")]
    [InlineData("<PackageReference Include=\"Other\" Version=\"4.92.0\" />")]
    [InlineData(
        """
        <PackageReference Include="Microsoft.Identity.Client" Version="4.92.0" />
        <PackageReference Include="Microsoft.Identity.Client.KeyAttestation" Version="4.92.0" Condition="'$(Windows)' == 'true'" />
        """)]
    public async Task Where_it_cannot_tell_how_MSAL_is_referenced_it_changes_nothing(string items) => Assert.Equal(
        InProject(items),
        await Project.FixedAsync(InProject(items)));

    private static string Method(string body) =>
        $$"""
        class C
        {
            async Task M(IConfidentialClientApplication client, IManagedIdentityApplication app, string[] scopes)
            {
                {{body}}
            }
        }
        """;
}
