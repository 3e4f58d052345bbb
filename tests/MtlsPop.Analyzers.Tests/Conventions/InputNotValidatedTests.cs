using MtlsPop.Analyzers.Conventions;
using MtlsPop.CodeFixes.Conventions;

namespace MtlsPop.Analyzers.Tests.Conventions;

public sealed class InputNotValidatedTests
{
    private static readonly Verify<ConventionsAnalyzer, InputNotValidatedFix> Rule = new("MPOP5004");

    [Theory]
    [InlineData("IManagedIdentityApplication {|MPOP5004:app|}", "app.AcquireTokenForManagedIdentity(\"a\")")]
    [InlineData("string {|MPOP5004:resource|}", "_app.AcquireTokenForManagedIdentity(resource)")]
    [InlineData("string {|MPOP5004:resource|}", "_app.AcquireTokenForManagedIdentity(resource: resource)")]
    [InlineData("Uri {|MPOP5004:uri|}", "_app.AcquireTokenForManagedIdentity(uri.AbsoluteUri)")]
    [InlineData("string[] {|MPOP5004:names|}", "_app.AcquireTokenForManagedIdentity(names[0])")]
    [InlineData("IEnumerable<string> {|MPOP5004:names|}", "_app.AcquireTokenForManagedIdentity(names.First())")]
    [InlineData("Func<string> {|MPOP5004:name|}", "_app.AcquireTokenForManagedIdentity(name())")]
    [InlineData("Task<string> {|MPOP5004:name|}", "_app.AcquireTokenForManagedIdentity(await name)")]
    [InlineData(
        """
        IManagedIdentityApplication {|MPOP5004:app|}, string {|MPOP5004:resource|}, CancellationToken token, int number, string? other = null
        """,
        "app.AcquireTokenForManagedIdentity(resource.Trim() + other)")]
    [InlineData("IManagedIdentityApplication {|MPOP5004:app|}, string resource", "app.AcquireTokenForManagedIdentity(nameof(resource))")]
    [InlineData(
        "IManagedIdentityApplication {|MPOP5004:app|}, string resource",
        "app.AcquireTokenForManagedIdentity(resource ?? throw new ArgumentNullException(nameof(resource)))")]
    [InlineData("string {|MPOP5004:resource|}", "_app.AcquireTokenForManagedIdentity(new Uri(resource).Host)")]
    public Task A_parameter_that_is_used_and_never_checked_is_reported(string parameters, string request) => Rule.Reports(InMethod(parameters, request));

    [Theory]
    [InlineData("string resource", "ArgumentNullException.ThrowIfNull(resource);")]
    [InlineData("string resource", "ArgumentException.ThrowIfNullOrEmpty(resource);")]
    [InlineData("string resource", "if (resource == null) throw new ArgumentNullException(nameof(resource));")]
    [InlineData("string resource", "if (resource is not { Length: > 0 }) return;")]
    [InlineData("string resource", "if (string.IsNullOrWhiteSpace(resource)) throw new ArgumentException(\"\", nameof(resource));")]
    [InlineData("string resource", "_ = resource ?? throw new ArgumentNullException(nameof(resource));")]
    [InlineData("string resource", "if (ReferenceEquals(resource, null)) return;")]
    [InlineData("string resource", "System.Diagnostics.Debug.Assert(resource != null);")]
    [InlineData("string resource", "Guard.Against(resource);")]
    [InlineData("string resource", "resource.MustBeGiven();")]
    [InlineData("string resource", "Expressed(resource);")]
    [InlineData("string resource", "Marked(resource);")]
    [InlineData("string resource", "var name = resource;")]
    [InlineData("string resource", "resource = \"a\";")]
    [InlineData("string? resource", "")]
    [InlineData("string resource = null!", "")]
    [InlineData("[From] string resource", "")]
    [InlineData("int resource", "")]
    [InlineData("params string[] resource", "")]
    public Task It_is_silent_where_the_parameter_is_checked_or_may_be_null(string parameter, string check) =>
        Rule.IsSilent(InMethod(parameter, "_app.AcquireTokenForManagedIdentity(resource + \"\")", check + " Use(resource);"));

    [Theory]
    [InlineData("private")]
    [InlineData("internal")]
    [InlineData("private protected")]
    public Task Code_that_is_not_public_is_silent(string access) =>
        Rule.IsSilent(InMethod("string resource", "_app.AcquireTokenForManagedIdentity(resource)", access: access));

    [Fact]
    public Task What_was_used_before_it_is_kept_is_reported() => Rule.Reports(
        """
        public class C
        {
            private readonly AuthenticationResult _result;

            public C(AuthenticationResult {|MPOP5004:result|})
            {
                Handler = new() { ClientCertificates = { result.BindingCertificate } };
                _result = result;
            }

            public HttpClientHandler Handler { get; }

            public string Type => _result.TokenType;
        }
        """);

    [Fact]
    public Task A_protected_method_of_a_sealed_type_is_silent() => Rule.IsSilent(
        """
        public abstract class Base
        {
            protected abstract Task<AuthenticationResult> Acquire(string resource);
        }

        public sealed class C(IManagedIdentityApplication app) : Base
        {
            protected override Task<AuthenticationResult> Acquire(string resource) =>
                app.AcquireTokenForManagedIdentity(resource).WithMtlsProofOfPossession().ExecuteAsync();
        }
        """);

    [Theory]
    [InlineData(
        """
        public Task M(string claims) =>
            app.AcquireTokenForClient(new[] { "" }).WithMtlsProofOfPossession().WithClaims(claims).ExecuteAsync();
        """)]
    [InlineData("public Task M(Uri uri) => app.AcquireTokenForClient(new[] { uri.Host }).ExecuteAsync();")]
    [InlineData(
        """
        public HttpClient GetHttpClient(X509Certificate2 x509Certificate2)
        {
            _ = new ClientSignedAssertion { TokenBindingCertificate = null };
            return new HttpClient(new HttpClientHandler { ClientCertificates = { x509Certificate2 } });
        }

        public HttpClient GetHttpClient() => new();
        """)]
    [InlineData(
        """
        public Task M(Uri uri) => Core(uri);

        private Task Core(Uri uri)
        {
            ArgumentNullException.ThrowIfNull(uri);
            return app.AcquireTokenForClient(new[] { uri.Host }).WithMtlsProofOfPossession().ExecuteAsync();
        }
        """)]
    public Task What_takes_null_is_no_binding_code_or_is_given_by_others_is_silent(string members) => Rule.IsSilent(
        $$"""
        public class C(IConfidentialClientApplication app)
            {{(members.Contains("GetHttpClient", StringComparison.Ordinal) ? ": IMsalMtlsHttpClientFactory" : "")}}
        {
            public IConfidentialClientApplication App => app;

            {{members}}
        }
        """);

    [Fact]
    public Task The_fix_puts_the_checks_in_the_parameters_order_above_the_code() => Rule.Fixes(
        """
        public class C
        {
            /// <summary>One.</summary>
            public async Task One(IManagedIdentityApplication {|MPOP5004:app|}, string {|MPOP5004:resource|}, Uri {|MPOP5004:uri|})
            {
                // The token.
                var result = await app.AcquireTokenForManagedIdentity(new Uri(uri, resource.Trim()).Host).WithMtlsProofOfPossession().ExecuteAsync();
            }

            public async Task Two(IManagedIdentityApplication app, string {|MPOP5004:resource|})
            {
                ArgumentNullException.ThrowIfNull(app);

                await app.AcquireTokenForManagedIdentity(resource).WithMtlsProofOfPossession().ExecuteAsync();
            }
        }
        """,
        """
        public class C
        {
            /// <summary>One.</summary>
            public async Task One(IManagedIdentityApplication app, string resource, Uri uri)
            {
                ArgumentNullException.ThrowIfNull(app);
                ArgumentNullException.ThrowIfNull(resource);
                ArgumentNullException.ThrowIfNull(uri);

                // The token.
                var result = await app.AcquireTokenForManagedIdentity(new Uri(uri, resource.Trim()).Host).WithMtlsProofOfPossession().ExecuteAsync();
            }

            public async Task Two(IManagedIdentityApplication app, string resource)
            {
                ArgumentNullException.ThrowIfNull(app);
                ArgumentNullException.ThrowIfNull(resource);

                await app.AcquireTokenForManagedIdentity(resource).WithMtlsProofOfPossession().ExecuteAsync();
            }
        }
        """);

    [Fact]
    public Task A_method_that_is_one_expression_becomes_a_block() => Rule.Fixes(
        """
        public class C
        {
            public async Task<AuthenticationResult> One(IManagedIdentityApplication {|MPOP5004:app|}) => // now
                await app.AcquireTokenForManagedIdentity("a")
                    .WithMtlsProofOfPossession()
                    .ExecuteAsync(); // done

            public async Task Two(IManagedIdentityApplication {|MPOP5004:app|}) =>
                await app.AcquireTokenForManagedIdentity("a").WithMtlsProofOfPossession().ExecuteAsync();

            public object Three(AuthenticationResult {|MPOP5004:result|}) { return result.BindingCertificate; }
        }
        """,
        """
        public class C
        {
            public async Task<AuthenticationResult> One(IManagedIdentityApplication app)
            {
                ArgumentNullException.ThrowIfNull(app);

                // now
                return await app.AcquireTokenForManagedIdentity("a")
                    .WithMtlsProofOfPossession()
                    .ExecuteAsync();
            } // done

            public async Task Two(IManagedIdentityApplication app)
            {
                ArgumentNullException.ThrowIfNull(app);

                await app.AcquireTokenForManagedIdentity("a").WithMtlsProofOfPossession().ExecuteAsync();
            }

            public object Three(AuthenticationResult result) { ArgumentNullException.ThrowIfNull(result); return result.BindingCertificate; }
        }
        """);

    [Fact]
    public Task Where_the_framework_lacks_the_helper_the_fix_writes_the_check_out() =>
        (Rule with { Sample = new() { Framework = ReferenceAssemblies.NetStandard.NetStandard20 } }).Fixes(
        """
        public class C
        {
            public object One(AuthenticationResult {|MPOP5004:@event|})
            {
                return @event.BindingCertificate;
            }
        }
        """,
        """
        public class C
        {
            public object One(AuthenticationResult @event)
            {
                if (@event is null)
                    throw new ArgumentNullException(nameof(@event));

                return @event.BindingCertificate;
            }
        }
        """);

    [Fact]
    public Task The_fix_keeps_the_comment_behind_a_signature_and_indents_as_the_file_does() => Rule.Fixes(
        """
        public class C
        {
        	public object M(AuthenticationResult {|MPOP5004:result|}) // the certificate
        		=> result.BindingCertificate;
        }
        """.ReplaceLineEndings("\r\n"),
        """
        public class C
        {
        	public object M(AuthenticationResult result) // the certificate
        	{
        		ArgumentNullException.ThrowIfNull(result);

        		return result.BindingCertificate;
        	}
        }
        """.ReplaceLineEndings("\r\n"));

    [Fact]
    public Task The_fix_works_in_several_documents() => Rule.Fixes(
        [
            "public class C { public object M(AuthenticationResult {|MPOP5004:result|}) { return result.BindingCertificate; } }",
            "public class D { public object M(AuthenticationResult {|MPOP5004:result|}) { return result.BindingCertificate; } }",
        ],
        [
            "public class C { public object M(AuthenticationResult result) { ArgumentNullException.ThrowIfNull(result); return result.BindingCertificate; } }",
            "public class D { public object M(AuthenticationResult result) { ArgumentNullException.ThrowIfNull(result); return result.BindingCertificate; } }",
        ]);

    [Theory]
    [InlineData("string resource", "_app.AcquireTokenForManagedIdentity(resource + {|CS0103:unknown|})")]
    [InlineData("{|CS0246:Unknown|} resource", "_app.AcquireTokenForManagedIdentity(resource.Name)")]
    public Task Broken_code_is_silent(string parameter, string request) => Rule.IsSilent(InMethod(parameter, request));

    [Theory]
    [InlineData(OutputKind.ConsoleApplication)]
    [InlineData(OutputKind.WindowsApplication)]
    public Task A_program_s_methods_are_silent_nobody_else_calls_them(OutputKind kind) => (Rule with { Sample = new() { OutputKind = kind } }).IsSilent(
        """
        public static class Program
        {
            public static void Main() { }

            public static Task M(IManagedIdentityApplication app) => app.AcquireTokenForManagedIdentity("a").WithMtlsProofOfPossession().ExecuteAsync();
        }
        """);

    [Fact]
    public Task A_method_that_only_hands_on_a_lambda_which_acquires_is_silent() => Rule.IsSilent(
        """
        public static class Routes
        {
            public static void MapQueue(this List<Func<string, CancellationToken, Task>> routes, IManagedIdentityApplication app) =>
                routes.Add((resource, stop) => app.AcquireTokenForManagedIdentity(resource).WithMtlsProofOfPossession().ExecuteAsync(stop));
        }
        """);

    [Fact]
    public Task What_is_only_captured_by_a_lambda_that_acquires_is_silent() => Rule.Reports(
        """
        public class C(IManagedIdentityApplication app)
        {
            public async Task M(Uri captured, Uri {|MPOP5004:used|})
            {
                await app.AcquireTokenForManagedIdentity(used.AbsoluteUri).WithMtlsProofOfPossession().ExecuteAsync();
                await Task.Run(() => app.AcquireTokenForManagedIdentity(captured.AbsoluteUri).WithMtlsProofOfPossession().ExecuteAsync());
            }
        }
        """);

    [Fact]
    public Task The_handler_of_an_event_is_silent() => Rule.IsSilent(
        """
        public class Form(IManagedIdentityApplication app)
        {
            public async void OnClick(object sender, UnhandledExceptionEventArgs e) =>
                Console.WriteLine(
                    sender.ToString()
                    + e.IsTerminating
                    + (await app.AcquireTokenForManagedIdentity("a").WithMtlsProofOfPossession().ExecuteAsync()).TokenType);
        }
        """);

    private static string InMethod(string parameters, string request, string check = "", string access = "public") =>
        $$"""
        using System.Diagnostics.CodeAnalysis;
        using System.Runtime.CompilerServices;

        public class C(IManagedIdentityApplication _app)
        {
            public IManagedIdentityApplication App => _app;

            {{access}} async Task M({{parameters}})
            {
                {{check}}
                await ({{request}}).WithMtlsProofOfPossession().ExecuteAsync();
                await Task.CompletedTask;
            }

            private static void Use(object? value) { }

            private static void Expressed(string value, [CallerArgumentExpression(nameof(value))] string? name = null) { }

            private static void Marked([NotNull] string value) { }
        }

        static class Guard
        {
            public static void Against(string value) { }

            public static void MustBeGiven(this string value) { if (value is null) throw new ArgumentNullException(nameof(value)); }
        }

        class FromAttribute : Attribute;
        """;
}
