using MtlsPop.Analyzers.Federation;
using MtlsPop.CodeFixes.Federation;

namespace MtlsPop.Analyzers.Tests.Federation;

public sealed class FirstLegCapturedTests
{
    private const string Assertion = "new ClientSignedAssertion { Assertion = leg1.AccessToken, TokenBindingCertificate = leg1.BindingCertificate }";

    private const string FirstLeg = "var firstLeg = await FirstLeg().ConfigureAwait(false);";

    private const string OfFirstLeg =
        "new ClientSignedAssertion { Assertion = firstLeg.AccessToken, TokenBindingCertificate = firstLeg.BindingCertificate }";

    private const string Acquired =
        "var leg1 = await identity.AcquireTokenForManagedIdentity(\"api://AzureADTokenExchange\")" +
        ".WithMtlsProofOfPossession().WithAttestationSupport().ExecuteAsync();\n        ";

    private static readonly Verify<FederationAnalyzer, FirstLegCapturedFix> Rule = new("MPOP4007");

    private static readonly Verify<FederationAnalyzer, FirstLegCapturedFix> _runtimeRule =
        Rule with { Sample = new() { ReferencesRuntime = true }, Action = "MPOP4007.Runtime" };

    [Fact]
    public Task A_first_leg_from_outside_is_reported_where_the_application_stays() => Rule.Reports(Cases.Of(
        InType,
        $$"""
        var leg1 = await FirstLeg();
        _app = Builder.{|MPOP4007:WithClientAssertion|}((options, cancellation) => Task.FromResult({{Assertion}})).Build();
        """,
        $$"""
        var leg1 = await FirstLeg();
        App = Builder.{|MPOP4007:WithClientAssertion|}(async (options, cancellation) =>
        {
            await Task.Yield();
            return {{Assertion}};
        }).Build();
        """,
        $$"""
        var leg1 = await FirstLeg();
        return Builder.{|MPOP4007:WithClientAssertion|}((options, cancellation) => Task.FromResult({{Assertion}})).Build();
        """,
        $$"""
        var leg1 = await FirstLeg();
        services.AddSingleton(
            Builder.{|MPOP4007:WithClientAssertion|}((options, cancellation) => Task.FromResult({{Assertion}})).Build());
        """,
        $$"""
        var leg1 = await FirstLeg();
        _all["a"] = Builder.{|MPOP4007:WithClientAssertion|}((options, cancellation) => Task.FromResult({{Assertion}})).Build();
        """,
        $$"""
        var leg1 = given;
        _app ??= Builder.{|MPOP4007:WithClientAssertion|}((options, cancellation) => Task.FromResult({{Assertion}})).Build();
        """));

    [Fact]
    public Task A_first_leg_is_followed_through_variables_and_functions() => Rule.Reports(Cases.Of(
        InType,
        $$"""
        var leg1 = await FirstLeg();
        var assertion = {{Assertion}};
        _app = Builder.{|MPOP4007:WithClientAssertion|}((options, cancellation) => Task.FromResult(assertion)).Build();
        """,
        $$"""
        var leg1 = await FirstLeg();
        _app = Builder.{|MPOP4007:WithClientAssertion|}(Provide).Build();
        Task<ClientSignedAssertion> Provide(AssertionRequestOptions options, CancellationToken cancellation) =>
            Task.FromResult({{Assertion}});
        """,
        $$"""
        var leg1 = await FirstLeg();
        Func<AssertionRequestOptions, CancellationToken, Task<ClientSignedAssertion>> provide = (options, cancellation) =>
            Task.FromResult({{Assertion}});
        _app = Builder.{|MPOP4007:WithClientAssertion|}(provide).Build();
        """,
        "_app = Builder.{|MPOP4007:WithClientAssertion|}(Provider(await FirstLeg())).Build();"));

    [Fact]
    public Task A_first_leg_that_is_acquired_once_on_demand_is_reported() => Rule.Reports(InType(
        $$"""
        var lazy = new Lazy<Task<AuthenticationResult>>(() => FirstLeg());
        _app = Builder.{|MPOP4007:WithClientAssertion|}(async (options, cancellation) =>
        {
            var leg1 = await lazy.Value;
            return {{Assertion}};
        }).Build();
        """));

    [Fact]
    public Task A_callback_that_acquires_is_silent() => Rule.IsSilent(Cases.Of(
        InType,
        $$"""
        _app = Builder.WithClientAssertion(async (options, cancellation) =>
        {
            var leg1 = await FirstLeg();
            return {{Assertion}};
        }).Build();
        """,
        $$"""
        _app = Builder.WithClientAssertion(async (options, cancellation) =>
        {
            var leg1 = await cache.GetAsync();
            return {{Assertion}};
        }).Build();
        """));

    [Fact]
    public Task A_callback_that_refreshes_or_whose_field_may_be_refreshed_is_silent() => Rule.IsSilent(Cases.Of(
        InType,
        """
        _leg1 = await FirstLeg();
        _app = Builder.WithClientAssertion((options, cancellation) =>
            Task.FromResult(
                new ClientSignedAssertion { Assertion = _leg1.AccessToken, TokenBindingCertificate = _leg1.BindingCertificate })).Build();
        """,
        $$"""
        _app = Builder.WithClientAssertion(async (options, cancellation) =>
        {
            if (_leg1 is null || _leg1.ExpiresOn < DateTimeOffset.UtcNow) _leg1 = await FirstLeg();
            var leg1 = _leg1;
            return {{Assertion}};
        }).Build();
        """,
        $$"""
        var leg1 = await FirstLeg();
        _app = Builder.WithClientAssertion(async (options, cancellation) =>
        {
            if (leg1.ExpiresOn < DateTimeOffset.UtcNow) leg1 = await FirstLeg();
            return {{Assertion}};
        }).Build();
        """));

    [Fact]
    public Task An_application_that_does_not_stay_is_silent() => Rule.IsSilent(Cases.Of(
        InType,
        $$"""
        var leg1 = await FirstLeg();
        var app = Builder.WithClientAssertion((options, cancellation) => Task.FromResult({{Assertion}})).Build();
        await app.AcquireTokenForClient(["https://vault.azure.net/.default"]).WithMtlsProofOfPossession().ExecuteAsync();
        """,
        $$"""
        var leg1 = given;
        return Builder.WithClientAssertion((options, cancellation) => Task.FromResult({{Assertion}})).Build();
        """));

    [Fact]
    public Task A_first_leg_that_is_not_bound_is_silent() => Rule.IsSilent(Cases.Of(
        InType,
        """
        var leg1 = await FirstLeg();
        _app = Builder.WithClientAssertion((options, cancellation) =>
            Task.FromResult(new ClientSignedAssertion { Assertion = leg1.AccessToken })).Build();
        """,
        """
        var leg1 = await identity.AcquireTokenForManagedIdentity("api://AzureADTokenExchange").ExecuteAsync();
        _app = Builder.WithClientAssertion((AssertionRequestOptions options) => Task.FromResult(leg1.AccessToken)).Build();
        """));

    [Fact]
    public Task An_application_in_an_object_that_is_returned_is_reported() => Rule.Reports(
        """
        sealed class Graph
        {
            private readonly IConfidentialClientApplication _app;

            private Graph(IConfidentialClientApplication app) => _app = app;

            public static async Task<Graph> Start(IManagedIdentityApplication identity)
            {
                var leg1 = await identity.AcquireTokenForManagedIdentity("api://AzureADTokenExchange").WithMtlsProofOfPossession().ExecuteAsync();
                var app = ConfidentialClientApplicationBuilder.Create("id").WithTenantId("tenant").{|MPOP4007:WithClientAssertion|}((options, cancellation) =>
                    Task.FromResult(new ClientSignedAssertion { Assertion = leg1.AccessToken, TokenBindingCertificate = leg1.BindingCertificate })).Build();
                return new Graph(app);
            }

            private Task<AuthenticationResult> Acquire() =>
                _app.AcquireTokenForClient(["https://graph.microsoft.com/.default"]).WithMtlsProofOfPossession().ExecuteAsync();
        }
        """);

    [Fact]
    public Task An_application_in_an_object_that_is_dropped_is_silent() => Rule.IsSilent(
        """
        sealed class Graph
        {
            private readonly IConfidentialClientApplication _app;

            private Graph(IConfidentialClientApplication app) => _app = app;

            public static async Task<AuthenticationResult> Start(IManagedIdentityApplication identity)
            {
                var leg1 = await identity.AcquireTokenForManagedIdentity("api://AzureADTokenExchange").WithMtlsProofOfPossession().ExecuteAsync();
                var app = ConfidentialClientApplicationBuilder.Create("id").WithTenantId("tenant").WithClientAssertion((options, cancellation) =>
                    Task.FromResult(new ClientSignedAssertion { Assertion = leg1.AccessToken, TokenBindingCertificate = leg1.BindingCertificate })).Build();
                return await new Graph(app).Acquire();
            }

            private Task<AuthenticationResult> Acquire() =>
                _app.AcquireTokenForClient(["https://graph.microsoft.com/.default"]).WithMtlsProofOfPossession().ExecuteAsync();
        }
        """);

    [Fact]
    public Task The_fix_moves_the_acquisition_into_the_callback() => Rule.Fixes(
        InType(
            """
            var leg1 = await identity
                .AcquireTokenForManagedIdentity("api://AzureADTokenExchange")
                .WithMtlsProofOfPossession()
                .WithAttestationSupport()
                .ExecuteAsync();
                    _app = Builder
                        .{|MPOP4007:WithClientAssertion|}((_, _) => Task.FromResult(new ClientSignedAssertion
                        {
                            Assertion = leg1.AccessToken, // the token
                            TokenBindingCertificate = leg1.BindingCertificate,
                        }))
                        .Build();
            """),
        InType(
            """
            _app = Builder
                        .WithClientAssertion(async (_, cancellationToken) =>
                        {
                            var leg1 = await identity
                                .AcquireTokenForManagedIdentity("api://AzureADTokenExchange")
                                .WithMtlsProofOfPossession()
                                .WithAttestationSupport()
                                .ExecuteAsync(cancellationToken)
                                .ConfigureAwait(false);
                            return new ClientSignedAssertion
                            {
                                Assertion = leg1.AccessToken, // the token
                                TokenBindingCertificate = leg1.BindingCertificate,
                            };
                        })
                        .Build();
            """));

    [Fact]
    public Task The_fix_leaves_a_result_that_is_used_elsewhere_and_the_statements_of_the_callback() => Rule.Fixes(
        InType(
            $$"""
            var leg1 = await FirstLeg();
                    Console.WriteLine(leg1.ExpiresOn);
                    App = Builder.{|MPOP4007:WithClientAssertion|}((options, cancellation) =>
                    {
                        // Present both
                        Console.WriteLine(options.TokenEndpoint);
                        return Task.FromResult(new ClientSignedAssertion { Assertion = leg1.AccessToken, TokenBindingCertificate = leg1.BindingCertificate });
                    }).Build();
                    _app = Builder.{|MPOP4007:WithClientAssertion|}((options, cancellation) => Task.FromResult({{Assertion}})).Build();
                    App = Builder.{|MPOP4007:WithClientAssertion|}(async (options, cancellation) => { await Task.Yield(); return {{Assertion}}; }).Build();
            """),
        InType(
            $$"""
            var leg1 = await FirstLeg();
                    Console.WriteLine(leg1.ExpiresOn);
                    App = Builder.WithClientAssertion(async (options, cancellation) =>
                    {
                        // Present both
                        var firstLeg = await FirstLeg()
                            .ConfigureAwait(false);
                        Console.WriteLine(options.TokenEndpoint);
                        return new ClientSignedAssertion { Assertion = firstLeg.AccessToken, TokenBindingCertificate = firstLeg.BindingCertificate };
                    }).Build();
                    _app = Builder.WithClientAssertion(async (options, cancellation) =>
                    {
                        var firstLeg = await FirstLeg()
                            .ConfigureAwait(false);
                        return new ClientSignedAssertion { Assertion = firstLeg.AccessToken, TokenBindingCertificate = firstLeg.BindingCertificate };
                    }).Build();
                    App = Builder.WithClientAssertion(async (options, cancellation) => { {{FirstLeg}} await Task.Yield(); return {{OfFirstLeg}}; }).Build();
            """));

    [Fact]
    public Task The_fix_keeps_what_is_said_of_the_assertion() => Rule.Fixes(
        InType(
            """
            var leg1 = await FirstLeg();
                    Console.WriteLine(leg1.ExpiresOn);
                    _app = Builder.{|MPOP4007:WithClientAssertion|}((options, cancellation) => Task.FromResult( // both
                        new ClientSignedAssertion { Assertion = leg1.AccessToken, TokenBindingCertificate = leg1.BindingCertificate })).Build();
            """),
        InType(
            """
            var leg1 = await FirstLeg();
                    Console.WriteLine(leg1.ExpiresOn);
                    _app = Builder.WithClientAssertion(async (options, cancellation) =>
                    {
                        // both
                        var firstLeg = await FirstLeg()
                            .ConfigureAwait(false);
                        return new ClientSignedAssertion { Assertion = firstLeg.AccessToken, TokenBindingCertificate = firstLeg.BindingCertificate };
                    }).Build();
            """));

    [Theory]
    [InlineData(
        $$"""
        var leg1 = await FirstLeg();
        var assertion = {{Assertion}};
        _app = Builder.{|MPOP4007:WithClientAssertion|}((options, cancellation) => Task.FromResult(assertion)).Build();
        """)]
    [InlineData(
        """
        var leg1 = await FirstLeg();
        var certificate = leg1.BindingCertificate;
        _app = Builder.{|MPOP4007:WithClientAssertion|}((options, cancellation) =>
            Task.FromResult(new ClientSignedAssertion { Assertion = leg1.AccessToken, TokenBindingCertificate = certificate })).Build();
        """)]
    public Task No_fix_is_offered_where_a_part_of_the_result_comes_by_another_way(string body) => Rule.ReportsWithoutFix(InType(body));

    [Theory]
    [InlineData(Acquired + "_app = Builder.{|MPOP4007:WithClientAssertion|}((options, cancellation) => Task.FromResult(" + Assertion + ")).Build();",
        "_app = Builder.WithBoundClientAssertion(identity).Build();")]
    [InlineData(Acquired + "return Builder.{|MPOP4007:WithClientAssertion|}(async (options, cancellation) => { return " + Assertion + "; }).Build();",
        "return Builder.WithBoundClientAssertion(identity).Build();")]
    [InlineData(
        $$"""
        {{Acquired}}App = Builder.{|MPOP4007:WithClientAssertion|}((options, cancellation) => Task.FromResult({{Assertion}})).Build();
                _app = Builder.{|MPOP4007:WithClientAssertion|}((options, cancellation) => Task.FromResult({{Assertion}})).Build();
        """,
        """
        App = Builder.WithBoundClientAssertion(identity).Build();
                _app = Builder.WithBoundClientAssertion(identity).Build();
        """)]
    [InlineData(
        $$"""
        {{Acquired}}Console.WriteLine(leg1.ExpiresOn);
                _app = Builder.{|MPOP4007:WithClientAssertion|}((options, cancellation) => Task.FromResult({{Assertion}})).Build();
        """,
        $$"""
        {{Acquired}}Console.WriteLine(leg1.ExpiresOn);
                _app = Builder.WithBoundClientAssertion(identity).Build();
        """)]
    [InlineData(
        $$"""
        var leg1 = await other.AcquireTokenForClient(["api://AzureADTokenExchange/.default"]).WithMtlsProofOfPossession().ExecuteAsync();
                _app = Builder.{|MPOP4007:WithClientAssertion|}((options, cancellation) => Task.FromResult({{Assertion}})).Build();
        """,
        "_app = Builder.WithBoundClientAssertion(other).Build();")]
    public Task Where_the_runtime_is_referenced_it_can_be_given_the_application_of_the_first_leg(string before, string after) =>
        _runtimeRule.Fixes(InType(before), "using MtlsPop;\n\n" + InType(after));

    [Fact]
    public Task The_runtime_s_call_is_clean_of_every_rule() => new EveryRule { Sample = _runtimeRule.Sample }.IsSilent(
        """
        using MtlsPop;

        public sealed class GraphApplication(IManagedIdentityApplication identity)
        {
            private readonly IConfidentialClientApplication _app = ConfidentialClientApplicationBuilder
                .Create("11111111-1111-1111-1111-111111111111")
                .WithTenantId("22222222-2222-2222-2222-222222222222")
                .WithBoundClientAssertion(identity)
                .Build();

            public async Task<AuthenticationResult> AcquireAsync(CancellationToken cancellationToken) => await _app
                .AcquireTokenForClient(["https://graph.microsoft.com/.default"])
                .WithMtlsProofOfPossession()
                .ExecuteAsync(cancellationToken)
                .ConfigureAwait(false);
        }
        """);

    [Theory]
    [InlineData(
        $$"""
        var leg1 = await FirstLeg();
        _app = Builder.{|MPOP4007:WithClientAssertion|}((options, cancellation) => Task.FromResult({{Assertion}})).Build();
        """)]
    [InlineData(
        $$"""
        var mine = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.SystemAssigned);
        var leg1 = await mine
            .Build()
            .AcquireTokenForManagedIdentity("api://AzureADTokenExchange")
            .WithMtlsProofOfPossession()
            .ExecuteAsync();
        _app = Builder.{|MPOP4007:WithClientAssertion|}((options, cancellation) => Task.FromResult({{Assertion}})).Build();
        """)]
    [InlineData(
        $$"""
        var leg1 = await identity
            .AcquireTokenForManagedIdentity("api://AzureADTokenExchange")
            .WithMtlsProofOfPossession()
            .WithForceRefresh(true)
            .ExecuteAsync();
        _app = Builder.{|MPOP4007:WithClientAssertion|}((options, cancellation) => Task.FromResult({{Assertion}})).Build();
        """)]
    [InlineData(
        $$"""
        var leg1 = await identity.AcquireTokenForManagedIdentity("api://own").WithMtlsProofOfPossession().ExecuteAsync();
        _app = Builder.{|MPOP4007:WithClientAssertion|}((options, cancellation) => Task.FromResult({{Assertion}})).Build();
        """)]
    [InlineData(
        $$"""
        {{Acquired}}_app = Builder.{|MPOP4007:WithClientAssertion|}((options, cancellation) =>
        {
            Console.WriteLine();
            return Task.FromResult({{Assertion}});
        }).Build();
        """)]
    [InlineData(
        $$"""
        {{Acquired}}_app = Builder
            .{|MPOP4007:WithClientAssertion|}((options, cancellation) => /* both */ Task.FromResult({{Assertion}}))
            .Build();
        """)]
    public Task The_runtime_is_not_offered_where_the_application_is_out_of_reach_or_code_would_be_lost(string body) =>
        _runtimeRule.ReportsWithoutFix(InType(body));

    [Theory]
    [InlineData(
        $$"""
        var leg1 = await FirstLeg();
        _app = Builder.WithClientAssertion((options, cancellation) => Task.FromResult({{Assertion}})).{|CS1061:Missing|}();
        """)]
    [InlineData(
        $$"""
        var leg1 = await FirstLeg();
        _app = Builder.WithClientAssertion((options, cancellation) => Task.FromResult({{Assertion}})).Build(){|CS1002:|}
        """)]
    public Task Broken_code_is_silent(string body) => Rule.IsSilent(InType(body));

    private static string InType(string body) =>
        $$"""
        class C(IManagedIdentityApplication identity)
        {
            private IConfidentialClientApplication? _app;
            private AuthenticationResult? _leg1;
            private readonly Dictionary<string, IConfidentialClientApplication> _all = new();

            public IConfidentialClientApplication? App { get; private set; }

            private static ConfidentialClientApplicationBuilder Builder => ConfidentialClientApplicationBuilder.Create("id");

            async Task<object?> M(Services services, AuthenticationResult given, ICache cache, IConfidentialClientApplication other)
            {
                {{body}}
                return (_app, _leg1);
            }

            private static Func<AssertionRequestOptions, CancellationToken, Task<ClientSignedAssertion>> Provider(AuthenticationResult leg1) =>
                (options, cancellation) => Task.FromResult({{Assertion}});

            private Task<AuthenticationResult> FirstLeg() =>
                identity.AcquireTokenForManagedIdentity("api://AzureADTokenExchange").WithMtlsProofOfPossession().ExecuteAsync();
        }

        interface ICache
        {
            Task<AuthenticationResult> GetAsync();
        }

        class Services
        {
            public void AddSingleton(IConfidentialClientApplication app) { }
        }
        """;
}
