using MtlsPop.Analyzers.Packages;
using MtlsPop.CodeFixes.Packages;
using static MtlsPop.Analyzers.Tests.Packages.MsalTooOldTests;

namespace MtlsPop.Analyzers.Tests.Packages;

public sealed class MsalKnownDefectTests
{
    private const string Attested = "app.AcquireTokenForManagedIdentity(\"https://vault.azure.net\").WithMtlsProofOfPossession().WithAttestationSupport()";

    private static readonly Verify<PackagesAnalyzer> Rule = new("MPOP9002");
    private static readonly ProjectSample<MsalKnownDefectFix> Project = new("4.84.2") { KeyAttestation = "4.84.2" };

    [Theory]
    [InlineData("4.83.1")]
    [InlineData("4.84.2")]
    public Task Binding_and_attesting_a_managed_identity_are_reported_each_at_its_step(string msal) => (Rule with { Sample = new() { Msal = msal } }).Reports(
        Method(
            """
            await app
                .AcquireTokenForManagedIdentity(resource: "a")
                .{|MPOP9002:WithMtlsProofOfPossession|}()
                .{|MPOP9002:WithAttestationSupport|}()
                .ExecuteAsync();
            """));

    [Fact]
    public Task Attestation_is_good_from_its_first_good_version_on() => (Rule with { Sample = new() { Msal = "4.86.1" } }).Reports(
        Method("await app.AcquireTokenForManagedIdentity(\"a\").{|MPOP9002:WithMtlsProofOfPossession|}().WithAttestationSupport().ExecuteAsync();"));

    [Theory]
    [InlineData(
        "4.83.1",
        "In MSAL 4.83.1 a managed identity silently gets a plain token on App Service and the like, " +
        "and the old token comes back with the new certificate after a renewal: raise Microsoft.Identity.Client to 4.89.0")]
    [InlineData(
        "4.86.1",
        """
        In MSAL 4.86.1 a TLS failure of the token request is neither retried nor wrapped: raise Microsoft.Identity.Client to 4.89.0
        """)]
    public async Task The_message_names_the_symptoms_and_the_first_version_without_any(string msal, string message) =>
        Assert.Equal(message, Assert.Single(await new ProjectSample<MsalKnownDefectFix>(msal).MessagesAsync("MPOP9002")));

    [Theory]
    [InlineData("await app.AcquireTokenForManagedIdentity(\"a\").WithMtlsProofOfPossession().WithAttestationSupport().ExecuteAsync();")]
    [InlineData("await client.AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync();")]
    public Task The_latest_MSAL_is_silent(string body) => Rule.IsSilent(Method(body));

    [Theory]
    [InlineData("await app.AcquireTokenForManagedIdentity(\"a\").ExecuteAsync();")]
    [InlineData("await client.AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync();")]
    [InlineData("await client.AcquireTokenForClient(scopes).ExecuteAsync();")]
    public Task A_feature_that_is_not_used_is_silent(string body) => (Rule with { Sample = new() { Msal = "4.84.2" } }).IsSilent(Method(body));

    [Theory]
    [InlineData("4.84.2", "{|MPOP9002:WithMtlsProofOfPossession|}")]
    [InlineData("4.86.1", "WithMtlsProofOfPossession")]
    public Task A_confidential_client_is_reported_where_a_callback_may_renew_its_certificate(string msal, string step)
    {
        var usings = new Sample().GlobalUsings + "\nglobal using Microsoft.Identity.Client.Extensibility;";
        var rule = Rule with { Sample = new() { Msal = msal, GlobalUsings = usings } };
        var method = Method(
            $$"""
            var own = ConfidentialClientApplicationBuilder.Create("id")
                .WithTenantId("t")
                .WithCertificate(_ => Task.FromResult(certificate), new CertificateOptions { SendX5C = true })
                .Build();
            await own.AcquireTokenForClient(scopes).{{step}}().ExecuteAsync();
            """);
        return step.StartsWith('{') ? rule.Reports(method) : rule.IsSilent(method);
    }

    [Fact]
    public Task The_fix_passes_over_what_the_rule_about_the_floor_reports() => new ProjectSample<MsalKnownDefectFix>("4.80.0").PassesOver(
        "MPOP9001",
        InProject("<PackageReference Include=\"Microsoft.Identity.Client\" Version=\"4.80.0\" />"));

    [Fact]
    public Task Below_the_floor_the_floor_speaks() => (Rule with { Sample = new() { Msal = "4.80.0" } }).IsSilent(
        Method("await client.AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync();"));

    [Theory]
    [InlineData("await app.AcquireTokenForManagedIdentity({|CS0103:unknown|}).{|MPOP9002:WithMtlsProofOfPossession|}().ExecuteAsync();")]
    [InlineData("await app.AcquireTokenForManagedIdentity(\"a\").{|MPOP9002:WithMtlsProofOfPossession|}().{|CS1061:Else|}().ExecuteAsync();")]
    public Task Broken_code_is_unknown_and_the_rest_is_judged(string body) => (Rule with { Sample = new() { Msal = "4.84.2" } }).Reports(Method(body));

    [Fact]
    public Task A_step_that_MSAL_took_away_is_reported_with_its_successor() => Rule.Reports(
        Method(
            """
            await app
                .AcquireTokenForManagedIdentity("a")
                .WithMtlsProofOfPossession()
                .{|CS1061:{|MPOP9002:WithClaimsFromClient|}|}("{}")
                .ExecuteAsync();
            """));

    [Fact]
    public Task On_a_plain_request_the_compiler_alone_speaks() => Rule.IsSilent(
        Method("await app.AcquireTokenForManagedIdentity(\"a\").{|CS1061:WithClaimsFromClient|}(\"{}\").ExecuteAsync();"));

    [Fact]
    public Task The_fix_raises_MSAL_and_takes_KeyAttestation_along() => Project.Fixes(
        InProject(
            """
            <PackageReference Include="Microsoft.Identity.Client" Version="4.84.2" />
                <PackageReference Include="Microsoft.Identity.Client.KeyAttestation" Version="4.84.2" />
            """),
        InProject(
            """
            <PackageReference Include="Microsoft.Identity.Client" Version="4.89.0" />
                <PackageReference Include="Microsoft.Identity.Client.KeyAttestation" Version="4.89.0" />
            """));

    [Fact]
    public Task The_fix_leaves_the_preview_behind_where_both_share_a_property() =>
        new ProjectSample<MsalKnownDefectFix>("4.83.1") { KeyAttestation = "4.83.1" }.Fixes(
        InProject("<PackageReference Include=\"Microsoft.Identity.Client\" />\n    <PackageReference Include=\"Microsoft.Identity.Client.KeyAttestation\" />"),
        InProject("<PackageReference Include=\"Microsoft.Identity.Client\" />\n    <PackageReference Include=\"Microsoft.Identity.Client.KeyAttestation\" />"),
        InProject(
            """
            <PackageVersion Include="Microsoft.Identity.Client" Version="$(Msal)" />
                <PackageVersion Include="Microsoft.Identity.Client.KeyAttestation" Version="$(Msal)-preview" />
            """,
            "<Msal>4.83.1</Msal>"),
        InProject(
            """
            <PackageVersion Include="Microsoft.Identity.Client" Version="$(Msal)" />
                <PackageVersion Include="Microsoft.Identity.Client.KeyAttestation" Version="$(Msal)" />
            """,
            "<Msal>4.89.0</Msal>"));

    [Fact]
    public async Task In_the_project_s_files_it_is_reported_once_at_the_version() => Assert.Equal(
        ["MPOP9002 App.csproj 4.84.2"],
        await (Project with { Request = Attested })
            .FindingsInFilesAsync(InProject("<PackageReference Include=\"Microsoft.Identity.Client\" Version=\"4.84.2\" />")));

    private static string Method(string body) =>
        $$"""
        class C
        {
            async Task M(IConfidentialClientApplication client, IManagedIdentityApplication app, string[] scopes, X509Certificate2 certificate)
            {
                {{body}}
            }
        }
        """;
}
