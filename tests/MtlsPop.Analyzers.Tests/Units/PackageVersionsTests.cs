using MtlsPop.Analyzers.Packages;

namespace MtlsPop.Analyzers.Tests.Units;

public sealed class PackageVersionsTests
{
    [Theory]
    [InlineData("4.83.1", "4.83.1-preview")]
    [InlineData("4.84.2", "4.84.2")]
    public void KeyAttestation_has_MSAL_s_version_and_was_a_preview_at_first(string msal, string attestation) =>
        Assert.Equal(attestation, PackageVersions.AttestationFor(new Version(msal)));

    [Fact]
    public void The_fourth_number_of_an_assembly_does_not_count() =>
        Assert.True(PackageVersions.Same(new Version("4.86.1"), new Version("4.86.1.0")));

    [Theory]
    [InlineData("4.86.1", "4.86.1")]
    [InlineData(" 4.83.1-preview ", "4.83.1")]
    public void A_plain_version_is_read_without_its_label(string text, string version) =>
        Assert.Equal(new Version(version), PackageVersions.Plain(text));

    [Theory]
    [InlineData("[4.86.1]")]
    [InlineData("4.*")]
    [InlineData("4.86")]
    [InlineData("$(MsalVersion)")]
    public void A_range_a_floating_version_and_a_property_are_not_plain(string text) =>
        Assert.Null(PackageVersions.Plain(text));
}
