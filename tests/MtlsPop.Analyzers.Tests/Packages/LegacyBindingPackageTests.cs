using MtlsPop.Analyzers.Packages;
using MtlsPop.CodeFixes.Packages;
using static MtlsPop.Analyzers.Tests.Packages.MsalTooOldTests;

namespace MtlsPop.Analyzers.Tests.Packages;

public sealed class LegacyBindingPackageTests
{
    private static readonly Verify<PackagesAnalyzer> Rule = new("MPOP9005");
    private static readonly ProjectSample<LegacyBindingPackageFix> Project = new("4.92.0") { ReferencesPreview = true };

    [Theory]
    [InlineData("4.80.0")]
    [InlineData("4.92.0")]
    public Task Binding_where_the_preview_is_referenced_is_reported_ambiguous_or_not(string msal) =>
        (Project with { Msal = msal }).Reports("MPOP9005 Warning WithMtlsProofOfPossession");

    [Theory]
    [InlineData("app.AcquireTokenForManagedIdentity(\"a\")")]
    [InlineData("app.AcquireTokenForManagedIdentity(\"a\").WithRequestOverMtls()")]
    public async Task A_project_that_does_not_bind_is_silent(string request) => Assert.Empty(await (Project with { Request = request }).FindingsInCodeAsync());

    [Fact]
    public Task Without_the_preview_it_is_silent() => Rule.IsSilent(
        """
        class C
        {
            Task M(IManagedIdentityApplication app) =>
                app.AcquireTokenForManagedIdentity("a").WithMtlsProofOfPossession().WithAttestationSupport().ExecuteAsync();
        }
        """);

    [Fact]
    public Task Broken_code_without_it_is_silent() => Rule.IsSilent(
        """
        class C
        {
            Task M(IManagedIdentityApplication app) => app.AcquireTokenForManagedIdentity({|CS0103:unknown|}).WithMtlsProofOfPossession().ExecuteAsync();
        }
        """);

    [Fact]
    public Task The_fix_puts_KeyAttestation_in_its_place() => Project.Fixes(
        InProject("<PackageReference Include=\"Microsoft.Identity.Client.MtlsPop\" Version=\"4.81.0-preview\" PrivateAssets=\"all\" />"),
        InProject("<PackageReference Include=\"Microsoft.Identity.Client.KeyAttestation\" Version=\"4.92.0\" PrivateAssets=\"all\" />"));

    [Fact]
    public Task The_fix_replaces_a_central_version_too() => Project.Fixes(
        InProject("<PackageReference Include=\"Microsoft.Identity.Client.MtlsPop\" />"),
        InProject("<PackageReference Include=\"Microsoft.Identity.Client.KeyAttestation\" />"),
        InProject("<PackageVersion Include=\"Microsoft.Identity.Client.MtlsPop\" Version=\"4.81.0-preview\" />"),
        InProject("<PackageVersion Include=\"Microsoft.Identity.Client.KeyAttestation\" Version=\"4.92.0\" />"));

    [Fact]
    public async Task It_waits_until_MSAL_is_one_that_attests()
    {
        var project = InProject("<PackageReference Include=\"Microsoft.Identity.Client.MtlsPop\" Version=\"4.80.0-preview\" />");

        Assert.Equal(project, await (Project with { Msal = "4.80.0" }).FixedAsync(project));
    }
}
