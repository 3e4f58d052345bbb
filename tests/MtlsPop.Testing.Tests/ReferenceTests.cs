using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;

namespace MtlsPop.Testing.Tests;

public sealed class ReferenceTests
{
    private const string UsesMsalAndItsDependency =
        "class Person { object a = Microsoft.Identity.Client.Prompt.Consent; Microsoft.IdentityModel.Abstractions.IIdentityLogger b; }";

    [Theory]
    [InlineData("4.80.0")]
    [InlineData("4.83.1")]
    [InlineData("4.84.2")]
    [InlineData("4.86.1")]
    [InlineData("4.92.0")]
    public Task A_package_brings_its_dependencies(string msal) =>
        Expect.PassesAsync(Test(UsesMsalAndItsDependency, ReferenceAssemblies.Net.Net80.AddPackages([new PackageIdentity("Microsoft.Identity.Client", msal)])));

    [Fact]
    public Task A_package_brings_what_netstandard_lacks() => Expect.PassesAsync(Test(
        UsesMsalAndItsDependency + " class Json { System.Text.Json.JsonDocument a; System.Buffers.ArrayPool<int> b; }",
        ReferenceAssemblies.NetStandard.NetStandard20.AddPackages([new PackageIdentity("Microsoft.Identity.Client", "4.92.0")])));

    [Fact]
    public async Task The_framework_is_the_one_asked_for()
    {
        await Expect.PassesAsync(Test("class Person { System.DateOnly born; }", ReferenceAssemblies.Net.Net80));
        await Expect.FailsAsync(Test("class Person { System.DateOnly born; }", ReferenceAssemblies.NetStandard.NetStandard20), "CS0234");
    }

    [Fact]
    public async Task A_state_may_reference_more_assemblies()
    {
        var test = Test("class Person { Xunit.FactAttribute fact; }", ReferenceAssemblies.Net.Net80);
        await Expect.FailsAsync(test, "CS0246");
        test.TestState.AdditionalReferences.Add(typeof(FactAttribute).Assembly);
        await Expect.PassesAsync(test);
    }

    [Fact]
    public Task A_package_that_was_not_restored_is_named() => Expect.FailsAsync(
        Test("class Person { }", ReferenceAssemblies.Net.Net80.AddPackages([new PackageIdentity("Microsoft.Identity.Client", "4.0.0")])),
        "Microsoft.Identity.Client 4.0.0", "dotnet restore");

    private static CSharpAnalyzerTest<EmptyDiagnosticAnalyzer, DefaultVerifier> Test(string source, ReferenceAssemblies references) =>
        new() { TestCode = source, ReferenceAssemblies = references };
}
