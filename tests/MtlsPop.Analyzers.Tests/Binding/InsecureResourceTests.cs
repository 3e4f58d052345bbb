using MtlsPop.Analyzers.Binding;
using MtlsPop.CodeFixes.Binding;

namespace MtlsPop.Analyzers.Tests.Binding;

public sealed class InsecureResourceTests
{
    private static readonly Verify<BindingAnalyzer, InsecureResourceFix> Rule = new("MPOP3008");

    [Fact]
    public Task An_address_without_TLS_is_reported_where_the_client_is_called() => Rule.Reports(Cases.Of(
        InMethod,
        """
        await bound.GetAsync({|MPOP3008:"http://api.contoso.com/items"|});
        """,
        """
        await bound.GetStringAsync(requestUri: {|MPOP3008:"HTTP://api.contoso.com"|});
        """,
        """
        await bound.PostAsync(new Uri({|MPOP3008:"http://api.contoso.com/items"|}), null);
        """,
        """
        await bound.GetAsync({|MPOP3008:$"http://api.contoso.com/items/{id}"|});
        """,
        """
        await bound.GetAsync({|MPOP3008:"http://api.contoso.com/items/" + id|});
        """,
        """
        await bound.GetAsync({|MPOP3008:$"http://{Host}/items/{id}"|});
        """,
        "await bound.GetAsync({|MPOP3008:Items|});",
        """
        var address = "http://api.contoso.com/items";
        await bound.GetAsync({|MPOP3008:address|});
        """));

    [Fact]
    public Task The_address_of_the_client_or_of_the_message_is_reported() => Rule.Reports(Cases.Of(
        InMethod,
        """
        bound.BaseAddress = new Uri({|MPOP3008:"http://api.contoso.com"|});
        await bound.GetAsync("items");
        """,
        """
        await client.SendAsync(Message(new HttpRequestMessage(HttpMethod.Get, {|MPOP3008:"http://api.contoso.com"|})));
        """,
        """
        var message = new HttpRequestMessage
        {
            Method = HttpMethod.Get,
            RequestUri = new Uri({|MPOP3008:"http://api.contoso.com"|}),
        };
        await client.SendAsync(Message(message));
        """,
        """
        using var message = new HttpRequestMessage(HttpMethod.Get, {|MPOP3008:"http://api.contoso.com"|})
        {
            Headers = { Authorization = header }
        };
        await client.SendAsync(message);
        """,
        """
        using var message = new HttpRequestMessage(HttpMethod.Get, {|MPOP3008:"http://api.contoso.com"|});
        message.Headers.Add("Authorization", result.CreateAuthorizationHeader());
        using var response = client.Send(message);
        """));

    [Fact]
    public Task An_address_that_a_function_of_the_method_calls_is_reported() => Rule.Reports(Cases.Of(
        InMethod,
        """
        async Task Get(HttpClient authorized, string address) => await authorized.GetAsync(address);
        await Get(bound, {|MPOP3008:"http://api.contoso.com"|});
        """,
        """
        async Task Get(HttpClient authorized) => await authorized.GetAsync({|MPOP3008:"http://api.contoso.com"|});
        await Get(bound);
        """));

    [Fact]
    public Task An_address_with_TLS_or_on_this_machine_is_silent() => Rule.IsSilent(Cases.Of(
        InMethod,
        """
        await bound.GetAsync("https://api.contoso.com/items");
        """,
        """
        await bound.GetAsync("http://localhost:5000/items");
        """,
        """
        await bound.GetAsync("http://127.0.0.1/items");
        """,
        """
        await bound.GetAsync("http://[::1]:80/items");
        """,
        """
        await bound.GetAsync("http://api.localhost/items");
        """,
        """
        bound.BaseAddress = new Uri("https://api.contoso.com");
        await bound.GetAsync("items?next=http://api.contoso.com");
        """));

    [Fact]
    public Task An_address_that_is_not_known_is_silent() => Rule.IsSilent(Cases.Of(
        InMethod,
        """
        await bound.GetAsync("items");
        """,
        "await bound.GetAsync(id);",
        """
        await bound.GetAsync($"http://{id}/items");
        """,
        """
        await bound.GetAsync($"http://localhost{id}");
        """,
        """
        await bound.GetAsync($"{id}://api.contoso.com/items");
        """,
        """
        var address = flag ? "http://api.contoso.com" : "https://api.contoso.com";
        await bound.GetAsync(address);
        """));

    [Fact]
    public Task A_request_without_a_bound_token_is_silent() => Rule.IsSilent(Cases.Of(
        InMethod,
        """
        await client.GetAsync("http://api.contoso.com/items");
        """,
        """
        using var other = new HttpClient();
        await other.GetAsync("http://api.contoso.com/items");
        """,
        """
        using var other = new HttpClient();
        other.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", plain.AccessToken);
        await other.GetAsync("http://api.contoso.com/items");
        """,
        """
        Console.WriteLine($"http://api.contoso.com/{result.AccessToken}");
        """,
        """
        // await bound.GetAsync("http://api.contoso.com/items");
        """));

    [Fact]
    public Task A_message_or_client_that_is_changed_before_it_is_sent_is_silent() => Rule.IsSilent(Cases.Of(
        InMethod,
        """
        using var message = new HttpRequestMessage(HttpMethod.Get, "http://api.contoso.com");
        message.Headers.Authorization = header;
        message.RequestUri = new Uri("https://api.contoso.com");
        await client.SendAsync(message);
        """,
        """
        using var message = new HttpRequestMessage(HttpMethod.Get, "http://api.contoso.com");
        message.Headers.Authorization = header;
        Configure(message);
        await client.SendAsync(message);
        """,
        """
        bound.DefaultRequestHeaders.Clear();
        await bound.GetAsync("http://api.contoso.com/items");
        """,
        """
        await (flag ? bound : client).GetAsync("http://api.contoso.com/items");
        """));

    [Theory]
    [InlineData("await bound.GetAsync(\"http://api.contoso.com/items\"){|CS1002:|}")]
    [InlineData("await bound.GetAsync(\"http://api.contoso.com/items\", {|CS0103:unknown|});")]
    public Task Broken_code_is_silent(string call) => Rule.IsSilent(InMethod(call));

    [Fact]
    public Task Three_in_one_method_are_fixed_together() => Rule.Fixes(
        InMethod(
            """
            await bound.GetAsync(/* items */ {|MPOP3008:"http://api.contoso.com/items"|}); // all
                    await bound.GetAsync({|MPOP3008:$@"http://api.contoso.com/items/{id}"|});
                    var address = "http://api.contoso.com";
                    await bound.GetAsync({|MPOP3008:address|});
            """),
        InMethod(
            """
            await bound.GetAsync(/* items */ "https://api.contoso.com/items"); // all
                    await bound.GetAsync($@"https://api.contoso.com/items/{id}");
                    var address = "https://api.contoso.com";
                    await bound.GetAsync(address);
            """));

    [Theory]
    [InlineData("await bound.GetAsync({|MPOP3008:\"http://api.contoso.com:8080/items\"|});")]
    [InlineData("await bound.GetAsync({|MPOP3008:Items|});")]
    public Task A_port_or_a_constant_that_others_share_is_not_the_fix_s_to_change(string call) => Rule.ReportsWithoutFix(InMethod(call));

    private static string InMethod(string call) =>
        $$"""
        class C
        {
            private const string Host = "api.contoso.com";
            private const string Items = "http://api.contoso.com/items";

            async Task M(IConfidentialClientApplication app, HttpClient client, string[] scopes, string id, bool flag)
            {
                var result = await app.AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync();
                var plain = await app.AcquireTokenForClient(scopes).ExecuteAsync();
                var header = new AuthenticationHeaderValue(result.TokenType, result.AccessToken);
                var handler = new HttpClientHandler();
                handler.ClientCertificates.Add(result.BindingCertificate);
                using var bound = new HttpClient(handler);
                bound.DefaultRequestHeaders.Authorization = header;
                {{call}}

                HttpRequestMessage Message(HttpRequestMessage made)
                {
                    made.Headers.Authorization = header;
                    return made;
                }
            }

            protected virtual void Configure(HttpRequestMessage message) { }
        }
        """;
}
