using MtlsPop.Analyzers.Conventions;
using MtlsPop.CodeFixes.Conventions;

namespace MtlsPop.Analyzers.Tests.Conventions;

public sealed class DisposalNotCheckedTests
{
    private static readonly Verify<ConventionsAnalyzer, DisposalNotCheckedFix> Rule = new("MPOP5005");

    [Theory]
    [InlineData("public Task {|MPOP5005:M|}() => _client.GetAsync(\"a\");")]
    [InlineData("public async Task {|MPOP5005:M|}() { await Task.Run(() => _client.GetAsync(\"a\")); }")]
    [InlineData("public Uri? {|MPOP5005:Address|} => this._client.BaseAddress;")]
    [InlineData("public Uri? {|MPOP5005:Address|} { get { return _client.BaseAddress; } }")]
    [InlineData("public HttpClient {|MPOP5005:Client|}() => _client;")]
    public Task A_public_member_that_uses_what_is_disposed_is_reported(string member) => Rule.Reports(InType(member));

    [Fact]
    public Task A_member_that_checks_is_silent() => Rule.IsSilent(Cases.Of(
        example => InType(example),
        """
        public Task M()
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _client.GetAsync("a");
        }
        """,
        """
        public Task M()
        {
            if (_disposed) throw new ObjectDisposedException("C");
            return _client.GetAsync("a");
        }
        """,
        """
        public Task M() => Client.GetAsync("a");
        private HttpClient Client
        {
            get
            {
                ObjectDisposedException.ThrowIf(_disposed, this);
                return _client;
            }
        }
        """,
        """
        public Task M() => (_client ?? throw new ObjectDisposedException("C")).GetAsync("a");
        """));

    [Fact]
    public Task A_member_whose_check_is_in_another_method_is_silent() => Rule.IsSilent(Cases.Of(
        example => InType(example),
        """
        public Task M()
        {
            ThrowIfDisposed();
            return _client.GetAsync("a");
        }

        private void ThrowIfDisposed() { if (_disposed) throw new ObjectDisposedException("C"); }
        """,
        """
        public Task M()
        {
            Check();
            return _client.GetAsync("a");
        }

        private void Check() { Recheck(); }

        private void Recheck()
        {
            if (_disposed) throw new ObjectDisposedException("C");
            Check();
        }
        """,
        """
        public Task M()
        {
            EnsureOpen();
            return _client.GetAsync("a");
        }
        """,
        """
        public Task M()
        {
            base.EnsureOpen();
            return _client.GetAsync("a");
        }
        """));

    [Theory]
    [InlineData("private Task M() => _client.GetAsync(\"a\");")]
    [InlineData("internal Task M() => _client.GetAsync(\"a\");")]
    [InlineData("public static Task M(C other) => other._client.GetAsync(\"a\");")]
    public Task A_member_that_is_not_public_or_static_is_silent(string member) => Rule.IsSilent(InType(member));

    [Fact]
    public Task A_member_that_uses_nothing_disposed_or_only_closes_it_is_silent() => Rule.IsSilent(Cases.Of(
        example => InType(example),
        "public override string ToString() => _client.ToString()!;",
        "public void Close() => _client.CancelPendingRequests();",
        "public string M() => nameof(_client);",
        """
        public string M() => Other;
        private string Other { get; } = "";
        """));

    [Theory]
    [InlineData(
        """
        public sealed class C(HttpClient client)
        {
            public Task M(AuthenticationResult result)
            {
                _ = result.BindingCertificate;
                return client.GetAsync("a");
            }
        }
        """)]
    [InlineData(
        """
        sealed class C(HttpClient client) : IDisposable
        {
            private readonly HttpClient _client = client;
            public void Dispose() => _client.Dispose();

            public Task M(AuthenticationResult result)
            {
                _ = result.BindingCertificate;
                return _client.GetAsync("a");
            }
        }
        """)]
    [InlineData(
        """
        public sealed class C(HttpClient client) : IDisposable
        {
            private readonly HttpClient _client = client;
            public void Dispose() => _client.Dispose();
            public Task M(AuthenticationResult result) => _client.GetAsync(result.AccessToken);
        }
        """)]
    [InlineData(
        """
        public sealed class C(HttpClient client) : IDisposable
        {
            private readonly HttpClient _client = client;
            public void Dispose() { }

            public Task M(AuthenticationResult result)
            {
                _ = result.BindingCertificate;
                return _client.GetAsync("a");
            }
        }
        """)]
    public Task A_type_that_is_not_public_not_disposable_or_not_about_bound_tokens_is_silent(string type) => Rule.IsSilent(type);

    [Fact]
    public Task The_fix_reads_the_flag_after_the_checks_of_arguments() => Rule.Fixes(
        InType(
            """
            public async Task {|MPOP5005:One|}(string path)
                {
                    ArgumentNullException.ThrowIfNull(path);

                    await _client.GetAsync(path); // the call
                }

                public Task {|MPOP5005:Two|}() => _client.GetAsync("a");

                public async Task {|MPOP5005:Three|}() { await _client.GetAsync("a"); }
            """),
        InType(
            """
            public async Task One(string path)
                {
                    ArgumentNullException.ThrowIfNull(path);
                    ObjectDisposedException.ThrowIf(_disposed, this);

                    await _client.GetAsync(path); // the call
                }

                public Task Two()
                {
                    ObjectDisposedException.ThrowIf(_disposed, this);

                    return _client.GetAsync("a");
                }

                public async Task Three() { ObjectDisposedException.ThrowIf(_disposed, this); await _client.GetAsync("a"); }
            """));

    [Fact]
    public Task Where_there_is_no_flag_the_fix_adds_one() => Rule.Fixes(
        """
        public sealed class C(HttpClient client) : IDisposable
        {
            private readonly HttpClient _client = client;

            public object {|MPOP5005:One|}(AuthenticationResult result) => _client.GetAsync(result.BindingCertificate.Subject);

            public Task {|MPOP5005:Two|}() => _client.GetAsync("b");

            public void Dispose() => _client.Dispose();
        }

        public class Open(HttpClient client) : IDisposable
        {
            private readonly HttpClient _client = client;

            public object {|MPOP5005:One|}(AuthenticationResult result) => _client.GetAsync(result.BindingCertificate.Subject);

            public void Dispose()
            {
                Dispose(true);
            }

            protected virtual void Dispose(bool disposing)
            {
                if (disposing)
                    _client.Dispose();
            }
        }
        """,
        """
        public sealed class C(HttpClient client) : IDisposable
        {
            private readonly HttpClient _client = client;
            private bool _disposed;

            public object One(AuthenticationResult result)
            {
                ObjectDisposedException.ThrowIf(_disposed, this);

                return _client.GetAsync(result.BindingCertificate.Subject);
            }

            public Task Two()
            {
                ObjectDisposedException.ThrowIf(_disposed, this);

                return _client.GetAsync("b");
            }

            public void Dispose()
            {
                _client.Dispose();
                _disposed = true;
            }
        }

        public class Open(HttpClient client) : IDisposable
        {
            private readonly HttpClient _client = client;
            private bool _disposed;

            public object One(AuthenticationResult result)
            {
                ObjectDisposedException.ThrowIf(_disposed, this);

                return _client.GetAsync(result.BindingCertificate.Subject);
            }

            public void Dispose()
            {
                Dispose(true);
            }

            protected virtual void Dispose(bool disposing)
            {
                if (disposing)
                    _client.Dispose();
                _disposed = true;
            }
        }
        """);

    [Fact]
    public Task Where_the_framework_lacks_the_helper_the_fix_writes_the_check_out() =>
        (Rule with { Sample = new() { Framework = ReferenceAssemblies.NetStandard.NetStandard20 } }).Fixes(
        WithCounter(
            """
            public Task {|MPOP5005:M|}()
                {
                    return _client.GetAsync("a");
                }
            """),
        WithCounter(
            """
            public Task M()
                {
                    if (_disposed != 0)
                        throw new ObjectDisposedException(nameof(C));

                    return _client.GetAsync("a");
                }
            """));

    [Fact]
    public Task The_fix_works_in_several_documents() => Rule.Fixes(
        [
            InType("public Task {|MPOP5005:M|}() { return _client.GetAsync(\"a\"); }"),
            InType("public Task {|MPOP5005:M|}() { return _client.GetAsync(\"a\"); }", "D"),
        ],
        [
            InType("public Task M() { ObjectDisposedException.ThrowIf(_disposed, this); return _client.GetAsync(\"a\"); }"),
            InType("public Task M() { ObjectDisposedException.ThrowIf(_disposed, this); return _client.GetAsync(\"a\"); }", "D"),
        ]);

    [Theory]
    [InlineData("public Task M() => _client.GetAsync(\"a\"){|CS1002:|}")]
    [InlineData("public Task M() => _client.GetAsync({|CS0103:unknown|});")]
    public Task Broken_code_is_silent(string member) => Rule.IsSilent(InType(member));

    private static string InType(string member, string type = "C") =>
        $$"""
        public class {{type}} : Base{{type}}, IDisposable
        {
            private readonly HttpClient _client;
            private bool _disposed;

            public {{type}}(AuthenticationResult result) =>
                _client = new HttpClient(new HttpClientHandler { ClientCertificates = { result.BindingCertificate } });

            {{member}}

            public void Dispose()
            {
                _client?.Dispose();
                _disposed = true;
            }
        }

        public class Base{{type}}
        {
            private bool _isDisposed = false;

            protected void EnsureOpen()
            {
                if (_isDisposed)
                    throw new ObjectDisposedException("Base");
            }
        }
        """;

    private static string WithCounter(string member) =>
        $$"""
        public class C : IDisposable
        {
            private readonly HttpClient _client;
            private int _disposed;

            public C(AuthenticationResult result) => _client = new HttpClient(new HttpClientHandler { ClientCertificates = { result.BindingCertificate } });

            {{member}}

            public void Dispose()
            {
                if (Interlocked.Exchange(ref _disposed, 1) == 0)
                    _client.Dispose();
            }
        }
        """;
}
