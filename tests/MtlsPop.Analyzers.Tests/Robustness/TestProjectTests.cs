using MtlsPop.Analyzers.Requests;
using MtlsPop.CodeFixes.Requests;

namespace MtlsPop.Analyzers.Tests.Robustness;

/// <summary>A project that references a test framework is judged only where it asks for that.</summary>
public sealed class TestProjectTests
{
    private const string Request = "await app.AcquireTokenForManagedIdentity(\"r\").WithMtlsProofOfPossession().ExecuteAsync();";

    private static readonly Verify<RequestsAnalyzer, AttestationMissingFix> Rule = new("MPOP1001");

    [Theory]
    [InlineData("xunit.v3.core")]
    [InlineData("xunit.core")]
    [InlineData("nunit.framework")]
    [InlineData("Microsoft.VisualStudio.TestPlatform.TestFramework")]
    [InlineData("MSTest.TestFramework")]
    [InlineData("TUnit.Core")]
    public Task A_project_of_tests_is_silent(string framework) => (Rule with { Sample = new() { TestFramework = framework } }).IsSilent(InType(Request));

    [Fact]
    public Task A_project_of_tests_that_asks_for_it_is_judged() => (Rule with
    {
        Sample = new() { TestFramework = "xunit.v3.core", EditorConfig = "mtlspop.judge_tests = true" },
    }).Reports(InType(Marked));

    [Fact]
    public Task Another_answer_is_no() => (Rule with
    {
        Sample = new() { TestFramework = "xunit.v3.core", EditorConfig = "mtlspop.judge_tests = false" },
    }).IsSilent(InType(Request));

    [Fact]
    public Task An_attribute_of_a_test_framework_s_name_makes_no_project_of_tests() =>
        Rule.Reports("[TestClass] " + InType(Marked) + "class TestClassAttribute : Attribute;");

    private static string Marked => Request.Replace("WithMtlsProofOfPossession", "{|MPOP1001:WithMtlsProofOfPossession|}", StringComparison.Ordinal);

    private static string InType(string body) =>
        $$"""
        class Tests(IManagedIdentityApplication app)
        {
            async Task M() { {{body}} }
        }

        """;
}
