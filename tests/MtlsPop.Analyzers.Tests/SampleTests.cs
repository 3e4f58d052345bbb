using MtlsPop.Analyzers.Requests;

namespace MtlsPop.Analyzers.Tests;

public sealed class SampleTests
{
    private static readonly Verify<RequestsAnalyzer> Rule = new("MPOP1001");

    public static TheoryData<string> MsalVersions => [.. Sample.MsalVersions];

    [Fact]
    public Task An_empty_program_is_silent() =>
        (new EveryRule { Sample = new() { OutputKind = OutputKind.ConsoleApplication } }).IsSilent("return;");

    [Theory]
    [MemberData(nameof(MsalVersions))]
    public Task An_attested_request_compiles_against_every_MSAL(string msal) =>
        (Rule with { Sample = new() { Msal = msal } }).IsSilent(
            """
            class Identity
            {
                public Task<AuthenticationResult> Acquire(IManagedIdentityApplication app) => app
                    .AcquireTokenForManagedIdentity("https://vault.azure.net")
                    .WithAttestationSupport()
                    .ExecuteAsync();
            }
            """);

    [Fact]
    public Task Attestation_is_a_compiler_error_where_its_package_is_not_referenced() =>
        (Rule with { Sample = new() { ReferencesKeyAttestation = false } }).IsSilent(
            """
            class Identity
            {
                public object Acquire(IManagedIdentityApplication app) => app
                    .AcquireTokenForManagedIdentity("https://vault.azure.net")
                    .{|CS1061:WithAttestationSupport|}();
            }
            """);
}
