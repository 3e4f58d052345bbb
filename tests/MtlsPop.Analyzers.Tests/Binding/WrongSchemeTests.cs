using MtlsPop.Analyzers.Binding;
using MtlsPop.CodeFixes.Binding;

namespace MtlsPop.Analyzers.Tests.Binding;

public sealed class WrongSchemeTests
{
    private static readonly Verify<BindingAnalyzer, WrongSchemeFix> Rule = new("MPOP3002");

    [Theory]
    [InlineData("request.Headers.Authorization = new AuthenticationHeaderValue({|MPOP3002:\"Bearer\"|}, result.AccessToken);")]
    [InlineData("request.Headers.Authorization = new({|MPOP3002:\"PoP\"|}, result.AccessToken);")]
    [InlineData(
        """
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            parameter: result.AccessToken,
            scheme: {|MPOP3002:"pop"|});
        """)]
    [InlineData("var header = new AuthenticationHeaderValue({|MPOP3002:$\"Bearer {result.AccessToken}\"|});")]
    [InlineData("var header = AuthenticationHeaderValue.Parse({|MPOP3002:\"Bearer \" + result.AccessToken|});")]
    [InlineData(
        """
        const string bearer = "Bearer";
        var header = new AuthenticationHeaderValue({|MPOP3002:bearer|}, result.AccessToken);
        """)]
    [InlineData(
        """
        var bearer = "Bearer";
        var header = new AuthenticationHeaderValue({|MPOP3002:bearer|}, result.AccessToken);
        """)]
    [InlineData("var header = new AuthenticationHeaderValue({|MPOP3002:Scheme|}, result.AccessToken);")]
    [InlineData(
        """
        new HttpRequestMessage
        {
            Headers = { Authorization = new AuthenticationHeaderValue({|MPOP3002:"Bearer"|}, result.AccessToken) },
        }.Dispose();
        """)]
    public Task A_header_value_of_another_scheme_is_reported(string send) => Rule.Reports(InMethod(send));

    [Theory]
    [InlineData("client.DefaultRequestHeaders.Add(\"Authorization\", {|MPOP3002:$\"Bearer {result.AccessToken}\"|});")]
    [InlineData("client.DefaultRequestHeaders.Add(\"authorization\", {|MPOP3002:new[] { \"Bearer \" + result.AccessToken }|});")]
    [InlineData("request.Headers.TryAddWithoutValidation(\"Authorization\", {|MPOP3002:$\"{Scheme} {result.AccessToken}\"|});")]
    [InlineData("request.Headers.Add(value: {|MPOP3002:string.Format(\"Bearer {0}\", result.AccessToken)|}, name: \"Authorization\");")]
    [InlineData("request.Headers.Add(\"Authorization\", {|MPOP3002:string.Format(\"{0} {1}\", \"Bearer\", result.AccessToken)|});")]
    [InlineData("request.Headers.Add(\"Authorization\", {|MPOP3002:string.Concat(\"Bearer \", result.AccessToken)|});")]
    [InlineData("request.Headers.Add(\"Authorization\", {|MPOP3002:\"Bearer\" + \" \" + result.AccessToken|});")]
    [InlineData(
        """
        var header = "Bearer ";
        header += result.AccessToken;
        request.Headers.Add("Authorization", {|MPOP3002:header|});
        """)]
    [InlineData(
        """
        request.Headers.Add(
            "Authorization",
            {|MPOP3002:string.Format(System.Globalization.CultureInfo.InvariantCulture, "{0} {1}", "Bearer", result.AccessToken)|});
        """)]
    public Task A_header_that_is_set_as_text_is_reported(string send) => Rule.Reports(InMethod(send));

    [Theory]
    [InlineData(
        """
        request.Headers.Add(Microsoft.Net.Http.Headers.HeaderNames.Authorization, {|MPOP3002:$"Bearer {result.AccessToken}"|});
        """)]
    [InlineData("message.Request.Headers.Add(\"Authorization\", {|MPOP3002:$\"Bearer {result.AccessToken}\"|});")]
    [InlineData(
        """
        message.Request.Headers.SetValue(Azure.Core.HttpHeader.Names.Authorization, {|MPOP3002:$"Bearer {result.AccessToken}"|});
        """)]
    [InlineData(
        """
        var headers = new System.Net.WebHeaderCollection();
        headers["Authorization"] = {|MPOP3002:$"Bearer {result.AccessToken}"|};
        """)]
    [InlineData("var headers = new Dictionary<string, string> { [\"Authorization\"] = {|MPOP3002:$\"Bearer {result.AccessToken}\"|} };")]
    [InlineData("var headers = new Dictionary<string, string> { { \"Authorization\", {|MPOP3002:$\"Bearer {result.AccessToken}\"|} } };")]
    [InlineData(
        """
        var headers = new System.Net.WebHeaderCollection();
        headers[System.Net.HttpRequestHeader.Authorization] = {|MPOP3002:$"Bearer {result.AccessToken}"|};
        """)]
    [InlineData("forwarded.Headers[\"Authorization\"] = {|MPOP3002:$\"Bearer {result.AccessToken}\"|};")]
    [InlineData("forwarded.Headers.Authorization = {|MPOP3002:\"Bearer \" + result.AccessToken|};")]
    [InlineData("client.{|MPOP3002:SetBearerToken|}(result.AccessToken);")]
    public Task The_headers_of_other_libraries_are_reported_too(string send) => Rule.Reports(InMethod(send));

    [Theory]
    [InlineData(
        """
        var token = result.AccessToken;
        var header = new AuthenticationHeaderValue({|MPOP3002:"Bearer"|}, token);
        """)]
    [InlineData(
        """
        var (token, certificate) = (result.AccessToken, result.BindingCertificate);
        var header = new AuthenticationHeaderValue({|MPOP3002:"Bearer"|}, token);
        """)]
    [InlineData(
        """
        if (result is { AccessToken: var token })
            request.Headers.Authorization = new AuthenticationHeaderValue({|MPOP3002:"Bearer"|}, token);
        """)]
    public Task A_token_that_comes_by_a_variable_is_reported(string send) => Rule.Reports(InMethod(send));

    [Theory]
    [InlineData(
        """
        Action<HttpRequestMessage> authorize = message =>
            message.Headers.Authorization = new AuthenticationHeaderValue({|MPOP3002:"Bearer"|}, result.AccessToken);
        authorize(request);
        """)]
    [InlineData(
        """
        AuthenticationHeaderValue Header(AuthenticationResult acquired) => new({|MPOP3002:"Bearer"|}, acquired.AccessToken);
        request.Headers.Authorization = Header(result);
        """)]
    [InlineData(
        """
        AuthenticationHeaderValue Header(string scheme, string token) => new(scheme, token);
        request.Headers.Authorization = Header({|MPOP3002:"Bearer"|}, result.AccessToken);
        request.Headers.Authorization = Header("Bearer", other.AccessToken);
        """)]
    [InlineData(
        """
        AuthenticationHeaderValue Bearer(string token) => new("Bearer", token);
        request.Headers.Authorization = {|MPOP3002:Bearer|}(result.AccessToken);
        request.Headers.Authorization = Bearer(plain.AccessToken);
        """)]
    [InlineData(
        """
        void Set(string name, string value) => request.Headers.Add(name, value);
        Set("Authorization", {|MPOP3002:$"Bearer {result.AccessToken}"|});
        """)]
    public Task A_header_that_a_function_of_the_method_makes_is_reported(string send) => Rule.Reports(InMethod(send));

    [Theory]
    [InlineData(
        """
        if (result.TokenType != "mtls_pop") throw new InvalidOperationException();
        request.Headers.Authorization = new AuthenticationHeaderValue({|MPOP3002:"Bearer"|}, result.AccessToken);
        """)]
    [InlineData(
        """
        if (result.BindingCertificate is null) Console.WriteLine("unbound");
        request.Headers.Authorization = new AuthenticationHeaderValue({|MPOP3002:"Bearer"|}, result.AccessToken);
        """)]
    public Task A_look_at_the_result_does_not_excuse_another_scheme(string send) => Rule.Reports(InMethod(send));

    [Theory]
    [InlineData("request.Headers.Authorization = new AuthenticationHeaderValue(\"mtls_pop\", result.AccessToken);")]
    [InlineData("request.Headers.Authorization = new AuthenticationHeaderValue(\"MTLS_POP\", result.AccessToken);")]
    [InlineData("request.Headers.Authorization = new AuthenticationHeaderValue(result.TokenType, result.AccessToken);")]
    [InlineData("request.Headers.Authorization = AuthenticationHeaderValue.Parse(result.CreateAuthorizationHeader());")]
    [InlineData("request.Headers.Add(\"Authorization\", result.CreateAuthorizationHeader());")]
    [InlineData("request.Headers.Add(\"Authorization\", $\"mtls_pop {result.AccessToken}\");")]
    [InlineData("request.Headers.Add(\"Authorization\", $\"{result.TokenType} {result.AccessToken}\");")]
    public Task The_scheme_of_the_token_itself_is_silent(string send) => Rule.IsSilent(InMethod(send));

    [Theory]
    [InlineData("request.Headers.Add(\"Authorization\", result.AccessToken);")]
    [InlineData("request.Headers.Add(\"X-Forwarded-Token\", $\"Bearer {result.AccessToken}\");")]
    [InlineData("Console.WriteLine($\"Bearer {result.AccessToken}\");")]
    [InlineData("Console.WriteLine(\"Authorization: {0}\", result.AccessToken);")]
    [InlineData("request.Headers.Authorization = new AuthenticationHeaderValue(\"Bearer\", \"abc\");")]
    [InlineData("// request.Headers.Authorization = new AuthenticationHeaderValue(\"Bearer\", result.AccessToken);")]
    public Task What_is_no_authorization_header_is_silent(string send) => Rule.IsSilent(InMethod(send));

    [Theory]
    [InlineData("request.Headers.Authorization = new AuthenticationHeaderValue(\"Bearer\", plain.AccessToken);")]
    [InlineData("request.Headers.Authorization = new AuthenticationHeaderValue(\"Bearer\", other.AccessToken);")]
    [InlineData(
        """
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Bearer",
            new AuthenticationResult(
                "t",
                false,
                "",
                DateTimeOffset.Now,
                DateTimeOffset.Now,
                "",
                null,
                "",
                null,
                Guid.Empty).AccessToken);
        """)]
    public Task Another_token_s_header_is_silent(string send) => Rule.IsSilent(InMethod(send));

    [Theory]
    [InlineData("request.Headers.Authorization = new AuthenticationHeaderValue(scheme, result.AccessToken);")]
    [InlineData(
        """
        request.Headers.Authorization = new AuthenticationHeaderValue(
            Environment.GetEnvironmentVariable("SCHEME")!,
            result.AccessToken);
        """)]
    [InlineData(
        """
        var used = result.TokenType == "Bearer" ? "Bearer" : "mtls_pop";
        request.Headers.Authorization = new AuthenticationHeaderValue(used, result.AccessToken);
        """)]
    [InlineData(
        """
        request.Headers.Authorization = new AuthenticationHeaderValue(_scheme, result.AccessToken);
        _scheme = result.TokenType;
        """)]
    public Task A_scheme_that_is_not_known_is_silent(string send) => Rule.IsSilent(InMethod(send));

    [Theory]
    [InlineData(
        """
        var acquire = app.AcquireTokenForClient(scopes);
        if (flag) acquire.WithMtlsProofOfPossession();
        var maybe = await acquire.ExecuteAsync();
        request.Headers.Authorization = new AuthenticationHeaderValue(flag ? "mtls_pop" : "Bearer", maybe.AccessToken);
        """)]
    [InlineData(
        """
        var chosen = flag ? result : plain;
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", chosen.AccessToken);
        """)]
    [InlineData(
        """
        var acquire = app.AcquireTokenForClient(scopes);
        Configure(acquire);
        var maybe = await acquire.ExecuteAsync();
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", maybe.AccessToken);
        """)]
    public Task A_token_that_may_be_a_plain_one_is_silent(string send) => Rule.IsSilent(InMethod(send));

    [Theory]
    [InlineData(
        """
        if (result.BindingCertificate is null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", result.AccessToken);
        """)]
    [InlineData(
        """
        if (string.Equals(result.TokenType, "Bearer", StringComparison.OrdinalIgnoreCase))
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", result.AccessToken);
        """)]
    [InlineData(
        """
        request.Headers.Authorization = result.TokenType.Equals("mtls_pop", StringComparison.OrdinalIgnoreCase)
            ? new AuthenticationHeaderValue(result.TokenType, result.AccessToken)
            : new AuthenticationHeaderValue("Bearer", result.AccessToken);
        """)]
    [InlineData(
        """
        var header = result.TokenType switch
        {
            "mtls_pop" => new AuthenticationHeaderValue("mtls_pop", result.AccessToken),
            "Bearer" => new AuthenticationHeaderValue("Bearer", result.AccessToken),
            _ => null,
        };
        """)]
    [InlineData(
        """
        if (result is { TokenType: "Bearer" })
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", result.AccessToken);
        """)]
    public Task A_token_that_turned_out_not_to_be_bound_is_silent(string send) => Rule.IsSilent(InMethod(send));

    [Theory]
    [InlineData(
        """
        string[] schemes = ["Bearer"];
        schemes[0] = "mtls_pop";
        var header = new AuthenticationHeaderValue(schemes[0], result.AccessToken);
        """)]
    [InlineData(
        """
        var named = (Scheme: "Bearer", Token: result.AccessToken);
        named.Scheme = "mtls_pop";
        var header = new AuthenticationHeaderValue(named.Scheme, named.Token);
        """)]
    [InlineData(
        """
        var bearer = "Bearer";
        ref var alias = ref bearer;
        alias = "mtls_pop";
        var header = new AuthenticationHeaderValue(bearer, result.AccessToken);
        """)]
    public Task A_scheme_in_a_variable_that_changes_is_silent(string send) => Rule.IsSilent(InMethod(send));

    [Theory]
    [InlineData("request.Headers.Authorization = new AuthenticationHeaderValue(\"Bearer\", result.AccessToken){|CS1002:|}")]
    [InlineData("request.Headers.Authorization = new AuthenticationHeaderValue(\"Bearer\", result.{|CS1061:Token|});")]
    [InlineData("request.Headers.Authorization = new {|CS1729:AuthenticationHeaderValue|}(\"Bearer\", result.AccessToken, 1);")]
    public Task Broken_code_is_silent(string send) => Rule.IsSilent(InMethod(send));

    [Theory]
    [InlineData(
        """
        new AuthenticationHeaderValue(/* scheme */ {|MPOP3002:"Bearer"|}, result.AccessToken)
        """,
        "new AuthenticationHeaderValue(/* scheme */ result.TokenType, result.AccessToken)")]
    [InlineData(
        """
        new AuthenticationHeaderValue({|MPOP3002:$"Bearer {result.AccessToken}"|} /* all */)
        """,
        "new AuthenticationHeaderValue(result.TokenType, result.AccessToken)")]
    [InlineData(
        """
        AuthenticationHeaderValue.Parse({|MPOP3002:"Bearer " + result.AccessToken|} /* text */)
        """,
        "AuthenticationHeaderValue.Parse(result.CreateAuthorizationHeader() /* text */)")]
    [InlineData(
        """
        AuthenticationHeaderValue.Parse({|MPOP3002:string.Format("Bearer {0}", result.AccessToken)|})
        """,
        "AuthenticationHeaderValue.Parse(result.CreateAuthorizationHeader())")]
    [InlineData(
        """
        AuthenticationHeaderValue.Parse({|MPOP3002:string.Concat("Bearer ", token)|})
        """,
        """
        AuthenticationHeaderValue.Parse(string.Concat("mtls_pop ", token))
        """)]
    [InlineData(
        """
        AuthenticationHeaderValue.Parse({|MPOP3002:$"Bearer {token}"|})
        """,
        """
        AuthenticationHeaderValue.Parse($"mtls_pop {token}")
        """)]
    [InlineData("new AuthenticationHeaderValue({|MPOP3002:@\"Bearer\"|}, token)", "new AuthenticationHeaderValue(@\"mtls_pop\", token)")]
    public Task The_fix_names_the_scheme_of_the_result_and_where_that_is_out_of_reach_the_literal(string before, string after) => Rule.Fixes(
        InMethod($"var token = result.AccessToken; request.Headers.Authorization = {before};"),
        InMethod($"var token = result.AccessToken; request.Headers.Authorization = {after};"));

    [Fact]
    public Task Three_in_one_method_are_fixed_together() => Rule.Fixes(
        InMethod(
            """
            var header = $"Bearer {result.AccessToken}"; // header
                    request.Headers.Add("Authorization", {|MPOP3002:header|});
                    client.DefaultRequestHeaders.Add("Authorization", {|MPOP3002:"Bearer " + result.AccessToken|}); // client
                    request.Headers.Authorization = new({|MPOP3002:"Bearer"|}, result.AccessToken);
            """),
        InMethod(
            """
            var header = result.CreateAuthorizationHeader(); // header
                    request.Headers.Add("Authorization", header);
                    client.DefaultRequestHeaders.Add("Authorization", result.CreateAuthorizationHeader()); // client
                    request.Headers.Authorization = new(result.TokenType, result.AccessToken);
            """));

    [Fact]
    public Task A_result_that_was_given_to_the_constructor_is_bound_where_its_certificate_was_found_there() => Rule.Reports(
        """
        class Caller
        {
            private readonly AuthenticationResult _result;

            public Caller(AuthenticationResult result)
            {
                if (result.BindingCertificate is null)
                    throw new ArgumentException("unbound", nameof(result));
                _result = result;
            }

            public AuthenticationHeaderValue Header => new({|MPOP3002:"Bearer"|}, _result.AccessToken);
        }
        """);

    [Fact]
    public Task A_result_that_was_given_to_the_constructor_and_may_be_unbound_is_silent() => Rule.IsSilent(
        """
        class Caller
        {
            private readonly AuthenticationResult _result;

            public Caller(AuthenticationResult result)
            {
                if (result.BindingCertificate is not null)
                    Console.WriteLine("bound");
                _result = result;
            }

            public AuthenticationHeaderValue Header => new("Bearer", _result.AccessToken);
        }
        """);

    [Theory]
    [InlineData("client.{|MPOP3002:SetBearerToken|}(result.AccessToken);")]
    [InlineData(
        """
        AuthenticationHeaderValue Header(string token) => new({|MPOP3002:"Bearer"|}, token);
        request.Headers.Authorization = Header(result.AccessToken);
        """)]
    [InlineData("client.DefaultRequestHeaders.Add(\"Authorization\", {|MPOP3002:Scheme + \" \" + (await Acquire()).AccessToken|});")]
    public Task Where_the_scheme_is_out_of_reach_no_fix_is_offered(string send) => Rule.ReportsWithoutFix(InMethod(send));

    private static string InMethod(string send) =>
        $$"""
        class C
        {
            private const string Scheme = "Bearer";
            private string _scheme = "Bearer";

            async Task M(
                IConfidentialClientApplication app,
                HttpClient client,
                HttpRequestMessage request,
                Azure.Core.HttpMessage message,
                Forwarded forwarded,
                AuthenticationResult other,
                string[] scopes,
                string scheme,
                bool flag)
            {
                var result = await app.AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync();
                var plain = await app.AcquireTokenForClient(scopes).ExecuteAsync();
                {{send}}

                async Task<AuthenticationResult> Acquire() => await app.AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync();
            }

            protected virtual void Configure(AcquireTokenForClientParameterBuilder request) { }
        }

        readonly struct StringValues { public static implicit operator StringValues(string text) => default; }

        class HeaderDictionary { public StringValues this[string name] { get => default; set { } } public StringValues Authorization { get; set; } }

        class Forwarded { public HeaderDictionary Headers { get; } = new(); }

        static class IdentityModel
        {
            public static void SetBearerToken(this HttpClient client, string token) { }
        }

        namespace Microsoft.Net.Http.Headers
        {
            static class HeaderNames { public static readonly string Authorization = "Authorization"; }
        }

        namespace Azure.Core
        {
            class HttpMessage { public Request Request { get; } = new(); }
            class Request { public RequestHeaders Headers => default; }
            readonly struct RequestHeaders { public void Add(string name, string value) { } public void SetValue(string name, string value) { } }
            static class HttpHeader { public static class Names { public static string Authorization => "Authorization"; } }
        }
        """;
}
