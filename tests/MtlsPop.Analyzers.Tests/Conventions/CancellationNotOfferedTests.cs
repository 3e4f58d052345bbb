using MtlsPop.Analyzers.Conventions;
using MtlsPop.CodeFixes.Conventions;

namespace MtlsPop.Analyzers.Tests.Conventions;

public sealed class CancellationNotOfferedTests
{
    private static readonly Verify<ConventionsAnalyzer, CancellationNotOfferedFix> Rule = new("MPOP5003");

    [Theory]
    [InlineData(
        "public async Task<string> {|MPOP5003:M|}(Uri uri) => (await Bound.ExecuteAsync()).AccessToken;",
        """
        public async Task<string> M(Uri uri, CancellationToken cancellationToken = default) => (await Bound.ExecuteAsync(cancellationToken)).AccessToken;
        """)]
    [InlineData(
        "public Task<AuthenticationResult> {|MPOP5003:M|}() => Bound.ExecuteAsync();",
        """
        public Task<AuthenticationResult> M(CancellationToken cancellationToken = default) => Bound.ExecuteAsync(cancellationToken);
        """)]
    [InlineData(
        """
        public async ValueTask {|MPOP5003:M|}(string a = "")
        {
            var result = await Bound.ExecuteAsync();
            await client.GetAsync(result.AccessToken);
        }
        """,
        """
        public async ValueTask M(string a = "", CancellationToken cancellationToken = default)
        {
            var result = await Bound.ExecuteAsync(cancellationToken);
            await client.GetAsync(result.AccessToken, cancellationToken);
        }
        """)]
    [InlineData(
        """
        protected async Task {|MPOP5003:M|}(AuthenticationResult result)
        {
            _ = result.BindingCertificate;
            await client.GetAsync("a");
        }
        """,
        """
        protected async Task M(AuthenticationResult result, CancellationToken cancellationToken = default)
        {
            _ = result.BindingCertificate;
            await client.GetAsync("a", cancellationToken);
        }
        """)]
    [InlineData(
        "public async Task {|MPOP5003:M|}() => await Task.Run(() => Bound.ExecuteAsync());",
        """
        public async Task M(CancellationToken cancellationToken = default) => await Task.Run(() => Bound.ExecuteAsync(cancellationToken));
        """)]
    [InlineData(
        """
        public async Task {|MPOP5003:M|}()
        {
            await Send((await Bound.ExecuteAsync()).AccessToken);
            async Task Send(string token) => await client.GetAsync(token);
        }
        """,
        """
        public async Task M(CancellationToken cancellationToken = default)
        {
            await Send((await Bound.ExecuteAsync(cancellationToken)).AccessToken);
            async Task Send(string token) => await client.GetAsync(token, cancellationToken);
        }
        """)]
    [InlineData(
        """
        public async IAsyncEnumerable<string> {|MPOP5003:M|}()
        {
            yield return (await Bound.ExecuteAsync()).AccessToken;
        }
        """,
        """
        public async IAsyncEnumerable<string> M([EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            yield return (await Bound.ExecuteAsync(cancellationToken)).AccessToken;
        }
        """)]
    public Task A_public_method_that_makes_requests_takes_a_token(string before, string after) => Rule.Fixes(InType(before), InType(after));

    [Fact]
    public Task Overrides_interface_members_and_callers_follow_over_several_documents() => (Rule with { Sample = new() { FixAllIterations = 1 } }).Fixes(
        [
            """
            public interface ITokens
            {
                /// <summary>Acquires.</summary>
                /// <param name="scope">For what.</param>
                Task<string> AcquireAsync(string scope);
            }

            public abstract class Base : ITokens
            {
                public abstract Task<string> AcquireAsync(string scope);
            }
            """,
            """
            public class Tokens(IConfidentialClientApplication app) : Base
            {
                public override async Task<string> {|MPOP5003:AcquireAsync|}(
                    string scope) // for what
                {
                    return (await app.AcquireTokenForClient(new[] { scope }).WithMtlsProofOfPossession().ExecuteAsync()).AccessToken;
                }
            }

            public class OtherTokens(IConfidentialClientApplication app) : Tokens(app), ITokens
            {
                public override Task<string> AcquireAsync(string scope) =>
                    base.AcquireAsync(scope);

                Task<string> ITokens.AcquireAsync(string scope) => AcquireAsync(scope);
            }
            """,
            """
            /// <summary>Calls <see cref="ITokens.AcquireAsync"/>.</summary>
            class Caller(ITokens tokens)
            {
                public async Task With(CancellationToken stop) =>
                    await tokens.AcquireAsync(await tokens.AcquireAsync(scope: "a"));

                public Task Without() => tokens.AcquireAsync(nameof(ITokens.AcquireAsync));
            }
            """,
        ],
        [
            """
            public interface ITokens
            {
                /// <summary>Acquires.</summary>
                /// <param name="scope">For what.</param>
                /// <param name="cancellationToken">Says when to give up.</param>
                Task<string> AcquireAsync(string scope, CancellationToken cancellationToken = default);
            }

            public abstract class Base : ITokens
            {
                public abstract Task<string> AcquireAsync(string scope, CancellationToken cancellationToken = default);
            }
            """,
            """
            public class Tokens(IConfidentialClientApplication app) : Base
            {
                public override async Task<string> AcquireAsync(
                    string scope,
                    CancellationToken cancellationToken = default) // for what
                {
                    return (await app.AcquireTokenForClient(new[] { scope }).WithMtlsProofOfPossession().ExecuteAsync(cancellationToken)).AccessToken;
                }
            }

            public class OtherTokens(IConfidentialClientApplication app) : Tokens(app), ITokens
            {
                public override Task<string> AcquireAsync(string scope, CancellationToken cancellationToken = default) =>
                    base.AcquireAsync(scope, cancellationToken);

                Task<string> ITokens.AcquireAsync(string scope, CancellationToken cancellationToken) => AcquireAsync(scope, cancellationToken);
            }
            """,
            """
            /// <summary>Calls <see cref="ITokens.AcquireAsync"/>.</summary>
            class Caller(ITokens tokens)
            {
                public async Task With(CancellationToken stop) =>
                    await tokens.AcquireAsync(await tokens.AcquireAsync(scope: "a", cancellationToken: stop), stop);

                public Task Without() => tokens.AcquireAsync(nameof(ITokens.AcquireAsync));
            }
            """,
        ]);

    [Fact]
    public Task Methods_that_call_one_another_are_fixed_together() => Rule.Fixes(
        InType(
            """
            public Task {|MPOP5003:One|}() => Bound.ExecuteAsync();
            public async Task {|MPOP5003:Two|}()
            {
                await One();
                await Bound.ExecuteAsync();
            }
            public async Task {|MPOP5003:Three|}()
            {
                await Bound.ExecuteAsync();
                await Two();
            }
            """),
        InType(
            """
            public Task One(CancellationToken cancellationToken = default) => Bound.ExecuteAsync(cancellationToken);
            public async Task Two(CancellationToken cancellationToken = default)
            {
                await One(cancellationToken);
                await Bound.ExecuteAsync(cancellationToken);
            }
            public async Task Three(CancellationToken cancellationToken = default)
            {
                await Bound.ExecuteAsync(cancellationToken);
                await Two(cancellationToken);
            }
            """));

    [Fact]
    public Task The_fix_adds_the_using_that_the_parameter_needs() =>
        (Rule with { Sample = new() { GlobalUsings = "global using System.Threading.Tasks;" } }).Fixes(
        """
        using Microsoft.Identity.Client;

        public class C(IConfidentialClientApplication app)
        {
            public Task {|MPOP5003:M|}() =>
                app.AcquireTokenForClient(new[] { "a" }).WithMtlsProofOfPossession().ExecuteAsync();
        }
        """,
        """
        using System.Threading;
        using Microsoft.Identity.Client;

        public class C(IConfidentialClientApplication app)
        {
            public Task M(CancellationToken cancellationToken = default) =>
                app.AcquireTokenForClient(new[] { "a" }).WithMtlsProofOfPossession().ExecuteAsync(cancellationToken);
        }
        """);

    [Theory]
    [InlineData("public Task {|MPOP5003:M|}() => Bound.ExecuteAsync(); public Func<Task> Group => M;")]
    [InlineData("public Task {|MPOP5003:M|}() => Bound.ExecuteAsync(); public System.Linq.Expressions.Expression<Func<C, Task>> Tree => c => c.M();")]
    [InlineData("public Task {|MPOP5003:M|}(params string[] scopes) => Bound.ExecuteAsync();")]
    [InlineData("public Task {|MPOP5003:M|}() { var cancellationToken = 1; return Bound.ExecuteAsync(); }")]
    [InlineData("public Task {|MPOP5003:M|}() => Bound.ExecuteAsync(); public Task M(string scope) => Task.CompletedTask;")]
    public Task Where_a_parameter_more_would_break_code_no_fix_is_offered(string member) => Rule.ReportsWithoutFix(InType(member));

    [Fact]
    public Task A_method_that_takes_or_has_a_token_is_silent() => Rule.IsSilent(Cases.Of(
        InType,
        "public Task M(CancellationToken token) => Bound.ExecuteAsync();",
        "public Task M(CancellationToken? token = null) => Bound.ExecuteAsync();",
        "public Task M(AssertionRequestOptions options) => Bound.ExecuteAsync();",
        """
        public Task M() => M(default);
        public Task M(CancellationToken token) => Bound.ExecuteAsync(token);
        """,
        """
        public Task M() => Bound.ExecuteAsync(_stop.Token);
        private readonly CancellationTokenSource _stop = new();
        """));

    [Theory]
    [InlineData("private Task M() => Bound.ExecuteAsync();")]
    [InlineData("internal Task M() => Bound.ExecuteAsync();")]
    public Task A_method_that_is_not_public_is_silent(string member) => Rule.IsSilent(InType(member));

    [Fact]
    public Task A_method_that_does_not_run_asynchronously_for_a_caller_is_silent() => Rule.IsSilent(Cases.Of(
        InType,
        "public AuthenticationResult M() => Bound.ExecuteAsync().GetAwaiter().GetResult();",
        "public async void OnClick(object sender, EventArgs e) => await Bound.ExecuteAsync();",
        """
        public Task Main() => Task.CompletedTask;
        public static async Task Main(IConfidentialClientApplication app) =>
            await app.AcquireTokenForClient(new[] { "a" }).WithMtlsProofOfPossession().ExecuteAsync();
        """));

    [Fact]
    public Task A_method_that_makes_no_bound_request_is_silent() => Rule.IsSilent(Cases.Of(
        InType,
        """
        public Task M()
        {
            _ = Bound;
            return Task.CompletedTask;
        }
        """,
        """
        public Task M()
        {
            var kept = new Lazy<Task<AuthenticationResult>>(() => Bound.ExecuteAsync());
            return kept.Value;
        }
        """,
        """
        public Task M() => app.AcquireTokenForClient(new[] { "a" }).ExecuteAsync();
        """));

    [Fact]
    public Task A_signature_that_others_give_is_silent() => Rule.IsSilent(
        """
        public class C(IConfidentialClientApplication app) : IAsyncDisposable
        {
            public async ValueTask DisposeAsync() => await app.AcquireTokenForClient(new[] { "a" }).WithMtlsProofOfPossession().ExecuteAsync();
        }

        public class Content(IConfidentialClientApplication app) : HttpContent
        {
            protected override Task SerializeToStreamAsync(System.IO.Stream stream, System.Net.TransportContext? context) =>
                app.AcquireTokenForClient(new[] { "a" }).WithMtlsProofOfPossession().ExecuteAsync();

            protected override bool TryComputeLength(out long length) => throw new NotSupportedException();
        }

        class Hidden(IConfidentialClientApplication app)
        {
            public Task M() => app.AcquireTokenForClient(new[] { "a" }).WithMtlsProofOfPossession().ExecuteAsync();
        }
        """);

    [Fact]
    public Task A_program_s_methods_are_silent_nobody_else_calls_them() =>
        (Rule with { Sample = new() { OutputKind = OutputKind.ConsoleApplication } }).IsSilent(
        """
        public static class Program
        {
            public static void Main() { }

            public static Task M(IManagedIdentityApplication app) => app.AcquireTokenForManagedIdentity("a").WithMtlsProofOfPossession().ExecuteAsync();
        }
        """);

    [Theory]
    [InlineData("public Task M() => Bound.ExecuteAsync(){|CS1002:|}")]
    [InlineData("public Task M({|CS0246:Unknown|} a) => Bound.ExecuteAsync();")]
    public Task Broken_code_is_silent(string member) => Rule.IsSilent(InType(member));

    private static string InType(string member) =>
        $$"""
        using System.Runtime.CompilerServices;

        public class C(IConfidentialClientApplication app, HttpClient client)
        {
            private AcquireTokenForClientParameterBuilder Bound =>
                app.AcquireTokenForClient(new[] { client.BaseAddress + "/.default" }).WithMtlsProofOfPossession();

            {{member}}
        }
        """;
}
