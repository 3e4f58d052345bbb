using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace MtlsPop.Testing.Tests;

public sealed class DiagnosticTests
{
    [Theory]
    [InlineData("class Person { }")]
    [InlineData("class [|person|] { }")]
    [InlineData("class {|T0001:person|} { }")]
    [InlineData("class {|T0001:person|} : {|CS0246:Missing|} { }")]
    public Task A_source_that_is_marked_right_passes(string source) => Expect.PassesAsync(Test(source));

    [Fact]
    public Task A_missing_diagnostic_fails() => Expect.FailsAsync(Test("class [|Person|] { }"), "missing", "T0001", "Test0.cs", "(0,6)-(0,12)");

    [Fact]
    public Task An_unexpected_diagnostic_fails() => Expect.FailsAsync(Test("class person { }"), "unexpected", "T0001", "'person' starts in lower case");

    [Fact]
    public Task Two_diagnostics_of_which_one_is_marked_fail() => Expect.FailsAsync(Test("class [|person|] { } class place { }"), "'place'");

    [Theory]
    [InlineData("[|class person|] { }")]
    [InlineData("class [|person |]{ }")]
    public Task A_wrong_span_fails(string source) => Expect.FailsAsync(Test(source), "missing", "unexpected");

    [Fact]
    public Task Another_ID_at_the_right_span_fails() => Expect.FailsAsync(Test("class {|T0009:person|} { }"), "T0009", "T0001");

    [Fact]
    public Task An_expected_diagnostic_with_the_right_arguments_passes() =>
        Expect.PassesAsync(Test("class {|#0:person|} { }", new DiagnosticResult(ClassNames.Rule).WithLocation(0).WithArguments("person")));

    [Fact]
    public Task Wrong_arguments_fail() => Expect.FailsAsync(
        Test("class {|#0:person|} { }", new DiagnosticResult(ClassNames.Rule).WithLocation(0).WithArguments("place")),
        "'place' starts in lower case", "'person' starts in lower case");

    [Fact]
    public Task Wrong_arguments_of_an_ID_without_descriptor_fail() => Expect.FailsAsync(
        Test("class {|#0:person|} { }", DiagnosticResult.CompilerWarning("T0001").WithLocation(0).WithArguments("place")), "place");

    [Fact]
    public Task A_wrong_severity_fails() => Expect.FailsAsync(
        Test("class {|#0:person|} { }", DiagnosticResult.CompilerWarning("T0001").WithLocation(0).WithSeverity(DiagnosticSeverity.Error)), "Error", "Warning");

    [Fact]
    public Task A_line_and_column_are_those_of_the_start() =>
        Expect.PassesAsync(Test("\nclass person { }", DiagnosticResult.CompilerWarning("T0001").WithLocation(2, 7).WithArguments("person")));

    [Fact]
    public Task A_key_that_nothing_is_marked_with_fails() =>
        Expect.FailsAsync(Test("class {|#0:person|} { }", new DiagnosticResult(ClassNames.Rule).WithLocation(1)), "#1");

    [Theory]
    [InlineData("class [|person { }")]
    [InlineData("class person|] { }")]
    [InlineData("class [|person|} { }")]
    [InlineData("class $$Person { }")]
    public Task Markup_that_is_not_well_formed_fails(string source) => Expect.FailsAsync(Test(source), "Test0.cs");

    [Fact]
    public Task A_state_without_markup_is_taken_as_it_stands()
    {
        var test = Test("class Person { string name = \"[|\"; }");
        test.TestState.MarkupHandling = MarkupMode.None;
        return Expect.PassesAsync(test);
    }

    [Fact]
    public Task Additional_locations_are_those_of_an_expected_diagnostic()
    {
        var expected = new DiagnosticResult(ClassNames.Rule).WithLocation(0).WithArguments("person");
        const string source = "{|#1:class|} {|#0:person|} { }";
        return Task.WhenAll(
            Expect.PassesAsync(Test<AnalyzerWithAdditionalLocation>(source, expected.WithLocation(1))),
            Expect.PassesAsync(Test<AnalyzerWithAdditionalLocation>(source, expected.WithOptions(DiagnosticOptions.IgnoreAdditionalLocations))),
            Expect.FailsAsync(Test<AnalyzerWithAdditionalLocation>(source, expected)),
            Expect.FailsAsync(Test<AnalyzerWithAdditionalLocation>(source, expected.WithLocation(0))));
    }

    [Fact]
    public Task A_compiler_error_that_is_not_marked_fails() => Expect.FailsAsync(Test("class Person : Missing { }"), "CS0246");

    [Fact]
    public Task A_compiler_warning_fails_only_where_warnings_are_asked_for()
    {
        const string source = "class Person { void Greet() { int {|#0:unused|}; } }";
        var strict = Test(source);
        strict.CompilerDiagnostics = CompilerDiagnostics.Warnings;
        var expecting = Test(source, DiagnosticResult.CompilerWarning("CS0168").WithLocation(0).WithArguments("unused"));
        expecting.CompilerDiagnostics = CompilerDiagnostics.Warnings;
        return Task.WhenAll(Expect.PassesAsync(Test(source)), Expect.FailsAsync(strict, "CS0168"), Expect.PassesAsync(expecting));
    }

    [Fact]
    public Task An_analyzer_that_throws_fails() => Expect.FailsAsync(Test<ThrowingAnalyzer>("class person { }"), "AD0001", "thrown by the analyzer");

    [Fact]
    public Task An_analyzer_that_throws_fails_where_its_diagnostic_is_expected() => Expect.FailsAsync(Test<ThrowingAnalyzer>("class [|person|] { }"), "AD0001");

    [Fact]
    public async Task A_pragma_that_does_not_suppress_fails()
    {
        await Expect.FailsAsync(Test<AnalyzerOutOfReachOfPragmas>("class [|person|] { }"), "pragma", "T0001");
        var tolerant = Test<AnalyzerOutOfReachOfPragmas>("class [|person|] { }");
        tolerant.TestBehaviors = TestBehaviors.SkipSuppressionCheck;
        await Expect.PassesAsync(tolerant);
    }

    [Fact]
    public async Task An_analyzer_that_reports_in_generated_code_fails()
    {
        await Expect.FailsAsync(Test<AnalyzerOfGeneratedCode>("class [|person|] { }"), "generated code", "T0001");
        var tolerant = Test<AnalyzerOfGeneratedCode>("class [|person|] { }");
        tolerant.TestBehaviors = TestBehaviors.SkipGeneratedCodeCheck;
        await Expect.PassesAsync(tolerant);
    }

    [Fact]
    public Task A_disabled_diagnostic_is_not_reported()
    {
        var test = Test("class person { }");
        test.DisabledDiagnostics.Add("T0001");
        return Expect.PassesAsync(test);
    }

    [Fact]
    public Task A_rule_that_is_off_by_default_reports_in_additional_files()
    {
        var test = Test<AnalyzerOfAdditionalFiles>("class Person { }", new DiagnosticResult(AnalyzerOfAdditionalFiles.Rule).WithLocation("/notes.txt", 1, 1));
        test.TestState.AdditionalFiles.Add(("/notes.txt", ""));
        return Expect.PassesAsync(test);
    }

    [Theory]
    [InlineData("/.editorconfig", "[*.cs]\nlower_case_allowed = person")]
    [InlineData("/.globalconfig", "is_global = true\nlower_case_allowed = person")]
    public Task Analyzers_read_the_options_of_the_state(string path, string content)
    {
        var test = Test<AnalyzerWithOption>("class person { } class [|place|] { }");
        test.TestState.AnalyzerConfigFiles.Add((path, content));
        return Expect.PassesAsync(test);
    }

    [Fact]
    public Task The_state_sets_the_severity_of_a_diagnostic()
    {
        var test = Test("class {|#0:person|} { }", DiagnosticResult.CompilerError("T0001").WithLocation(0).WithArguments("person"));
        test.TestState.AnalyzerConfigFiles.Add(("/.editorconfig", "[*.cs]\ndotnet_diagnostic.T0001.severity = error"));
        return Expect.PassesAsync(test);
    }

    [Fact]
    public Task Several_files_are_one_program()
    {
        var test = Test("class [|person|] : Base { }");
        test.TestState.Sources.Add(("/0/Base.cs", "class Base { } class [|place|] { }"));
        return Expect.PassesAsync(test);
    }

    [Fact]
    public Task A_program_has_statements_of_its_own()
    {
        var test = Test("return;");
        test.TestState.OutputKind = OutputKind.ConsoleApplication;
        return Expect.PassesAsync(test);
    }

    [Fact]
    public Task Several_analyzers_run_together() => Expect.PassesAsync(new TestOfTwo
    {
        TestCode = "class {|T0001:person|} { }",
        TestState = { AdditionalFiles = { ("/notes.txt", "") }, ExpectedDiagnostics = { new DiagnosticResult(AnalyzerOfAdditionalFiles.Rule).WithLocation("/notes.txt", 1, 1) } },
    });

    [Fact]
    public Task A_mark_without_ID_needs_analyzers_with_one_descriptor() =>
        Expect.FailsAsync(new TestOfTwo { TestCode = "class [|person|] { }" }, "descriptor");

    [Fact]
    public Task A_transform_changes_the_solution()
    {
        var test = Test("class person { }");
        test.SolutionTransforms.Add((solution, project) => solution.WithProjectCompilationOptions(
            project, solution.GetProject(project)!.CompilationOptions!.WithSpecificDiagnosticOptions([new("T0001", ReportDiagnostic.Suppress)])));
        return Expect.PassesAsync(test);
    }

    private static CSharpAnalyzerTest<ClassNames, DefaultVerifier> Test(string source, params DiagnosticResult[] expected) => Test<ClassNames>(source, expected);

    private static CSharpAnalyzerTest<TAnalyzer, DefaultVerifier> Test<TAnalyzer>(string source, params DiagnosticResult[] expected)
        where TAnalyzer : DiagnosticAnalyzer, new()
    {
        var test = new CSharpAnalyzerTest<TAnalyzer, DefaultVerifier> { TestCode = source, ReferenceAssemblies = ReferenceAssemblies.Net.Net80 };
        test.ExpectedDiagnostics.AddRange(expected);
        return test;
    }

    private sealed class TestOfTwo : CSharpAnalyzerTest<ClassNames, DefaultVerifier>
    {
        public TestOfTwo() => ReferenceAssemblies = ReferenceAssemblies.Net.Net80;

        protected override IEnumerable<DiagnosticAnalyzer> GetDiagnosticAnalyzers() => [new ClassNames(), new AnalyzerOfAdditionalFiles()];
    }
}
