namespace MtlsPop.Analyzers.Tests.Mutants;

/// <summary>The mistakes, by the model in which they are made.</summary>
internal static class MutantTable
{
    private static readonly Mutant[] _mutants =
    [
        .. In(
            "VaultReader",
            new("the key is not attested", "MPOP1001", ("            .WithAttestationSupport()\n", "")),
            new("the token is attested and not bound", "MPOP1002", ("            .WithMtlsProofOfPossession()\n", "")),
            new(
                "the request is bound and sent over mTLS as a bearer request", "MPOP1003",
                (".WithAttestationSupport()", ".WithAttestationSupport()\n            .WithRequestOverMtls()")),
            new(
                "the application is built in the call's own chain", "MPOP1006",
                ("await _app\n", "await ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.SystemAssigned).Build()\n")),
            new(
                "the application is built in a local", "MPOP1006",
                (
                    "        AuthenticationResult result = await _app\n",
                    "        var app = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.SystemAssigned).Build();\n" +
                    "        AuthenticationResult result = await app\n")),
            new(
                "the factory knows no certificate", "MPOP2006",
                (".Build();", ".WithHttpClientFactory(new Plain())\n        .Build();"),
                (
                    "    private HttpClient? _client;",
                    "    private sealed class Plain : IMsalHttpClientFactory\n" +
                    "    {\n" +
                    "        private static readonly HttpClient _shared = new();\n" +
                    "\n" +
                    "        public HttpClient GetHttpClient() => _shared;\n" +
                    "    }\n" +
                    "\n" +
                    "    private HttpClient? _client;")),
            new(
                "the certificate is not checked", "MPOP3001",
                (
                    "        if (result.BindingCertificate is null)\n" +
                    "            throw new InvalidOperationException(\"The token is not bound to a certificate.\");\n" +
                    "\n",
                    "")),
            new(
                "the check only logs", "MPOP3001",
                (
                    "            throw new InvalidOperationException(\"The token is not bound to a certificate.\");",
                    "            Console.Error.WriteLine(\"The token is not bound to a certificate.\");")),
            new(
                "the check is the wrong way round", "MPOP3001",
                (
                    "if (result.BindingCertificate is null)",
                    "if (result.BindingCertificate is not null && result.ExpiresOn < DateTimeOffset.UtcNow)")),
            new(
                "a result that is handed in is not checked", "MPOP3010",
                (
                    "    private HttpClient? _client;",
                    "    public static string Thumbprint(AuthenticationResult result)\n" +
                    "    {\n" +
                    "        ArgumentNullException.ThrowIfNull(result);\n" +
                    "        return result.BindingCertificate.Thumbprint;\n" +
                    "    }\n" +
                    "\n" +
                    "    private HttpClient? _client;")),
            new(
                "the token is sent as Bearer", "MPOP3002",
                ("new AuthenticationHeaderValue(result.TokenType, ", "new AuthenticationHeaderValue(\"Bearer\", ")),
            new(
                "the scheme is a constant of another kind of token", "MPOP3002",
                ("new AuthenticationHeaderValue(result.TokenType, ", "new AuthenticationHeaderValue(Scheme, "),
                (
                    "    private const string Resource",
                    "    private const string Scheme = \"PoP\";\n    private const string Resource")),
            new(
                "the header is put together as text", "MPOP3002",
                (
                    "request.Headers.Authorization = new AuthenticationHeaderValue(result.TokenType, result.AccessToken);",
                    "request.Headers.TryAddWithoutValidation(\"Authorization\", $\"Bearer {result.AccessToken}\");")),
            new(
                "the certificate is disposed with the call", "MPOP3005",
                (
                    "            throw new InvalidOperationException(\"The token is not bound to a certificate.\");\n",
                    "            throw new InvalidOperationException(\"The token is not bound to a certificate.\");\n" +
                    "        using var certificate = result.BindingCertificate;\n")),
            new(
                "the private key is exported", "MPOP3006",
                (
                    "            _client = new HttpClient(handler);",
                    "            _client = new HttpClient(handler);\n" +
                    "            var key = result.BindingCertificate.Export(System.Security.Cryptography.X509Certificates.X509ContentType.Pfx);\n" +
                    "            await File.WriteAllBytesAsync(\"key.pfx\", key, cancellationToken).ConfigureAwait(false);")) { IsLeftToPeople = true }),
        .. In(
            "GraphTokens",
            new(
                "the scope is a permission of a user", "MPOP1008",
                ("graph.microsoft.com/.default", "graph.microsoft.com/User.Read")),
            new("the scope's dot is missing", "MPOP1008", ("graph.microsoft.com/.default", "graph.microsoft.com/default")),
            new("the scope is the resource", "MPOP1008", ("graph.microsoft.com/.default", "graph.microsoft.com")),
            new("the scope ends with a slash", "MPOP1008", ("graph.microsoft.com/.default", "graph.microsoft.com/.default/")),
            new(
                "a silent request goes before", "MPOP1007",
                (
                    "        return await _app",
                    "        try\n" +
                    "        {\n" +
                    "            return await _app.AcquireTokenSilent(_scopes, \"user\").ExecuteAsync(cancellationToken).ConfigureAwait(false);\n" +
                    "        }\n" +
                    "        catch (MsalUiRequiredException)\n" +
                    "        {\n" +
                    "        }\n" +
                    "\n" +
                    "        return await _app")),
            new("the chain is not sent", "MPOP2001", (", sendX5C: true", "")),
            new("the chain is switched off by name", "MPOP2001", ("sendX5C: true", "sendX5C: false")),
            new("the chain is switched off by place", "MPOP2001", ("sendX5C: true", "false")),
            new(
                "the chain is not among the options", "MPOP2001",
                ("sendX5C: true", "new Microsoft.Identity.Client.AppConfig.CertificateOptions()")),
            new(
                "the chain is switched off by the request", "MPOP2001",
                (", sendX5C: true", ""),
                (".WithMtlsProofOfPossession()", ".WithSendX5C(false)\n            .WithMtlsProofOfPossession()")),
            new(
                "there is no tenant", "MPOP2002",
                ("            .WithAuthority(AzureCloudInstance.AzurePublic, tenantId)\n", "")) { IsLeftToPeople = true },
            new(
                "the authority is common", "MPOP2002",
                ("AzureCloudInstance.AzurePublic, tenantId", "\"https://login.microsoftonline.com/common\"")) { IsLeftToPeople = true },
            new(
                "the authority is organizations", "MPOP2002",
                ("AzureCloudInstance.AzurePublic, tenantId", "\"https://login.microsoftonline.com/organizations/\"")) { IsLeftToPeople = true },
            new(
                "the authority is a URI of common", "MPOP2002",
                ("AzureCloudInstance.AzurePublic, tenantId", "new Uri(\"https://login.microsoftonline.com/common/v2.0\")")) { IsLeftToPeople = true },
            new(
                "the tenant of the cloud is organizations", "MPOP2002",
                ("AzureCloudInstance.AzurePublic, tenantId", "AzureCloudInstance.AzurePublic, \"Organizations\"")) { IsLeftToPeople = true },
            new(
                "the tenant of the login page is common", "MPOP2002",
                ("AzureCloudInstance.AzurePublic, tenantId", "\"https://login.microsoftonline.com\", \"common\"")) { IsLeftToPeople = true },
            new(
                "the audience is everybody", "MPOP2002",
                ("AzureCloudInstance.AzurePublic, tenantId", "AadAuthorityAudience.AzureAdAndPersonalMicrosoftAccount")) { IsLeftToPeople = true },
            new(
                "the audience is every organization of the cloud", "MPOP2002",
                (
                    "AzureCloudInstance.AzurePublic, tenantId",
                    "AzureCloudInstance.AzurePublic, AadAuthorityAudience.AzureAdMultipleOrgs, true")) { IsLeftToPeople = true },
            new(
                "the tenant is the request's alone", "MPOP2002",
                ("            .WithAuthority(AzureCloudInstance.AzurePublic, tenantId)\n", ""),
                (".WithMtlsProofOfPossession()", ".WithTenantId(\"contoso.com\")\n            .WithMtlsProofOfPossession()")),
            new("the region has spaces", "MPOP2003", ("\"westus3\"", "\"west us 3\"")),
            new("the region has a hyphen", "MPOP2003", ("\"westus3\"", "\"west-us3\"")),
            new("the region is to be filled in", "MPOP2003", ("\"westus3\"", "\"<region>\"")) { IsLeftToPeople = true },
            new(
                "an older MSAL needs the region", "MPOP2004",
                ("            .WithAzureRegion(\"westus3\")\n", "")) { Msal = "4.83.1" },
            new(
                "the credential is a secret", "MPOP2005",
                (".WithCertificate(certificate, sendX5C: true)", ".WithClientSecret(certificate.Thumbprint)")) { IsLeftToPeople = true },
            new(
                "a secret replaces the certificate", "MPOP2005",
                (
                    ".WithAzureRegion(\"westus3\")",
                    ".WithAzureRegion(\"westus3\")\n            .WithClientSecret(certificate.Thumbprint)")) { IsLeftToPeople = true },
            new(
                "the assertion is text", "MPOP4006",
                (".WithCertificate(certificate, sendX5C: true)", ".WithClientAssertion(() => certificate.Thumbprint)")) { IsLeftToPeople = true },
            new(
                "the factory knows no certificate", "MPOP2006",
                (".Build();", ".WithHttpClientFactory(new Shared())\n            .Build();"),
                (
                    "public interface ITokens",
                    "internal sealed class Shared : IMsalHttpClientFactory\n" +
                    "{\n" +
                    "    private readonly HttpClient _client = new();\n" +
                    "\n" +
                    "    public HttpClient GetHttpClient() => _client;\n" +
                    "}\n" +
                    "\n" +
                    "public interface ITokens")),
            new(
                "the audience of the exchange is not a scope", "MPOP4005",
                ("https://graph.microsoft.com/.default", "api://AzureADTokenExchange")),
            new(
                "the audience of the exchange is another cloud's", "MPOP4005",
                ("https://graph.microsoft.com/.default", "api://AzureADTokenExchangeChina/.default"))),
        .. In(
            "FederatedTokens",
            new("the first leg is not attested", "MPOP1001", ("            .WithAttestationSupport()\n", "")),
            new(
                "the first leg is attested and not bound", "MPOP1002",
                (
                    "            .WithMtlsProofOfPossession()\n            .WithAttestationSupport()",
                    "            .WithAttestationSupport()")),
            new(
                "the application is built for each request", "MPOP1006",
                (
                    "        return await _app.",
                    "        var app = ConfidentialClientApplicationBuilder.Create(\"id\").WithTenantId(\"contoso.com\")\n" +
                    "            .WithClientAssertion(CreateAssertionAsync).Build();\n" +
                    "        return await app.")) { IsLeftToPeople = true },
            new("the scope is the resource", "MPOP1008", ("[$\"{resource}/.default\"]", "[\"https://graph.microsoft.com\"]")),
            new(
                "the second leg has no tenant", "MPOP2002",
                ("            .WithTenantId(tenantId)\n", "")) { IsLeftToPeople = true },
            new(
                "the identity asks for the second leg", "MPOP4001",
                (
                    "        return await _app.AcquireTokenForClient([$\"{resource}/.default\"])\n" +
                    "            .WithMtlsProofOfPossession()\n",
                    "        var firstLeg = await _identity.AcquireTokenForManagedIdentity(ExchangeAudience).WithMtlsProofOfPossession()\n" +
                    "            .WithAttestationSupport().ExecuteAsync(cancellationToken).ConfigureAwait(false);\n" +
                    "        Console.WriteLine(firstLeg.ExpiresOn);\n" +
                    "        return await _identity.AcquireTokenForManagedIdentity(\"https://graph.microsoft.com\")\n" +
                    "            .WithMtlsProofOfPossession()\n" +
                    "            .WithAttestationSupport()\n")),
            new(
                "the certificate is left out", "MPOP4002",
                ("            TokenBindingCertificate = firstLeg.BindingCertificate,\n", "")),
            new("the certificate is null", "MPOP4002", ("= firstLeg.BindingCertificate", "= null")),
            new("the certificate is the default", "MPOP4002", ("= firstLeg.BindingCertificate", "= default")),
            new(
                "the certificate is another token's", "MPOP4003",
                (
                    "        return new ClientSignedAssertion\n",
                    "        AuthenticationResult other = await _identity\n" +
                    "            .AcquireTokenForManagedIdentity(\"https://vault.azure.net\")\n" +
                    "            .WithMtlsProofOfPossession()\n" +
                    "            .WithAttestationSupport()\n" +
                    "            .ExecuteAsync(cancellationToken)\n" +
                    "            .ConfigureAwait(false);\n" +
                    "\n" +
                    "        return new ClientSignedAssertion\n"),
                ("= firstLeg.BindingCertificate", "= other.BindingCertificate")),
            new(
                "the first leg is a bearer token", "MPOP4004",
                ("            .WithMtlsProofOfPossession()\n            .WithAttestationSupport()\n", "")),
            new(
                "the callback returns text", "MPOP4006",
                (
                    "Task<ClientSignedAssertion> CreateAssertionAsync(AssertionRequestOptions options, CancellationToken cancellationToken)",
                    "Task<string> CreateAssertionAsync(CancellationToken cancellationToken)"),
                (
                    "        return new ClientSignedAssertion\n" +
                    "        {\n" +
                    "            Assertion = firstLeg.AccessToken,\n" +
                    "            TokenBindingCertificate = firstLeg.BindingCertificate,\n" +
                    "        };",
                    "        return firstLeg.AccessToken;")),
            new(
                "the assertion is acquired once", "MPOP4007",
                (".WithClientAssertion(CreateAssertionAsync)", ".WithClientAssertion((_, _) => Task.FromResult(kept))"),
                (
                    "        _app = ",
                    "        var kept = CreateAssertionAsync(new AssertionRequestOptions(), CancellationToken.None).GetAwaiter().GetResult();\n" +
                    "        _app = ")) { IsLeftToPeople = true },
            new(
                "the first leg is acquired once", "MPOP4007",
                (".WithClientAssertion(CreateAssertionAsync)", ".WithClientAssertion((_, _) => Task.FromResult(kept))"),
                (
                    "        _app = ",
                    "        var firstLeg = _identity.AcquireTokenForManagedIdentity(ExchangeAudience).WithMtlsProofOfPossession()\n" +
                    "            .WithAttestationSupport().ExecuteAsync().GetAwaiter().GetResult();\n" +
                    "        var kept = new ClientSignedAssertion\n" +
                    "        { Assertion = firstLeg.AccessToken, TokenBindingCertificate = firstLeg.BindingCertificate };\n" +
                    "        _app = ")) { IsLeftToPeople = true }),
        .. In(
            "SovereignTokens",
            new("the first leg does not send the chain", "MPOP2001", (", sendX5C: true", "")),
            new(
                "the first leg's authority is common", "MPOP2002",
                (
                    "WithAuthority($\"https://login.microsoftonline.us/{tenantId}\")",
                    "WithAuthority(\"https://login.microsoftonline.us/common\")")) { IsLeftToPeople = true },
            new(
                "the second leg has no authority", "MPOP2002",
                ("            .WithAuthority(new Uri($\"https://login.microsoftonline.us/{tenantId}\"))\n", "")) { IsLeftToPeople = true },
            new(
                "the second leg's region is to be filled in", "MPOP2003",
                (".Build());", ".WithAzureRegion(\"US Gov Virginia\")\n            .Build());")),
            new("the scope is the resource", "MPOP1008", ("https://graph.microsoft.us/.default", "https://graph.microsoft.us")),
            new("the certificate is left out", "MPOP4002", (", TokenBindingCertificate = firstLeg.BindingCertificate", "")),
            new(
                "the certificate is another token's", "MPOP4003",
                (
                    "                return new ClientSignedAssertion",
                    "                var again = await FirstLegAsync(cancellation).ConfigureAwait(false);\n" +
                    "                return new ClientSignedAssertion"),
                ("= firstLeg.BindingCertificate", "= again.BindingCertificate")),
            new("the first leg is a bearer token", "MPOP4004", ("(_exchange).WithMtlsProofOfPossession()", "(_exchange)")),
            new("the audience of the exchange is the public cloud's", "MPOP4005", ("ExchangeUSGov", "Exchange")),
            new("the audience of the exchange is a third cloud's", "MPOP4005", ("ExchangeUSGov", "ExchangeChina")),
            new("the audience of the exchange is not a scope", "MPOP4005", ("ExchangeUSGov/.default", "ExchangeUSGov")),
            new(
                "the assertion is text", "MPOP4006",
                ("async (_, cancellation) =>", "async (CancellationToken cancellation) =>"),
                (
                    "return new ClientSignedAssertion { Assertion = firstLeg.AccessToken, TokenBindingCertificate = firstLeg.BindingCertificate };",
                    "return firstLeg.AccessToken;"))),
        .. In(
            "TokenTool",
            new("the key is not attested", "MPOP1001", ("request = request.WithAttestationSupport();\n", "")),
            new(
                "the attested request is thrown away", "MPOP1001",
                (
                    "request = request.WithAttestationSupport();",
                    "_ = app.AcquireTokenForManagedIdentity(resource).WithAttestationSupport();")),
            new(
                "the token is attested and not bound", "MPOP1002",
                (
                    "request = request.WithMtlsProofOfPossession(new PoPOptions { MinStrength = MtlsBindingStrength.KeyGuard });\n",
                    "")),
            new(
                "the identity asks for the second leg", "MPOP4001",
                ("args is [var first, ..] ? first : ", ""),
                (
                    "var request = ",
                    "var firstLeg = await app.AcquireTokenForManagedIdentity(\"api://AzureADTokenExchange\")\n" +
                    "    .WithMtlsProofOfPossession().WithAttestationSupport().ExecuteAsync();\n" +
                    "Console.WriteLine(firstLeg.ExpiresOn);\n" +
                    "var request = ")) { IsLeftToPeople = true },
            new(
                "a switch asks for a bearer token, too", "MPOP1003",
                ("request.WithForceRefresh(true)", "request.WithRequestOverMtls()")),
            new(
                "the certificate is not checked", "MPOP3001",
                ("    if (result.BindingCertificate is not { } certificate)\n    {\n        return 3;\n    }\n\n", ""),
                ("certificate.Thumbprint", "result.BindingCertificate.Thumbprint")),
            new(
                "the type of the token is compared by case", "MPOP3007",
                (
                    "    Console.WriteLine(certificate.Thumbprint);",
                    "    if (result.TokenType == \"mtls_pop\")\n        Console.WriteLine(certificate.Thumbprint);")),
            new(
                "the private key is exported", "MPOP3006",
                (
                    "Console.WriteLine(certificate.Thumbprint);",
                    "var key = certificate.Export(System.Security.Cryptography.X509Certificates.X509ContentType.Pkcs12, \"\");\n" +
                    "File.WriteAllBytes(\"key.pfx\", key);")) { IsLeftToPeople = true }),
        .. In(
            "TenantTokens",
            new(
                "the options do not say that the chain is sent", "MPOP2001",
                ("SendX5C = true", "AssociateTokensWithCertificate = true")),
            new(
                "the builder is not given its tenant", "MPOP2002",
                ("        builder = builder.WithTenantId(Home);\n", "")) { IsLeftToPeople = true },
            new(
                "the constant of the tenant is common", "MPOP2002",
                ("Home = \"00000000-0000-0000-0000-000000000002\"", "Home = \"common\"")) { IsLeftToPeople = true },
            new(
                "the region is its display name", "MPOP2003",
                (
                    "        return builder.Build();",
                    "        builder.WithAzureRegion(\"West Europe\");\n        return builder.Build();")),
            new(
                "the credential is a secret", "MPOP2005",
                (
                    "builder.WithCertificate(certificate(), new CertificateOptions { SendX5C = true })",
                    "builder.WithClientSecret(Home)")) { IsLeftToPeople = true }),
        .. In(
            "OlderFederation",
            new(
                "there is no region", "MPOP2004",
                ("            .WithAzureRegion(ConfidentialClientApplication.AttemptRegionDiscovery)\n", "")),
            new(
                "the region has a space", "MPOP2003",
                ("ConfidentialClientApplication.AttemptRegionDiscovery", "\"west europe\"")),
            new("the experimental features are off", "MPOP2007", ("            .WithExperimentalFeatures()\n", "")),
            new(
                "the experimental features come too late", "MPOP2007",
                ("            .WithExperimentalFeatures()\n", ""),
                ("            .Build();", "            .WithExperimentalFeatures()\n            .Build();")),
            new(
                "the experimental features are switched off", "MPOP2007",
                ("WithExperimentalFeatures()", "WithExperimentalFeatures(false)"))),
        .. In(
            "BoundHandler",
            new(
                "no branch sends the chain", "MPOP2001",
                ("WithTenantId(tenant).WithCertificate(certificate, true)", "WithTenantId(tenant).WithCertificate(certificate)"),
                (
                    "WithTenantId(\"contoso.com\").WithCertificate(certificate, true)",
                    "WithTenantId(\"contoso.com\").WithCertificate(certificate)")),
            new("no branch has a tenant", "MPOP2002", ("WithTenantId(tenant).", ""), ("WithTenantId(\"contoso.com\").", "")) { IsLeftToPeople = true },
            new(
                "both branches have a secret", "MPOP2005",
                (
                    "WithTenantId(\"contoso.com\").WithCertificate(certificate, true)",
                    "WithTenantId(\"contoso.com\").WithClientSecret(ClientId)"),
                ("WithTenantId(tenant).WithCertificate(certificate, true)", "WithTenantId(tenant).WithClientSecret(ClientId)")) { IsLeftToPeople = true },
            new(
                "the header is put together by hand", "MPOP3002",
                (
                    "AuthenticationHeaderValue.Parse(result.CreateAuthorizationHeader())",
                    "AuthenticationHeaderValue.Parse(\"Bearer \" + result.AccessToken)"))),
        .. In(
            "GraphReader",
            new(
                "the certificate is not checked", "MPOP3001",
                (" ?? throw new InvalidOperationException(\"The token is not bound to a certificate.\")", "")),
            new(
                "the compiler is told not to worry", "MPOP3001",
                (" ?? throw new InvalidOperationException(\"The token is not bound to a certificate.\")", "!")),
            new(
                "the token is sent as Bearer", "MPOP3002",
                ("AuthenticationHeaderValue(result.TokenType,", "AuthenticationHeaderValue(\"Bearer\",")),
            new(
                "the client is a plain one", "MPOP3003",
                ("var client = _clients.GetValue(certificate, Connect);", "var client = _plain;"),
                ("    public async", "    private static readonly HttpClient _plain = new();\n\n    public async")) { IsLeftToPeople = true },
            new(
                "the client is made plain in the call", "MPOP3003",
                ("var client = _clients.GetValue(certificate, Connect);", "using var client = new HttpClient();")),
            new(
                "the handler is made for the call", "MPOP3004",
                (
                    "var client = _clients.GetValue(certificate, Connect);",
                    "using var handler = new HttpClientHandler { ClientCertificates = { certificate } };\n" +
                    "        using var client = new HttpClient(handler);")),
            new("the certificate is disposed", "MPOP3005", ("var certificate = ", "using var certificate = ")),
            new(
                "the certificate is disposed at the end", "MPOP3005",
                (
                    "        response.EnsureSuccessStatusCode();",
                    "        certificate.Dispose();\n        response.EnsureSuccessStatusCode();")),
            new(
                "the private key is exported", "MPOP3006",
                (
                    "        response.EnsureSuccessStatusCode();",
                    "        Console.WriteLine(certificate.Export(X509ContentType.Pfx).Length);\n" +
                    "        response.EnsureSuccessStatusCode();")) { IsLeftToPeople = true },
            new(
                "the type of the token is compared by case", "MPOP3007",
                (
                    "!string.Equals(result.TokenType, \"mtls_pop\", StringComparison.OrdinalIgnoreCase)",
                    "result.TokenType != \"mtls_pop\"")),
            new(
                "the resource is called without TLS", "MPOP3008",
                ("https://graph.microsoft.com/v1.0", "http://graph.microsoft.com/v1.0"))),
    ];

    public static IReadOnlyDictionary<string, Mutant> All { get; } = _mutants.ToDictionary(
        mutant => $"{mutant.Model}: {mutant.Mistake}",
        StringComparer.Ordinal);

    private static IEnumerable<Mutant> In(string model, params Mutant[] mutants) => mutants.Select(mutant => mutant with { Model = model });
}
