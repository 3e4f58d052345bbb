using Microsoft.CodeAnalysis;
using MtlsPop.Analyzers.Binding;

namespace MtlsPop.Analyzers.Tests.Binding;

public sealed class ClientPerCallTests
{
    private static readonly Verify<BindingAnalyzer> Rule = new("MPOP3004");

    [Theory]
    [InlineData("var handler = new HttpClientHandler(); handler.ClientCertificates.Add(result.BindingCertificate); using var client = new {|MPOP3004:HttpClient|}(handler); await client.GetAsync(\"https://a\");")]
    [InlineData("using HttpClient client = {|MPOP3004:new|}(new HttpClientHandler { ClientCertificates = { result.BindingCertificate } }); using var message = Message(); await client.SendAsync(message);")]
    [InlineData("var client = new {|MPOP3004:HttpClient|}(disposeHandler: true, handler: new HttpClientHandler { ClientCertificates = { result.BindingCertificate } }); await client.GetStringAsync(\"https://a\");")]
    [InlineData("using (var client = new {|MPOP3004:HttpClient|}(new SocketsHttpHandler { SslOptions = { ClientCertificates = new X509CertificateCollection { result.BindingCertificate } } })) await client.GetAsync(\"https://a\");")]
    [InlineData("using var client = new {|MPOP3004:HttpClient|}(new SocketsHttpHandler { SslOptions = new() { ClientCertificates = [result.BindingCertificate] } }); await client.GetAsync(\"https://a\");")]
    [InlineData("var certificate = received.BindingCertificate; var handler = new HttpClientHandler(); handler.ClientCertificates.Add(certificate); using var client = new {|MPOP3004:HttpClient|}(handler); await client.GetAsync(\"https://a\");")]
    public Task A_client_that_each_call_makes_and_drops_is_reported(string call) => Rule.Reports(InMethod(call));

    [Theory]
    [InlineData("var handler = new HttpClientHandler { ClientCertificates = { result.BindingCertificate } }; _client = new HttpClient(handler); await _client.GetAsync(\"https://a\");")]
    [InlineData("_client ??= new HttpClient(new HttpClientHandler { ClientCertificates = { result.BindingCertificate } }); await _client.GetAsync(\"https://a\");")]
    [InlineData("var client = new HttpClient(new HttpClientHandler { ClientCertificates = { result.BindingCertificate } }); _clients[result.BindingCertificate] = client; await client.GetAsync(\"https://a\");")]
    [InlineData("var client = new HttpClient(new HttpClientHandler { ClientCertificates = { result.BindingCertificate } }); _clients.Add(result.BindingCertificate, client); await client.GetAsync(\"https://a\");")]
    [InlineData("var client = new HttpClient(new HttpClientHandler { ClientCertificates = { result.BindingCertificate } }); await client.GetAsync(\"https://a\"); return client;")]
    [InlineData("var client = new HttpClient(new HttpClientHandler { ClientCertificates = { result.BindingCertificate } }); Keep(client); await client.GetAsync(\"https://a\");")]
    [InlineData("var client = new HttpClient(new HttpClientHandler { ClientCertificates = { result.BindingCertificate } });")]
    [InlineData("Func<HttpClient> create = () => new HttpClient(new HttpClientHandler { ClientCertificates = { result.BindingCertificate } }); await create().GetAsync(\"https://a\");")]
    [InlineData("using var client = new HttpClient(new HttpClientHandler { ClientCertificates = { own } }); await client.GetAsync(\"https://a\");")]
    [InlineData("using var client = new HttpClient(new HttpClientHandler { ClientCertificates = { plain.BindingCertificate } }); await client.GetAsync(\"https://a\");")]
    [InlineData("using var client = new HttpClient(); await client.GetAsync(\"https://a\");")]
    [InlineData("using var client = new HttpClient(given); await client.GetAsync(\"https://a\");")]
    [InlineData("// using var client = new HttpClient(new HttpClientHandler { ClientCertificates = { result.BindingCertificate } });")]
    public Task A_client_that_is_kept_and_one_without_the_certificate_are_silent(string call) => Rule.IsSilent(InMethod(call));

    [Fact]
    public Task A_program_that_runs_once_is_silent() => (Rule with { Sample = new() { OutputKind = OutputKind.ConsoleApplication } }).IsSilent(
        """
        var app = ConfidentialClientApplicationBuilder.Create("id").WithAuthority("https://login.microsoftonline.com/t").Build();
        var result = await app.AcquireTokenForClient(["s"]).WithMtlsProofOfPossession().ExecuteAsync();
        var handler = new HttpClientHandler();
        handler.ClientCertificates.Add(result.BindingCertificate);
        using var client = new HttpClient(handler);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("mtls_pop", result.AccessToken);
        var response = await client.GetAsync("https://graph.microsoft.com/v1.0/applications");
        """);

    [Theory]
    [InlineData("public static async Task Main(string[] arguments)")]
    [InlineData("protected async Task InitializeAsync()")]
    [InlineData("[Xunit.Fact] public async Task A_test()")]
    public Task A_method_that_runs_once_is_silent(string method) => Rule.IsSilent(
        $$"""
        class C
        {
            private static readonly IConfidentialClientApplication _app = ConfidentialClientApplicationBuilder.Create("id").Build();

            {{method}}
            {
                var result = await _app.AcquireTokenForClient(["s"]).WithMtlsProofOfPossession().ExecuteAsync();
                using var client = new HttpClient(new HttpClientHandler { ClientCertificates = { result.BindingCertificate } });
                await client.GetAsync("https://a");
            }
        }

        namespace Xunit
        {
            class FactAttribute : Attribute;
        }
        """);

    [Theory]
    [InlineData("using var client = new HttpClient(new HttpClientHandler { ClientCertificates = { result.BindingCertificate } }); await client.GetAsync({|CS0103:unknown|});")]
    [InlineData("using var client = new HttpClient(new HttpClientHandler { ClientCertificates = { result.BindingCertificate } }); await client.GetAsync(\"https://a\"){|CS1002:|}")]
    public Task Broken_code_is_silent(string call) => Rule.IsSilent(InMethod(call));

    private static string InMethod(string call) =>
        $$"""
        class C
        {
            private readonly Dictionary<X509Certificate2, HttpClient> _clients = [];
            private HttpClient? _client;

            async Task<object?> M(IConfidentialClientApplication app, AuthenticationResult received, X509Certificate2 own, HttpMessageHandler given, string[] scopes)
            {
                var result = await app.AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync();
                var plain = await app.AcquireTokenForClient(scopes).ExecuteAsync();
                {{call}}
                return null;
            }

            protected virtual HttpRequestMessage Message() => new();
            protected virtual void Keep(HttpClient client) { }
        }
        """;
}
