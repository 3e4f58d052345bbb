namespace MtlsPop.Gate.Tests;

public sealed class SarifTests
{
    private const string Evidence = """
        {"ruleId":"MPOP0001","level":"note","message":{"text":"understood"},
         "locations":[{"physicalLocation":{"artifactLocation":{"uri":"file:///src/A.cs"},"region":{"startLine":3}}}],
         "properties":{"customProperties":{"call":"request","identity":"client","bound":"yes"}}}
        """;

    private const string Fault = """
        {"ruleId":"MPOP3001","level":"warning","message":{"text":"unchecked"},
         "locations":[{"physicalLocation":{"artifactLocation":{"uri":"file:///src/A.cs"},"region":{"startLine":5}}}]}
        """;

    [Fact]
    public async Task A_log_of_another_build_is_judged_with_its_evidence()
    {
        var run = await CheckAsync(Log(Evidence));

        Assert.Equal(0, run.ExitCode);
        Assert.Matches("✔ pass +Token requests ask for bound tokens +1 of 1 request bound", run.Output);
    }

    [Fact]
    public async Task A_call_that_sends_a_token_answers_how_it_is_sent()
    {
        var sent = """{"call":"resource","bound":"yes","boundScheme":"yes","certificate":"unknown","tls":"yes"}""";

        var run = await CheckAsync(Log($"{Evidence},{Evidence.Replace("""{"call":"request","identity":"client","bound":"yes"}""", sent)}"));

        Assert.Matches("✔ pass +Send a bound token under its own scheme +1 of 1 resource call under the scheme of bound tokens", run.Output);
        Assert.Matches("✔ pass +Send a bound token over TLS +1 of 1 resource call over TLS", run.Output);
        Assert.Matches(@"\? unknown +Send a bound token with its certificate +1 resource call, and none could be followed", run.Output);
    }

    [Fact]
    public async Task A_request_that_was_not_understood_tells_why()
    {
        var run = await CheckAsync(Log(Evidence.Replace("\"yes\"", "\"unknown\",\"reason\":\"code that is not seen may add to the request\"")));

        Assert.Matches(
            @"\? unknown +Token requests ask for bound tokens +1 request, and none could be followed \(code that is not seen may add to the request\)",
            run.Output);
    }

    [Fact]
    public async Task Its_findings_fail() => Assert.Equal(1, (await CheckAsync(Log($"{Evidence},{Fault}"))).ExitCode);

    [Fact]
    public async Task A_build_that_tells_no_evidence_is_not_evaluated_and_passes_nothing()
    {
        var run = await CheckAsync(Log("", configuration: ""));

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("its build did not switch MPOP0001 on, which says what was judged", run.Output);
        Assert.DoesNotContain("✔", run.Output);
    }

    [Fact]
    public async Task A_build_whose_analyzers_did_not_run_is_not_evaluated()
    {
        var run = await CheckAsync("""{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"compiler"}},"results":[]}]}""");

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("the analyzers did not run", run.Output);
    }

    [Fact]
    public async Task A_build_with_rules_that_are_not_known_is_not_evaluated()
    {
        var run = await CheckAsync(Log(Evidence).Replace("""{ "id": "MPOP3001" }""", """{ "id": "MPOP9999" }"""));

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("its build ran MPOP9999, which this version of mtlspop does not know: update the tool", run.Output);
    }

    [Theory]
    [InlineData("""{"version":"1.0.0","runs":[]}""", "is not SARIF 2.1")]
    [InlineData("no json", "cannot be read as SARIF")]
    public async Task What_is_no_log_is_a_fault_of_usage(string text, string sentence)
    {
        var run = await CheckAsync(text);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(sentence, run.Error);
    }

    private static string Log(string results, string configuration = """{"descriptor":{"id":"MPOP0001"},"configuration":{"level":"note"}}""") => $$"""
        {
          "version": "2.1.0",
          "runs": [
            {
              "tool": { "driver": { "name": "compiler", "rules": [{ "id": "MPOP0001" }, { "id": "MPOP3001" }] } },
              "invocations": [{ "executionSuccessful": true, "ruleConfigurationOverrides": [{{configuration}}] }],
              "results": [{{results}}]
            }
          ]
        }
        """;

    private static async Task<Gate> CheckAsync(string log)
    {
        using var workspace = new Workspace().Write("build.sarif", log);
        return await Gate.RunAsync("check", workspace.Root, "--sarif", workspace.PathOf("build.sarif"));
    }
}
