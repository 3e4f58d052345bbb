using MtlsPop.Analyzers.Packages;
using MtlsPop.CodeFixes.Packages;
using static MtlsPop.Analyzers.Tests.Packages.MsalTooOldTests;

namespace MtlsPop.Analyzers.Tests.Packages;

public sealed class AttestationPackageMismatchTests
{
    private const string Attested = "app.AcquireTokenForManagedIdentity(\"https://vault.azure.net\").WithMtlsProofOfPossession().WithAttestationSupport()";

    private static readonly Verify<PackagesAnalyzer> Rule = new("MPOP9004");
    private static readonly ProjectSample<AttestationPackageMismatchFix> Project = new("4.92.0") { KeyAttestation = "4.83.1", Request = Attested };

    [Theory]
    [InlineData("4.92.0", "4.83.1", "Warning")]
    [InlineData("4.83.1", "4.84.2", "Warning")]
    [InlineData("4.92.0", "4.86.1", "Info")]
    [InlineData("4.83.1", "4.82.0", "Info")]
    public Task Different_versions_are_reported_more_loudly_across_the_change(string msal, string attestation, string severity) =>
        (Project with { Msal = msal, KeyAttestation = attestation }).Reports($"MPOP9004 {severity} WithAttestationSupport");

    [Theory]
    [InlineData("app.AcquireTokenForManagedIdentity(\"a\").WithMtlsProofOfPossession()")]
    [InlineData("app.AcquireTokenForManagedIdentity(\"a\")")]
    public async Task Nothing_is_said_where_nothing_is_attested(string request) =>
        Assert.Empty(await (Project with { Request = request }).FindingsInCodeAsync());

    [Theory]
    [InlineData("4.83.1")]
    [InlineData("4.92.0")]
    public Task The_same_version_is_silent(string msal) => (Rule with { Sample = new() { Msal = msal } }).IsSilent(
        """
        class C
        {
            Task M(IManagedIdentityApplication app) =>
                app.AcquireTokenForManagedIdentity("a").WithMtlsProofOfPossession().WithAttestationSupport().ExecuteAsync();
        }
        """);

    [Fact]
    public async Task Broken_code_is_unknown_and_the_rest_is_judged() =>
        Assert.Contains(
            await (Project with { Request = "app.AcquireTokenForManagedIdentity(unknown).WithAttestationSupport()" }).FindingsInCodeAsync(),
            finding => finding.StartsWith("MPOP9004", StringComparison.Ordinal));

    [Fact]
    public Task The_fix_follows_MSAL() => Project.Fixes(
        InProject(
            """
            <PackageReference Include="Microsoft.Identity.Client" Version="4.92.0" />
                <PackageReference Version="4.83.1-preview" Include="Microsoft.Identity.Client.KeyAttestation" />
            """),
        InProject(
            """
            <PackageReference Include="Microsoft.Identity.Client" Version="4.92.0" />
                <PackageReference Version="4.92.0" Include="Microsoft.Identity.Client.KeyAttestation" />
            """));

    [Fact]
    public Task The_fix_raises_KeyAttestation_s_own_property() => Project.Fixes(
        InProject(
            """
            <PackageReference Include="Microsoft.Identity.Client.KeyAttestation" Version="$(Attestation)" />
            """,
            "<Attestation>4.83.1-preview</Attestation>"),
        InProject("<PackageReference Include=\"Microsoft.Identity.Client.KeyAttestation\" Version=\"$(Attestation)\" />", "<Attestation>4.92.0</Attestation>"));

    [Fact]
    public Task The_fix_takes_MSAL_s_property_where_there_is_one() => Project.Fixes(
        InProject("<PackageReference Include=\"Microsoft.Identity.Client\" />\n    <PackageReference Include=\"Microsoft.Identity.Client.KeyAttestation\" />"),
        InProject("<PackageReference Include=\"Microsoft.Identity.Client\" />\n    <PackageReference Include=\"Microsoft.Identity.Client.KeyAttestation\" />"),
        InProject(
            """
            <PackageVersion Include="Microsoft.Identity.Client" Version="$(Msal)" />
                <PackageVersion Include="Microsoft.Identity.Client.KeyAttestation" Version="4.83.1-preview" />
            """,
            "<Msal>4.92.0</Msal>"),
        InProject(
            """
            <PackageVersion Include="Microsoft.Identity.Client" Version="$(Msal)" />
                <PackageVersion Include="Microsoft.Identity.Client.KeyAttestation" Version="$(Msal)" />
            """,
            "<Msal>4.92.0</Msal>"));

    [Fact]
    public Task A_floating_version_is_left_alone() =>
        Project.LeavesAlone(InProject("<PackageReference Include=\"Microsoft.Identity.Client.KeyAttestation\" Version=\"4.83.*-*\" />"));
}
