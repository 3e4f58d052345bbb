using MtlsPop.Analyzers.Requests;
using MtlsPop.CodeFixes.Requests;

namespace MtlsPop.Analyzers.Tests.Requests;

public sealed class PlatformCannotBindTests
{
    private const string Plain = "return app.AcquireTokenForManagedIdentity(resource: \"r\").WithMtlsProofOfPossession().ExecuteAsync();";
    private const string Marked = "return app.AcquireTokenForManagedIdentity(resource: \"r\").{|MPOP1005:WithMtlsProofOfPossession|}().ExecuteAsync();";

    private static readonly Verify<RequestsAnalyzer, PlatformCannotBindFix> Rule = new("MPOP1005");

    [Theory]
    [InlineData("")]
    [InlineData("if (flag) ")]
    [InlineData("if (!flag) throw new NotSupportedException(); ")]
    public Task A_binding_that_no_guard_stands_before_is_reported(string before) => Rule.Reports(InMethod(before + Marked + " return null!;"));

    [Theory]
    [InlineData("if (OperatingSystem.IsWindows()) ")]
    [InlineData("if (flag && OperatingSystem.IsWindowsVersionAtLeast(10)) ")]
    [InlineData("if (System.Runtime.InteropServices.RuntimeInformation.IsOSPlatform(System.Runtime.InteropServices.OSPlatform.Windows)) ")]
    [InlineData("if (!OperatingSystem.IsWindows()) throw new PlatformNotSupportedException(); ")]
    [InlineData("if (Environment.OSVersion.Platform != PlatformID.Win32NT && !IsWindows) return null!; ")]
    public Task A_guarded_binding_is_silent(string guard) => Rule.IsSilent(InMethod(guard + Plain + " return null!;"));

    [Theory]
    [InlineData("return OperatingSystem.IsWindows() ? app.AcquireTokenForManagedIdentity(\"r\").WithMtlsProofOfPossession().ExecuteAsync() : null!;")]
    [InlineData("return app.AcquireTokenForManagedIdentity(\"r\").ExecuteAsync();")]
    [InlineData("return client.AcquireTokenForClient(new[] { \"r/.default\" }).WithMtlsProofOfPossession().ExecuteAsync();")]
    [InlineData("return null!; // app.AcquireTokenForManagedIdentity(\"r\").WithMtlsProofOfPossession().ExecuteAsync()")]
    public Task What_runs_anywhere_or_asks_first_is_silent(string body) => Rule.IsSilent(InMethod(body));

    [Theory]
    [InlineData("[assembly: System.Runtime.Versioning.SupportedOSPlatform(\"windows10.0.17763.0\")]")]
    [InlineData("[assembly: System.Runtime.Versioning.TargetPlatform(\"Windows7.0\")]")]
    [InlineData("[assembly: System.Runtime.Versioning.TargetFramework(\".NETFramework,Version=v4.7.2\")]")]
    public Task A_project_for_Windows_only_is_silent(string attribute) => Rule.IsSilent(attribute + InMethod(Plain));

    [Theory]
    [InlineData("4.6.2")]
    [InlineData("4.7.1")]
    public Task A_framework_whose_MSAL_cannot_bind_is_reported_even_behind_a_guard(string version) => Rule.Reports(
        $"[assembly: System.Runtime.Versioning.TargetFramework(\".NETFramework,Version=v{version}\")]"
            + InMethod("if (!OperatingSystem.IsWindows()) return null!; " + Marked));

    [Fact]
    public Task A_member_for_Windows_only_is_silent() => Rule.IsSilent(
        InMethod(Plain).Replace("Task<", "[System.Runtime.Versioning.SupportedOSPlatform(\"windows\")] Task<", StringComparison.Ordinal));

    [Fact]
    public Task Broken_code_is_unknown_and_the_rest_is_judged() => Rule.Reports(
        InMethod("return app.AcquireTokenForManagedIdentity({|CS0103:unknown|}).{|MPOP1005:WithMtlsProofOfPossession|}().ExecuteAsync();"));

    [Fact]
    public Task The_fix_guards_the_method_once_and_keeps_comments() => Rule.Fixes(
        [InType("C", "", "{|MPOP1005:", "|}"), InType("D", "", "{|MPOP1005:", "|}")],
        [InType("C", Guard, "", ""), InType("D", Guard, "", "")]);

    [Fact]
    public Task A_method_that_is_one_expression_gets_a_body() => Rule.Fixes(
        """
        class C
        {
            Task M(IManagedIdentityApplication app) => // both
                Task.WhenAll(
                    app.AcquireTokenForManagedIdentity("a").{|MPOP1005:WithMtlsProofOfPossession|}().ExecuteAsync(),
                    app.AcquireTokenForManagedIdentity("b").{|MPOP1005:WithMtlsProofOfPossession|}().ExecuteAsync()); // end
        }
        """,
        """
        class C
        {
            Task M(IManagedIdentityApplication app)
            {
                if (!OperatingSystem.IsWindows())
                    throw new PlatformNotSupportedException("A managed identity's token can be bound on Windows only.");

                // both
                return Task.WhenAll(
                    app.AcquireTokenForManagedIdentity("a").WithMtlsProofOfPossession().ExecuteAsync(),
                    app.AcquireTokenForManagedIdentity("b").WithMtlsProofOfPossession().ExecuteAsync());
            } // end
        }
        """);

    [Theory]
    [InlineData("Task Token => app.AcquireTokenForManagedIdentity(\"r\").{|MPOP1005:WithMtlsProofOfPossession|}().ExecuteAsync();")]
    [InlineData("Func<Task> Token() { return () => app.AcquireTokenForManagedIdentity(\"r\").{|MPOP1005:WithMtlsProofOfPossession|}().ExecuteAsync(); }")]
    public Task No_fix_is_offered_for_another_expression(string member) => Rule.ReportsWithoutFix($"class C(IManagedIdentityApplication app) {{ {member} }}");

    private const string Guard =
        """
        if (!OperatingSystem.IsWindows())
                    throw new PlatformNotSupportedException("A managed identity's token can be bound on Windows only.");


        """;

    private static string InType(string name, string guard, string mark, string endMark) =>
        $$"""
        class {{name}}
        {
            async Task M(IManagedIdentityApplication app)
            {
                {{guard}}{{(guard.Length > 0 ? "        " : "")}}// One after the other.
                await app.AcquireTokenForManagedIdentity("a").{{mark}}WithMtlsProofOfPossession{{endMark}}().ExecuteAsync(); // a
                await app.AcquireTokenForManagedIdentity("b").{{mark}}WithMtlsProofOfPossession{{endMark}}().ExecuteAsync();
                await app.AcquireTokenForManagedIdentity("c").{{mark}}WithMtlsProofOfPossession{{endMark}}().ExecuteAsync();
            }
        }
        """;

    private static string InMethod(string body) =>
        $$"""
        class C
        {
            private static readonly bool IsWindows = OperatingSystem.IsWindows();

            Task<AuthenticationResult> M(IManagedIdentityApplication app, IConfidentialClientApplication client, bool flag)
            {
                {{body}}
            }
        }
        """;
}
