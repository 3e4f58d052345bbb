using MtlsPop.Analyzers.Conventions;
using MtlsPop.CodeFixes.Conventions;

namespace MtlsPop.Analyzers.Tests.Conventions;

public sealed class OwnedClientNotDisposedTests
{
    private static readonly Verify<ConventionsAnalyzer, OwnedClientNotDisposedFix> Rule = new("MPOP5006");

    [Theory]
    [InlineData(
        "private readonly HttpClient _client;",
        """
        var handler = new HttpClientHandler();
        handler.ClientCertificates.Add(certificate);
        _client = new HttpClient(handler);
        """)]
    [InlineData(
        "private readonly HttpClient _client;",
        "_client = new HttpClient(new HttpClientHandler { ClientCertificates = { certificate } });")]
    [InlineData(
        "private readonly HttpClient _client;",
        "_client = new(new HttpClientHandler { ClientCertificates = { certificate } }, disposeHandler: true);")]
    [InlineData(
        "private readonly HttpClient _client;",
        """
        _client = Create(certificate);

        static HttpClient Create(X509Certificate2 own)
        {
            var handler = new HttpClientHandler();
            handler.ClientCertificates.Add(own);
            return new HttpClient(handler);
        }
        """)]
    [InlineData(
        "private readonly HttpClientHandler _handler;",
        """
        _handler = new HttpClientHandler();
        _handler.ClientCertificates.Add(certificate);
        """)]
    [InlineData(
        "private HttpMessageHandler? _handler;",
        """
        var handler = new HttpClientHandler();
        handler.ClientCertificates.Add(certificate);
        _handler = handler;
        """)]
    [InlineData(
        "private HttpClient? _client;",
        "_client ??= new HttpClient(new HttpClientHandler { ClientCertificates = { certificate } });")]
    [InlineData(
        "private HttpClient Client { get; }",
        "Client = new HttpClient(new HttpClientHandler { ClientCertificates = { certificate } });")]
    public Task A_class_that_keeps_a_client_of_the_certificate_is_reported(string field, string code) =>
        Rule.Reports(InConstructor("{|MPOP5006:C|}", field, code));

    [Theory]
    [InlineData("C", "private readonly HttpClient _client;", "_client = new HttpClient();")]
    [InlineData("C", "private readonly HttpClient _client;", "_client = new HttpClient(new HttpClientHandler()); _ = certificate;")]
    [InlineData("C", "private readonly HttpClient _client;", "_client = Given(certificate);")]
    [InlineData(
        "C",
        "private static HttpClient? _client;",
        "_client = new HttpClient(new HttpClientHandler { ClientCertificates = { certificate } });")]
    [InlineData(
        "C",
        """
        private readonly HttpClient _client;
        public void Close() => _client.Dispose();
        """,
        "_client = new HttpClient(new HttpClientHandler { ClientCertificates = { certificate } });")]
    [InlineData(
        "C",
        """
        private readonly HttpClient? _client;
        public void Close() => _client?.Dispose();
        """,
        "_client = new HttpClient(new HttpClientHandler { ClientCertificates = { certificate } });")]
    [InlineData("C", "", "using var client = new HttpClient(new HttpClientHandler { ClientCertificates = { certificate } });")]
    [InlineData(
        "C : IDisposable",
        """
        private readonly HttpClient _client;
        public void Dispose() { }
        """,
        "_client = new HttpClient(new HttpClientHandler { ClientCertificates = { certificate } });")]
    [InlineData(
        "C : IAsyncDisposable",
        """
        private readonly HttpClient _client;
        public ValueTask DisposeAsync() => default;
        """,
        "_client = new HttpClient(new HttpClientHandler { ClientCertificates = { certificate } });")]
    [InlineData(
        "C : Base",
        "private readonly HttpClient _client;",
        "_client = new HttpClient(new HttpClientHandler { ClientCertificates = { certificate } });")]
    public Task It_is_silent_where_nothing_is_owned_or_it_is_let_go(string type, string field, string code) => Rule.IsSilent(InConstructor(type, field, code));

    [Fact]
    public Task A_client_of_another_certificate_is_silent() => Rule.IsSilent(
        """
        public sealed class C
        {
            private readonly HttpClient _client;

            public C(X509Certificate2 certificate) => _client = new HttpClient(new HttpClientHandler { ClientCertificates = { certificate } });

            public X509Certificate2 Certificate(AuthenticationResult result) => result.BindingCertificate;
        }
        """);

    [Fact]
    public Task A_sealed_class_gets_the_short_pattern_and_an_open_one_the_long() => Rule.Fixes(
        """
        public sealed class {|MPOP5006:Short|}
        {
            private readonly HttpClient _client; // one

            public Short(AuthenticationResult result)
            {
                _client = new HttpClient(new HttpClientHandler { ClientCertificates = { result.BindingCertificate } });
            }
        }

        /// <summary>Keeps two.</summary>
        public class {|MPOP5006:Long|}<T> : List<T>
            where T : class
        {
            private readonly HttpClientHandler _handler = new();
            private HttpClient? _client;

            public void Open(AuthenticationResult result)
            {
                _handler.ClientCertificates.Add(result.BindingCertificate);
                _client = new HttpClient(_handler);
            }

            private class {|MPOP5006:Inner|}<TInner>
                where TInner : class
            {
                private readonly HttpClient _client;

                public Inner(AuthenticationResult result) =>
                    _client = new HttpClient(new HttpClientHandler { ClientCertificates = { result.BindingCertificate } });
            }
        }
        """,
        """
        public sealed class Short : IDisposable
        {
            private readonly HttpClient _client; // one
            private bool _disposed;

            public Short(AuthenticationResult result)
            {
                _client = new HttpClient(new HttpClientHandler { ClientCertificates = { result.BindingCertificate } });
            }

            public void Dispose()
            {
                if (_disposed)
                    return;

                _client.Dispose();
                _disposed = true;
            }
        }

        /// <summary>Keeps two.</summary>
        public class Long<T> : List<T>, IDisposable
            where T : class
        {
            private readonly HttpClientHandler _handler = new();
            private HttpClient? _client;
            private bool _disposed;

            public void Open(AuthenticationResult result)
            {
                _handler.ClientCertificates.Add(result.BindingCertificate);
                _client = new HttpClient(_handler);
            }

            private class Inner<TInner> : IDisposable
                where TInner : class
            {
                private readonly HttpClient _client;
                private bool _disposed;

                public Inner(AuthenticationResult result) =>
                    _client = new HttpClient(new HttpClientHandler { ClientCertificates = { result.BindingCertificate } });

                public void Dispose()
                {
                    Dispose(disposing: true);
                    GC.SuppressFinalize(this);
                }

                protected virtual void Dispose(bool disposing)
                {
                    if (_disposed)
                        return;

                    if (disposing)
                        _client.Dispose();

                    _disposed = true;
                }
            }

            public void Dispose()
            {
                Dispose(disposing: true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing)
            {
                if (_disposed)
                    return;

                if (disposing)
                {
                    _handler.Dispose();
                    _client?.Dispose();
                }

                _disposed = true;
            }
        }
        """);

    [Fact]
    public Task The_fix_works_in_several_documents() => Rule.Fixes([Before("C"), Before("D")], [After("C"), After("D")]);

    [Fact]
    public Task Where_the_type_has_a_Dispose_of_its_own_no_fix_is_offered() => Rule.ReportsWithoutFix(
        InConstructor(
            "{|MPOP5006:C|}",
            "private readonly HttpClient _client; private void Dispose(int now) { }",
            "_client = new HttpClient(new HttpClientHandler { ClientCertificates = { certificate } });"));

    [Theory]
    [InlineData("_client = new HttpClient(new HttpClientHandler { ClientCertificates = { certificate } }){|CS1002:|}")]
    [InlineData("_client = new HttpClient(new HttpClientHandler { ClientCertificates = { {|CS0103:unknown|} } });")]
    public Task Broken_code_is_silent(string code) => Rule.IsSilent(InConstructor("C", "private readonly HttpClient _client;", code));

    private static string Before(string type) =>
        $$"""
        public sealed class {|MPOP5006:{{type}}|}
        {
            private readonly HttpClient _client;
            public {{type}}(AuthenticationResult result) =>
                _client = new HttpClient(new HttpClientHandler { ClientCertificates = { result.BindingCertificate } });
        }
        """;

    private static string After(string type) =>
        $$"""
        public sealed class {{type}} : IDisposable
        {
            private readonly HttpClient _client;
            private bool _disposed;
            public {{type}}(AuthenticationResult result) =>
                _client = new HttpClient(new HttpClientHandler { ClientCertificates = { result.BindingCertificate } });

            public void Dispose()
            {
                if (_disposed)
                    return;

                _client.Dispose();
                _disposed = true;
            }
        }
        """;

    private static string InConstructor(string type, string field, string code) =>
        $$"""
        public class {{type}}
        {
            {{field}}

            public C(AuthenticationResult result)
            {
                var certificate = result.BindingCertificate ?? throw new InvalidOperationException();
                {{code}}
            }

            private static HttpClient Given(X509Certificate2 certificate) => Factory.Make(certificate);
        }

        public class Base : IDisposable { public void Dispose() { } }

        static class Factory
        {
            public static Func<X509Certificate2, HttpClient> Make { get; set; } = null!;
        }
        """;
}
