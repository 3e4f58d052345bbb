using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;

namespace MtlsPop.Testing.Tests;

public sealed class FixTests
{
    [Fact]
    public Task A_sound_fix_passes() => Expect.PassesAsync(Test<CapitalizeFix>("class [|person|] { } class [|place|] { }", "class Person { } class Place { }"));

    [Fact]
    public Task A_sound_fix_passes_over_several_files()
    {
        var test = Test<CapitalizeFix>("class [|person|] { }", "class Person { }");
        test.TestState.Sources.Add(("/0/Place.cs", "class [|place|] { }"));
        test.FixedState.Sources.Add(("/0/Place.cs", "class Place { }"));
        return Expect.PassesAsync(test);
    }

    [Fact]
    public Task Other_fixed_code_fails_and_shows_the_difference() => Expect.FailsAsync(
        Test<CapitalizeFix>("class [|person|] { }\nclass Place { }", "class Persona { }\nclass Place { }"), "-class Persona { }", "+class Person { }", " class Place { }");

    [Fact]
    public Task Another_file_left_as_it_was_fails()
    {
        var test = Test<CapitalizeFix>("class [|person|] { }", "class Person { }");
        test.FixedState.Sources.Add(("/0/Place.cs", "class Place { }"));
        return Expect.FailsAsync(test, "/0/Place.cs");
    }

    [Fact]
    public Task Another_additional_file_fails()
    {
        var test = Test<CapitalizeFix>("class [|person|] { }", "class Person { }");
        test.TestState.AdditionalFiles.Add(("/notes.txt", "person"));
        test.FixedState.AdditionalFiles.Add(("/notes.txt", "Person"));
        return Expect.FailsAsync(test, "/notes.txt", "-Person", "+person");
    }

    [Fact]
    public async Task A_fix_that_does_not_compile_fails_unless_its_error_is_marked()
    {
        await Expect.FailsAsync(
            Test<FixThatDoesNotCompile>("class [|person|] { }", "class Object : Missing { }", CodeActionValidationMode.None), "fixed state", "CS0246");
        await Expect.PassesAsync(
            Test<FixThatDoesNotCompile>("class [|person|] { }", "class Object : {|CS0246:Missing|} { }", CodeActionValidationMode.None));
    }

    [Fact]
    public Task A_fix_that_leaves_the_diagnostic_fails() =>
        Expect.FailsAsync(Test<FixThatLeavesTheDiagnostic>("class [|person|] { }", "class other { }"), "fixed state", "T0001");

    [Fact]
    public Task A_mark_in_fixed_code_does_not_excuse_a_diagnostic_that_has_a_fix() =>
        Expect.FailsAsync(Test<FixThatLeavesTheDiagnostic>("class [|person|] { }", "class [|other|] { }"), "fixed state", "unexpected", "T0001");

    [Fact]
    public Task A_diagnostic_that_is_expected_before_the_fix_is_not_expected_after_it()
    {
        var test = Test<CapitalizeFix>("class {|#0:person|} { }", "class Person { }");
        test.ExpectedDiagnostics.Add(new DiagnosticResult(ClassNames.Rule).WithLocation(0).WithArguments("person"));
        return Expect.PassesAsync(test);
    }

    [Fact]
    public Task A_fix_that_is_offered_for_ever_fails_even_where_the_test_expects_the_diagnostic_it_leaves()
    {
        var test = Test<FixThatLeavesTheDiagnostic>("class [|person|] { }", "class [|other|] { }");
        test.FixedState.MarkupHandling = MarkupMode.Allow;
        return Expect.FailsAsync(test, "at most 1");
    }

    [Fact]
    public Task A_fix_where_none_is_expected_fails() => Expect.FailsAsync(Test<CapitalizeFix>("class [|person|] { }", null), "one after the other", "+class Person { }");

    [Fact]
    public Task No_fix_where_none_is_expected_passes() => Expect.PassesAsync(Test<EmptyCodeFixProvider>("class [|person|] { }", null));

    [Fact]
    public Task No_fix_where_one_is_expected_fails() =>
        Expect.FailsAsync(Test<EmptyCodeFixProvider>("class [|person|] { }", "class Person { }"), "-class Person { }", "+class person { }");

    [Fact]
    public Task A_fix_is_not_asked_about_what_it_does_not_declare() =>
        Expect.FailsAsync(Test<FixOfAnotherDiagnostic>("class [|person|] { }", "class Person { }"), "-class Person { }", "+class person { }");

    [Fact]
    public Task Another_equivalence_key_fails()
    {
        var test = Test<CapitalizeFix>("class [|person|] { }", "class Person { }");
        test.CodeActionEquivalenceKey = "other";
        return Expect.FailsAsync(test, "-class Person { }", "+class person { }");
    }

    [Fact]
    public Task An_index_past_what_is_offered_fails()
    {
        var test = Test<CapitalizeFix>("class [|person|] { }", "class Person { }");
        test.CodeActionIndex = 1;
        return Expect.FailsAsync(test, "-class Person { }", "+class person { }");
    }

    [Theory]
    [InlineData(CodeActionValidationMode.SemanticStructure)]
    [InlineData(CodeActionValidationMode.Full)]
    public Task A_tree_that_its_text_does_not_parse_to_fails(CodeActionValidationMode validation) => Expect.FailsAsync(
        Test<FixOfUnparsableTree>("class [|person|] { }", "class Person { } class Other { }", validation), "parse", "-  OpenBraceToken {");

    [Fact]
    public Task A_tree_that_is_not_compared_passes() => Expect.PassesAsync(
        Test<FixOfUnparsableTree>("class [|person|] { }", "class Person { } class Other { }", CodeActionValidationMode.None));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(-1)]
    public Task A_wrong_number_of_iterations_fails(int iterations)
    {
        var test = Test<CapitalizeFix>("class [|person|] { } class [|place|] { }", "class Person { } class Place { }");
        test.NumberOfIncrementalIterations = iterations;
        return Expect.FailsAsync(test, "one after the other");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-3)]
    public Task The_right_number_of_iterations_passes(int iterations)
    {
        var test = Test<CapitalizeFix>("class [|person|] { } class [|place|] { }", "class Person { } class Place { }");
        test.NumberOfIncrementalIterations = iterations;
        return Expect.PassesAsync(test);
    }

    [Fact]
    public async Task A_Fix_All_that_loses_fixes_fails()
    {
        const string before = "class [|person|] { } class [|place|] { }", after = "class Person { } class Place { }";
        await Expect.FailsAsync(Test<FixAllThatLosesFixes>(before, after), "Fix All in document");
        var patient = Test<FixAllThatLosesFixes>(before, after);
        patient.NumberOfFixAllIterations = 2;
        await Expect.PassesAsync(patient);
    }

    [Fact]
    public Task A_Fix_All_that_does_nothing_in_one_scope_fails()
    {
        const string before = "class [|person|] { }", after = "class Person { }";
        return Task.WhenAll(
            Expect.FailsAsync(Test<FixAllButInProject>(before, after), "Fix All in project"),
            Expect.FailsAsync(Test<FixAllButInSolution>(before, after), "Fix All in solution"));
    }

    [Fact]
    public Task A_Fix_All_that_leaves_another_text_than_the_batch_state_fails()
    {
        var test = Test<CapitalizeFix>("class [|person|] { }", "class Person { }");
        test.BatchFixedCode = "class People { }";
        return Expect.FailsAsync(test, "Fix All in document", "-class People { }", "+class Person { }");
    }

    [Fact]
    public Task A_fix_without_Fix_All_is_tested_one_after_the_other() =>
        Expect.PassesAsync(Test<FixWithoutFixAll>("class [|person|] { } class [|place|] { }", "class Person { } class Place { }"));

    private static CSharpCodeFixTest<ClassNames, TFix, DefaultVerifier> Test<TFix>(
        string before, string? after, CodeActionValidationMode validation = CodeActionValidationMode.SemanticStructure)
        where TFix : CodeFixProvider, new()
    {
        var test = new CSharpCodeFixTest<ClassNames, TFix, DefaultVerifier>
        {
            TestCode = before,
            ReferenceAssemblies = ReferenceAssemblies.Net.Net80,
            CodeActionValidationMode = validation,
        };
        if (after is not null)
            test.FixedCode = after;
        return test;
    }
}
