using MtlsPop.Analyzers.Requests;
using MtlsPop.CodeFixes.Requests;

namespace MtlsPop.Analyzers.Tests.Requests;

public sealed class ApplicationPerCallTests
{
    private static readonly Verify<RequestsAnalyzer, ApplicationPerCallFix> Rule = new("MPOP1006");
    private static readonly Verify<RequestsAnalyzer, ApplicationPerCallFix> RuntimeRule = Rule with
    {
        Action = "MPOP1006.Runtime",
        Sample = new() { ReferencesRuntime = true, GlobalUsings = new Sample().GlobalUsings + "\nglobal using Microsoft.Identity.Client.Extensibility;" },
    };

    [Fact]
    public Task An_application_of_one_call_is_reported() => Rule.Reports(Cases.Of(
        InMethod,
        """
        var app = Builder.{|MPOP1006:Build|}();
        return await app.AcquireTokenForClient(scopes).ExecuteAsync();
        """,
        """
        var app = Builder.{|MPOP1006:Build|}();
        return await app.AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync();
        """,
        "return await Builder.{|MPOP1006:Build|}().AcquireTokenForClient(scopes: scopes).ExecuteAsync(CancellationToken.None);",
        """
        var builder = Builder;
        if (flag) builder.WithTenantId("t");
        var app = builder.{|MPOP1006:Build|}();
        return await app.AcquireTokenForClient(scopes).ExecuteAsync();
        """,
        """
        return await ManagedIdentityApplicationBuilder
            .{|MPOP1006:Create|}(ManagedIdentityId.SystemAssigned)
            .Build()
            .AcquireTokenForManagedIdentity("r")
            .WithMtlsProofOfPossession()
            .WithAttestationSupport()
            .ExecuteAsync();
        """));

    [Fact]
    public Task An_application_that_a_loop_uses_is_reported() => Rule.Reports(Cases.Of(
        InMethod,
        """
        while (true)
        {
            var app = Builder.{|MPOP1006:Build|}();
            await app.AcquireTokenForClient(scopes).ExecuteAsync();
        }
        """));

    [Fact]
    public Task An_application_of_a_factory_is_reported_at_its_call() => Rule.Reports(
        """
        class C
        {
            async Task Local(string[] scopes)
            {
                var app = {|MPOP1006:Create|}();
                await app.AcquireTokenForClient(scopes).ExecuteAsync();
                static IConfidentialClientApplication Create() => ConfidentialClientApplicationBuilder.Create("id").Build();
            }

            async Task Private(string[] scopes) => await {|MPOP1006:New|}("id").AcquireTokenForClient(scopes).ExecuteAsync();

            async Task Elsewhere(string[] scopes)
            {
                var app = Factory.{|MPOP1006:New|}("id");
                await app.AcquireTokenForClient(scopes).ExecuteAsync();
            }

            private static IConfidentialClientApplication New(string id) => ConfidentialClientApplicationBuilder.Create(id).Build();
        }

        static class Factory
        {
            public static IConfidentialClientApplication New(string id) => ConfidentialClientApplicationBuilder.Create(id).Build();
        }
        """);

    [Fact]
    public Task An_application_that_a_factory_keeps_is_silent() => Rule.IsSilent(
        """
        class C
        {
            private static IConfidentialClientApplication _kept;

            async Task M(string[] scopes) => await Get().AcquireTokenForClient(scopes).ExecuteAsync();

            async Task Elsewhere(string[] scopes) => await Factory.Get("t").AcquireTokenForClient(scopes).ExecuteAsync();

            private static IConfidentialClientApplication Get() => _kept ??= ConfidentialClientApplicationBuilder.Create("id").Build();
        }

        static class Factory
        {
            private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, IConfidentialClientApplication> _all = new();

            public static IConfidentialClientApplication Get(string tenant) =>
                _all.GetOrAdd(tenant, _ => ConfidentialClientApplicationBuilder.Create("id").Build());
        }
        """);

    [Fact]
    public Task A_method_beside_Main_is_reported() => Rule.Reports(
        """
        class C
        {
            static Task Main(string[] scopes) => RunAsync(scopes);

            static Task RunAsync(string[] scopes) => ConfidentialClientApplicationBuilder.{|MPOP1006:Create|}("id").Build().AcquireTokenForClient(scopes).ExecuteAsync();
        }
        """);

    [Fact]
    public Task An_application_whose_result_is_kept_is_silent() => Rule.IsSilent(
        """
        class C
        {
            private AuthenticationResult _result;

            async Task<string> M(string[] scopes)
            {
                if (_result is null || _result.ExpiresOn < DateTimeOffset.UtcNow)
                    _result = await ConfidentialClientApplicationBuilder.Create("id").Build().AcquireTokenForClient(scopes).ExecuteAsync();
                return _result.AccessToken;
            }
        }
        """);

    [Fact]
    public Task A_second_leg_that_was_given_this_call_s_first_leg_is_silent() => Rule.IsSilent(
        """
        class C(IManagedIdentityApplication identity)
        {
            async Task<AuthenticationResult> M(string[] scopes)
            {
                var leg1 = await identity.AcquireTokenForManagedIdentity("api://AzureADTokenExchange").WithMtlsProofOfPossession().ExecuteAsync();
                var app = ConfidentialClientApplicationBuilder.Create("id").WithTenantId("t").WithClientAssertion((_, _) => Task.FromResult(
                    new ClientSignedAssertion { Assertion = leg1.AccessToken, TokenBindingCertificate = leg1.BindingCertificate })).Build();
                return await app.AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync();
            }
        }
        """);

    [Fact]
    public Task A_managed_identity_whose_token_is_not_bound_is_silent() => Rule.IsSilent(InMethod(
        """
        return await ManagedIdentityApplicationBuilder
            .Create(ManagedIdentityId.SystemAssigned)
            .Build()
            .AcquireTokenForManagedIdentity("r")
            .ExecuteAsync();
        """));

    [Fact]
    public Task An_application_with_a_cache_that_is_shared_is_silent() => Rule.IsSilent(Cases.Of(
        InMethod,
        """
        var app = Builder.WithCacheOptions(CacheOptions.EnableSharedCacheOptions).Build();
        return await app.AcquireTokenForClient(scopes).ExecuteAsync();
        """,
        """
        var app = Builder.Build();
        app.AppTokenCache.SetBeforeAccess(_ => { });
        return await app.AcquireTokenForClient(scopes).ExecuteAsync();
        """,
        """
        var app = Builder.Build();
        Extensions.AddCache(app);
        return await app.AcquireTokenForClient(scopes).ExecuteAsync();
        """,
        """
        var app = Builder.Build();
        Extensions.Register(app.AppTokenCache);
        return await app.AcquireTokenForClient(scopes).ExecuteAsync();
        """));

    [Fact]
    public Task An_application_that_is_kept_is_silent() => Rule.IsSilent(Cases.Of(
        InMethod,
        """
        var app = _byTenant.GetOrAdd("tenant", tenant => Builder.Build());
        return await app.AcquireTokenForClient(scopes).ExecuteAsync();
        """,
        """
        var app = Builder.Build();
        _kept = app;
        return await app.AcquireTokenForClient(scopes).ExecuteAsync();
        """,
        """
        var app = Builder.Build();
        _all["a"] = app;
        return await app.AcquireTokenForClient(scopes).ExecuteAsync();
        """,
        """
        var app = _all.TryGetValue("a", out var known) ? known : Builder.Build();
        _all["a"] = app;
        return await app.AcquireTokenForClient(scopes).ExecuteAsync();
        """,
        """
        _kept ??= Builder.Build();
        return await _kept.AcquireTokenForClient(scopes).ExecuteAsync();
        """,
        """
        var app = Builder.Build();
        Func<Task<AuthenticationResult>> again = () => app.AcquireTokenForClient(scopes).ExecuteAsync();
        await app.AcquireTokenForClient(scopes).ExecuteAsync();
        return await again();
        """));

    [Fact]
    public Task An_application_that_is_built_or_configured_elsewhere_is_silent() => Rule.IsSilent(Cases.Of(
        InMethod,
        """
        var app = Builder.Configure().Build();
        return await app.AcquireTokenForClient(scopes).ExecuteAsync();
        """,
        """
        // var app = Builder.Build();
        return await given.AcquireTokenForClient(scopes).ExecuteAsync();
        """));

    [Fact]
    public Task An_application_that_serves_a_loop_is_silent() => Rule.IsSilent(Cases.Of(
        InMethod,
        """
        var app = Builder.Build();
        foreach (var scope in scopes) await app.AcquireTokenForClient([scope]).ExecuteAsync();
        return null!;
        """,
        """
        var app = Builder.Build();
        while (true)
        {
            await app.AcquireTokenForClient(scopes).ExecuteAsync();
            await Task.Delay(1000);
        }
        """,
        """
        var app = Builder.Build();
        await foreach (var scope in Coming()) await app.AcquireTokenForClient([scope]).ExecuteAsync();
        return null!;

        static async IAsyncEnumerable<string> Coming()
        {
            await Task.Yield();
            yield return "r/.default";
        }
        """,
        """
        var app = Builder.Build();
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(5));
        do await app.AcquireTokenForClient(scopes).ExecuteAsync();
        while (await timer.WaitForNextTickAsync());
        return null!;
        """));

    [Theory]
    [InlineData(
        """
        public C(string[] scopes)
        {
            var app = ConfidentialClientApplicationBuilder.Create("id").Build();
            app.AcquireTokenForClient(scopes).ExecuteAsync().Wait();
        }
        """)]
    [InlineData(
        """
        static Task Main(string[] scopes) =>
            ConfidentialClientApplicationBuilder.Create("id").Build().AcquireTokenForClient(scopes).ExecuteAsync();
        """)]
    [InlineData(
        """
        [System.Runtime.CompilerServices.ModuleInitializer]
        internal static void Begin() =>
            ConfidentialClientApplicationBuilder.Create("id").Build().AcquireTokenForClient([]).ExecuteAsync().Wait();
        """)]
    [InlineData(
        """
        public Task StartAsync(string[] scopes) =>
            ConfidentialClientApplicationBuilder.Create("id").Build().AcquireTokenForClient(scopes).ExecuteAsync();
        """)]
    [InlineData(
        """
        void Create(string[] scopes, out IConfidentialClientApplication app)
        {
            app = ConfidentialClientApplicationBuilder.Create("id").Build();
            app.AcquireTokenForClient(scopes).ExecuteAsync().Wait();
        }
        """)]
    [InlineData(
        """
        private readonly Task _first = ConfidentialClientApplicationBuilder
            .Create("id")
            .Build()
            .AcquireTokenForClient(new string[0])
            .ExecuteAsync();
        """)]
    [InlineData(
        """
        IConfidentialClientApplication Create(string[] scopes)
        {
            var app = ConfidentialClientApplicationBuilder.Create("id").Build();
            app.AcquireTokenForClient(scopes).ExecuteAsync().Wait();
            return app;
        }
        """)]
    [InlineData(
        """
        bool TryCreate(string[] scopes, out IConfidentialClientApplication app)
        {
            app = ConfidentialClientApplicationBuilder.Create("id").Build();
            app.AcquireTokenForClient(scopes).ExecuteAsync().Wait();
            return true;
        }
        """)]
    public Task A_body_that_runs_once_or_returns_the_application_is_silent(string member) => Rule.IsSilent($"class C {{ {member} }}");

    [Fact]
    public Task Top_level_statements_are_silent() =>
        (Rule with { Sample = new() { OutputKind = Microsoft.CodeAnalysis.OutputKind.ConsoleApplication } }).IsSilent(
        "await ConfidentialClientApplicationBuilder.Create(\"id\").Build().AcquireTokenForClient(args).ExecuteAsync();");

    [Fact]
    public Task Broken_code_is_silent() => Rule.IsSilent(
        InMethod("return await Builder.WithTenantId({|CS0103:unknown|}).Build().AcquireTokenForClient(scopes).ExecuteAsync();"));

    [Fact]
    public Task The_fix_lifts_the_application_into_a_field_of_its_own_name() => Rule.Fixes(
        [InType("C", Before), InType("D", Before)],
        [InType("C", After), InType("D", After)]);

    private const string Before =
        """
            private const string Tenant = "t";
            private static readonly string _id = "id";

            public async Task First(string[] scopes)
            {
                // One for all.
                var orders = ConfidentialClientApplicationBuilder
                    .{|MPOP1006:Create|}(_id)
                    .WithTenantId(Tenant) // ours
                    .WithClientAssertion((options, cancellation) => Task.FromResult(new ClientSignedAssertion { Assertion = options.ClientID }))
                    .Build();
                await orders.AcquireTokenForClient(scopes).ExecuteAsync();
                var machine = ManagedIdentityApplicationBuilder.{|MPOP1006:Create|}(ManagedIdentityId.SystemAssigned).Build();
                await machine.AcquireTokenForManagedIdentity("r").WithMtlsProofOfPossession().ExecuteAsync();
                await ConfidentialClientApplicationBuilder.{|MPOP1006:Create|}("other").Build().AcquireTokenForClient(scopes).ExecuteAsync();
            }
        """;

    private const string After =
        """
            private const string Tenant = "t";
            private static readonly string _id = "id";
            private static readonly IConfidentialClientApplication _orders = ConfidentialClientApplicationBuilder
                .Create(_id)
                .WithTenantId(Tenant) // ours
                .WithClientAssertion((options, cancellation) => Task.FromResult(new ClientSignedAssertion { Assertion = options.ClientID }))
                .Build();
            private static readonly IManagedIdentityApplication _machine = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.SystemAssigned).Build();
            private static readonly IConfidentialClientApplication _app = ConfidentialClientApplicationBuilder.Create("other").Build();

            public async Task First(string[] scopes)
            {
                // One for all.
                var orders = _orders;
                await orders.AcquireTokenForClient(scopes).ExecuteAsync();
                var machine = _machine;
                await machine.AcquireTokenForManagedIdentity("r").WithMtlsProofOfPossession().ExecuteAsync();
                await _app.AcquireTokenForClient(scopes).ExecuteAsync();
            }
        """;

    [Fact]
    public Task The_fix_keeps_what_a_static_factory_gives_for_constants() => Rule.Fixes(
        """
        class C
        {
            async Task M(string[] scopes)
            {
                var app = Factory.{|MPOP1006:New|}("id");
                await app.AcquireTokenForClient(scopes).ExecuteAsync();
            }
        }

        static class Factory
        {
            public static IConfidentialClientApplication New(string id) => ConfidentialClientApplicationBuilder.Create(id).Build();
        }
        """,
        """
        class C
        {
            private static readonly IConfidentialClientApplication _app = Factory.New("id");

            async Task M(string[] scopes)
            {
                var app = _app;
                await app.AcquireTokenForClient(scopes).ExecuteAsync();
            }
        }

        static class Factory
        {
            public static IConfidentialClientApplication New(string id) => ConfidentialClientApplicationBuilder.Create(id).Build();
        }
        """);

    [Theory]
    [InlineData("id)")]
    [InlineData("_id)")]
    [InlineData("Id())")]
    [InlineData("Guid.NewGuid().ToString())")]
    [InlineData("typeof(T).Name)")]
    [InlineData("\"a\").WithLogging((level, message, pii) => Console.WriteLine(_id))")]
    public Task No_fix_is_offered_where_the_application_depends_on_the_call(string build) => Rule.ReportsWithoutFix(
        $$"""
        class C
        {
            private readonly string _id = "id";

            private static string Id() => "id";

            Task M<T>(string id, string[] scopes) =>
                ConfidentialClientApplicationBuilder.{|MPOP1006:Create|}({{build}}.Build().AcquireTokenForClient(scopes).ExecuteAsync();
        }
        """);

    private const string WithChain = "WithCertificate(_certificate, sendX5C: true)";

    [Theory]
    [InlineData(
        $"WithTenantId(\"contoso.com\").{WithChain}",
        """
        Certificate("id", new Uri("https://login.microsoftonline.com/contoso.com"), _certificate)
        """)]
    [InlineData(
        $"WithTenantId(Tenant).{WithChain}",
        """
        Certificate("id", new Uri("https://login.microsoftonline.com/" + Tenant), _certificate)
        """)]
    [InlineData($"{WithChain}.WithAuthority(Authority)", "Certificate(\"id\", new Uri(Authority), _certificate)")]
    [InlineData($"WithAuthority(new Uri(Authority)).{WithChain}", "Certificate(\"id\", new Uri(Authority), _certificate)")]
    [InlineData($"WithTenantId(\"t\").WithAzureRegion(\"westus3\").{WithChain}",
        "Certificate(\"id\", new Uri(\"https://login.microsoftonline.com/t\"), _certificate, new() { Region = \"westus3\" })")]
    [InlineData(
        """
        WithTenantId("t").WithAzureRegion().WithCertificate(_certificate, new CertificateOptions { SendX5C = true })
        """,
        """
        Certificate("id", new Uri("https://login.microsoftonline.com/t"), _certificate, new() { Region = ConfidentialClientApplication.AttemptRegionDiscovery })
        """)]
    [InlineData(
        $"WithClientName(\"orders\").WithTenantId(\"t\").{WithChain}.WithClientVersion(\"1\")",
        $$"""
        Certificate("id", {{Authority}}, _certificate, new() { Configure = builder => builder.WithClientName("orders").WithClientVersion("1") })
        """)]
    [InlineData(
        """
        WithExperimentalFeatures().WithTenantId("t").WithCertificate(_ => Task.FromResult(_certificate), new CertificateOptions { SendX5C = true })
        """,
        $$"""
        Certificate("id", {{Authority}}, _ => Task.FromResult(_certificate), new() { Configure = builder => builder.WithExperimentalFeatures() })
        """)]
    [InlineData(
        $"WithTenantId(\"t\").WithAzureRegion(\"westus3\").{WithChain}.WithHttpClientFactory(new MtlsPop.PooledMsalHttpClientFactory())",
        $$"""
        Certificate("id", {{Authority}}, _certificate, new() { Region = "westus3", HttpClientFactory = new PooledMsalHttpClientFactory() })
        """)]
    [InlineData(
        $"WithTenantId(\"t\").WithClientAssertion(async (_, token) => {{ var leg = {FirstLeg}; return {OfLeg}; }})",
        """
        Federated("id", new Uri("https://login.microsoftonline.com/t"), _identity)
        """)]
    public Task The_runtime_builds_a_client_of_bound_requests(string steps, string call) => RuntimeRule.Fixes(
        OfClient($"{ReportedClient}.{steps}.Build()"),
        OfClient("_app", $"    private static readonly IConfidentialClientApplication _app = MtlsPopApplication.{call};\n"));

    [Theory]
    [InlineData("Certificate(\"id\", new Uri(Authority), _certificate, new() { Configure = builder => builder.WithClientName(\"orders\") })")]
    [InlineData("Federated(\"id\", new Uri(Authority), _identity)")]
    public Task What_the_runtime_builds_is_clean_of_every_rule(string call) => new EveryRule { Sample = RuntimeRule.Sample }.IsSilent(
        OfClient("_app", $"    private static readonly IConfidentialClientApplication _app = MtlsPopApplication.{call};\n"));

    [Theory]
    [InlineData(WithChain)]
    [InlineData($"WithTenantId(\"common\").{WithChain}")]
    [InlineData($"WithTenantId(_tenant).{WithChain}")]
    [InlineData($"WithTenantId(\"t\").WithAuthority(Authority).{WithChain}")]
    [InlineData($"WithAuthority(Authority, false).{WithChain}")]
    [InlineData($"WithAuthority(AzureCloudInstance.AzurePublic, \"t\").{WithChain}")]
    [InlineData($"WithAdfsAuthority(\"https://fs.contoso.com/adfs\").{WithChain}")]
    [InlineData("WithTenantId(\"t\").WithCertificate(_certificate)")]
    [InlineData("WithTenantId(\"t\").WithCertificate(_certificate, sendX5C: false)")]
    [InlineData(
        """
        WithTenantId("t").WithCertificate(_certificate, new CertificateOptions { SendX5C = true, SendCertificateOverMtls = true })
        """)]
    [InlineData($"WithTenantId(\"t\").WithClientSecret(\"s\").{WithChain}")]
    [InlineData($"WithTenantId(\"t\").WithAzureRegion(\"West US\").{WithChain}")]
    [InlineData($"WithTenantId(\"t\").WithAzureRegion(\"tryautodetect\").{WithChain}")]
    [InlineData($"WithTenantId(\"t\").WithClientName(@\"of\ntwo lines\").{WithChain}")]
    [InlineData($"WithTenantId(\"t\").{WithChain}.WithHttpClientFactory((IMsalHttpClientFactory)null)")]
    [InlineData($"WithTenantId(\"t\") /* ours */ .{WithChain}")]
    [InlineData(
        """
        WithTenantId("t").WithClientAssertion((_, token) =>
            Task.FromResult(new ClientSignedAssertion { Assertion = _tenant, TokenBindingCertificate = _certificate }))
        """)]
    [InlineData(
        $"WithAuthority(\"https://login.contoso.example/t\").WithClientAssertion(async (_, token) => {{ var leg = {FirstLeg}; return {OfLeg}; }})")]
    public Task The_runtime_is_not_offered_where_it_would_build_another_client_or_none(string steps) =>
        RuntimeRule.ReportsWithoutFix(OfClient($"{ReportedClient}.{steps}.Build()"));

    [Fact]
    public Task A_type_of_the_same_name_is_not_mistaken_for_the_runtime_s() => RuntimeRule.Fixes(
        OfClient($"{ReportedClient}.WithTenantId(\"t\").{WithChain}.Build()") + "\nclass MtlsPopApplication;",
        (OfClient(
            "_app",
            "    private static readonly IConfidentialClientApplication _app = " +
            $"MtlsPop.MtlsPopApplication.Certificate(\"id\", {Authority}, _certificate);\n")
            + "\nclass MtlsPopApplication;").Replace("using MtlsPop;\n\n", "", StringComparison.Ordinal));

    [Fact]
    public Task The_runtime_is_not_offered_for_bearer_tokens() =>
        RuntimeRule.ReportsWithoutFix(OfClient($"{ReportedClient}.WithTenantId(\"t\").{WithChain}.Build()")
            .Replace(".WithMtlsProofOfPossession()", "", StringComparison.Ordinal));

    [Fact]
    public Task The_runtime_is_not_offered_where_it_is_not_referenced() =>
        (RuntimeRule with { Sample = RuntimeRule.Sample with { ReferencesRuntime = false } }).ReportsWithoutFix(
            OfClient($"{ReportedClient}.WithTenantId(\"t\").{WithChain}.Build()"));

    [Fact]
    public Task The_runtime_s_applications_are_laid_out_as_the_steps_are_in_every_document() => RuntimeRule.Fixes(
        [InType("C", OfBoth), InType("D", OfBoth)],
        ["using MtlsPop;\n\n" + InType("C", OfBothByRuntime), "using MtlsPop;\n\n" + InType("D", OfBothByRuntime)]);

    private const string OfBoth =
        """
            private static readonly X509Certificate2 _certificate = new("client.pfx");

            public async Task First(string[] scopes)
            {
                // One for all.
                var orders = ConfidentialClientApplicationBuilder
                    .{|MPOP1006:Create|}("id")
                    .WithTenantId("contoso.com")
                    .WithCertificate(_certificate, sendX5C: true)
                    .WithLogging((level, message, pii) =>
                    {
                        Console.WriteLine(message);
                    })
                    .Build(); // kept
                await orders.AcquireTokenForClient(scopes).ExecuteAsync();
                await orders.AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync();
                await ManagedIdentityApplicationBuilder.{|MPOP1006:Create|}(ManagedIdentityId.SystemAssigned).WithClientCapabilities(["cp1"]).Build()
                    .AcquireTokenForManagedIdentity("r").WithMtlsProofOfPossession().ExecuteAsync();
                var machine = ManagedIdentityApplicationBuilder
                    .{|MPOP1006:Create|}(managedIdentityId: ManagedIdentityId.WithUserAssignedClientId("id"))
                    .Build();
                await machine.AcquireTokenForManagedIdentity("r").WithMtlsProofOfPossession().ExecuteAsync();
            }
        """;

    private const string OfBothByRuntime =
        $$"""
            private static readonly X509Certificate2 _certificate = new("client.pfx");
            private static readonly IConfidentialClientApplication _orders = MtlsPopApplication.Certificate(
                "id",
                new Uri("https://login.microsoftonline.com/contoso.com"),
                _certificate,
                new()
                {
                    Configure = builder => builder
                        .WithLogging((level, message, pii) =>
                        {
                            Console.WriteLine(message);
                        }),
                });
            private static readonly IManagedIdentityApplication _app = MtlsPopApplication.ManagedIdentity(ManagedIdentityId.SystemAssigned, {{WithCapability}});
            private static readonly IManagedIdentityApplication _machine = MtlsPopApplication.ManagedIdentity(ManagedIdentityId.WithUserAssignedClientId("id"));

            public async Task First(string[] scopes)
            {
                // One for all.
                var orders = _orders; // kept
                await orders.AcquireTokenForClient(scopes).ExecuteAsync();
                await orders.AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync();
                await _app
                    .AcquireTokenForManagedIdentity("r").WithMtlsProofOfPossession().ExecuteAsync();
                var machine = _machine;
                await machine.AcquireTokenForManagedIdentity("r").WithMtlsProofOfPossession().ExecuteAsync();
            }
        """;

    private const string Client = "ConfidentialClientApplicationBuilder.Create(\"id\")";
    private const string ReportedClient = "ConfidentialClientApplicationBuilder.{|MPOP1006:Create|}(\"id\")";
    private const string Authority = "new Uri(\"https://login.microsoftonline.com/t\")";
    private const string WithCapability = "new() { Configure = builder => builder.WithClientCapabilities([\"cp1\"]) }";
    private const string OfLeg = "new ClientSignedAssertion { Assertion = leg.AccessToken, TokenBindingCertificate = leg.BindingCertificate }";
    private const string FirstLeg =
        "await _identity.AcquireTokenForManagedIdentity(\"api://AzureADTokenExchange\")" +
        ".WithMtlsProofOfPossession().WithAttestationSupport().ExecuteAsync(token).ConfigureAwait(false)";

    private static string OfClient(string app, string field = "") =>
        $$"""
        {{(field.Length > 0 ? "using MtlsPop;\n\n" : "")}}class C
        {
            private const string Tenant = "contoso.com";
            private const string Authority = "https://login.microsoftonline.us/contoso.com";
            private static readonly string _tenant = "contoso.com";
            private static readonly X509Certificate2 _certificate = new("client.pfx");
            private static readonly IManagedIdentityApplication _identity = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.SystemAssigned).Build();
        {{field}}
            Task<AuthenticationResult> M(string[] scopes) => {{app}}.AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync();
        }
        """;

    private static string InType(string name, string members) =>
        $$"""
        class {{name}}
        {
        {{members}}
        }
        """;

    private static string InMethod(string body) =>
        $$"""
        class C
        {
            private static readonly Dictionary<string, IConfidentialClientApplication> _all = new();
            private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, IConfidentialClientApplication> _byTenant = new();
            private IConfidentialClientApplication? _kept;

            private static ConfidentialClientApplicationBuilder Builder => ConfidentialClientApplicationBuilder.Create("id");

            async Task<AuthenticationResult> M(IConfidentialClientApplication given, string[] scopes, bool flag)
            {
                {{body}}
            }
        }

        static class Extensions
        {
            public static void AddCache(this IConfidentialClientApplication app) => Register(app.AppTokenCache);

            public static void Register(ITokenCache cache) => cache.SetBeforeAccess(_ => { });

            public static ConfidentialClientApplicationBuilder Configure(this ConfidentialClientApplicationBuilder builder) =>
                builder.WithCacheOptions(CacheOptions.EnableSharedCacheOptions);
        }
        """;
}
