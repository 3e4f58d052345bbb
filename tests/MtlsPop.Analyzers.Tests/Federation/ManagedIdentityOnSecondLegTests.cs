using MtlsPop.Analyzers.Federation;
using MtlsPop.CodeFixes.Federation;

namespace MtlsPop.Analyzers.Tests.Federation;

public sealed class ManagedIdentityOnSecondLegTests
{
    private static readonly Verify<FederationAnalyzer, ManagedIdentityOnSecondLegFix> Rule = new("MPOP4001");

    [Fact]
    public Task An_assertion_on_a_managed_identity_is_reported_although_it_does_not_compile() => Rule.Reports(Cases.Of(
        AfterFirstLeg,
        """
        var app = ManagedIdentityApplicationBuilder
            .Create(ManagedIdentityId.SystemAssigned)
            .{|CS1061:{|MPOP4001:WithClientAssertion|}|}(_ => Task.FromResult(leg1.AccessToken))
            .Build();
        """,
        """
        var builder = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.SystemAssigned);
        builder.{|CS1061:{|MPOP4001:WithClientAssertion|}|}(leg1.AccessToken);
        """,
        """
        await mi
            .AcquireTokenForManagedIdentity("https://vault.azure.net")
            .{|CS1061:{|MPOP4001:WithClientAssertion|}|}(leg1.AccessToken)
            .ExecuteAsync();
        """,
        "mi.{|CS1061:{|MPOP4001:WithClientAssertion|}|}(leg1.AccessToken);",
        """
        ManagedIdentityApplicationBuilder
            .Create({|CS0103:Missing|}.SystemAssigned)
            .{|MPOP4001:WithClientAssertion|}(leg1.AccessToken)
            .Build();
        """));

    [Fact]
    public Task A_request_for_the_final_resource_beside_an_unused_first_leg_is_reported() => Rule.Reports(Cases.Of(
        AfterFirstLeg,
        """
        await mi
            .{|MPOP4001:AcquireTokenForManagedIdentity|}("https://vault.azure.net")
            .WithMtlsProofOfPossession()
            .WithAttestationSupport()
            .ExecuteAsync();
        """,
        """
        var result = await mi
            .{|MPOP4001:AcquireTokenForManagedIdentity|}("https://vault.azure.net")
            .ExecuteAsync()
            .ConfigureAwait(false);
        """,
        """
        const string vault = "https://vault.azure.net";
        var request = mi.{|MPOP4001:AcquireTokenForManagedIdentity|}(resource: vault);
        request.WithMtlsProofOfPossession();
        var result = await request.ExecuteAsync();
        """));

    [Fact]
    public Task A_first_leg_that_is_only_looked_at_is_unused() => Rule.Reports(Cases.Of(
        AfterFirstLeg,
        """
        Console.WriteLine(leg1.ExpiresOn);
        var result = await mi
            .{|MPOP4001:AcquireTokenForManagedIdentity|}("https://vault.azure.net")
            .WithMtlsProofOfPossession()
            .ExecuteAsync();
        """,
        """
        Console.WriteLine(leg1.AccessToken);
        var result = await mi
            .{|MPOP4001:AcquireTokenForManagedIdentity|}("https://vault.azure.net")
            .WithClaims(leg1.AccessToken)
            .WithMtlsProofOfPossession()
            .ExecuteAsync();
        """));

    [Fact]
    public Task A_request_that_is_named_the_second_leg_is_reported() => Rule.Reports(Cases.Of(
        Alone,
        """
        var leg2 = await mi
            .{|MPOP4001:AcquireTokenForManagedIdentity|}("https://vault.azure.net")
            .WithMtlsProofOfPossession()
            .ExecuteAsync();
        """,
        """
        AuthenticationResult secondLegResult;
        secondLegResult = await mi
            .{|MPOP4001:AcquireTokenForManagedIdentity|}("https://vault.azure.net")
            .WithMtlsProofOfPossession()
            .ExecuteAsync();
        """,
        """
        var leg_two_app = mi;
        await leg_two_app
            .{|MPOP4001:AcquireTokenForManagedIdentity|}("https://vault.azure.net")
            .WithMtlsProofOfPossession()
            .ExecuteAsync();
        """));

    [Fact]
    public Task A_first_leg_that_is_exchanged_is_silent() => Rule.IsSilent(Cases.Of(
        AfterFirstLeg,
        """
        var app = ConfidentialClientApplicationBuilder
            .Create("id")
            .WithClientAssertion((options, token) =>
                Task.FromResult(
                    new ClientSignedAssertion { Assertion = leg1.AccessToken, TokenBindingCertificate = leg1.BindingCertificate }))
            .Build();
        await mi.AcquireTokenForManagedIdentity("https://vault.azure.net").ExecuteAsync();
        """,
        """
        var client = ConfidentialClientApplicationBuilder.Create("id").WithClientAssertion(leg1.AccessToken).Build();
        await mi.AcquireTokenForManagedIdentity("https://vault.azure.net").WithMtlsProofOfPossession().ExecuteAsync();
        """));

    [Fact]
    public Task A_first_leg_that_is_passed_on_or_kept_is_silent() => Rule.IsSilent(Cases.Of(
        AfterFirstLeg,
        """
        Send(leg1);
        await mi.AcquireTokenForManagedIdentity("https://vault.azure.net").WithMtlsProofOfPossession().ExecuteAsync();
        """,
        """
        Send($"jwt {leg1.AccessToken}");
        await mi.AcquireTokenForManagedIdentity("https://vault.azure.net").WithMtlsProofOfPossession().ExecuteAsync();
        """,
        """
        _token = leg1.AccessToken;
        await mi.AcquireTokenForManagedIdentity("https://vault.azure.net").WithMtlsProofOfPossession().ExecuteAsync();
        """,
        """
        _result = leg1;
        await mi.AcquireTokenForManagedIdentity("https://vault.azure.net").WithMtlsProofOfPossession().ExecuteAsync();
        """,
        """
        var sent = new string[1];
        sent[0] = leg1.AccessToken;
        await mi.AcquireTokenForManagedIdentity("https://vault.azure.net").WithMtlsProofOfPossession().ExecuteAsync();
        """,
        """
        Send(resource + leg1.AccessToken);
        await mi.AcquireTokenForManagedIdentity("https://vault.azure.net").WithMtlsProofOfPossession().ExecuteAsync();
        """));

    [Fact]
    public Task A_request_that_may_be_another_first_leg_is_silent() => Rule.IsSilent(Cases.Of(
        AfterFirstLeg,
        """
        var again = await mi
            .AcquireTokenForManagedIdentity("api://AzureADTokenExchange/.default")
            .WithMtlsProofOfPossession()
            .ExecuteAsync();
        """,
        "var again = await mi.AcquireTokenForManagedIdentity(resource).WithMtlsProofOfPossession().ExecuteAsync();"));

    [Fact]
    public Task A_direct_acquisition_is_silent() => Rule.IsSilent(Cases.Of(
        Alone,
        """
        var result = await mi.AcquireTokenForManagedIdentity("https://vault.azure.net").WithMtlsProofOfPossession().ExecuteAsync();
        """,
        """
        var legacy2 = await mi.AcquireTokenForManagedIdentity("https://vault.azure.net").WithMtlsProofOfPossession().ExecuteAsync();
        """,
        """
        var first = await mi.AcquireTokenForManagedIdentity("https://vault.azure.net").WithMtlsProofOfPossession().ExecuteAsync();
        var second = await mi
            .AcquireTokenForManagedIdentity("https://storage.azure.com")
            .WithMtlsProofOfPossession()
            .ExecuteAsync();
        """,
        """
        mi.Mine("x");
        """));

    [Fact]
    public Task A_second_leg_in_name_that_is_not_bound_or_for_the_exchange_is_silent() => Rule.IsSilent(Cases.Of(
        Alone,
        """
        var leg2 = await mi.AcquireTokenForManagedIdentity("https://vault.azure.net").ExecuteAsync();
        """,
        """
        var leg2 = await mi.AcquireTokenForManagedIdentity("api://AzureADTokenExchange").WithMtlsProofOfPossession().ExecuteAsync();
        """));

    [Fact]
    public Task Legs_that_are_not_bound_or_not_kept_are_silent() => Rule.IsSilent(Cases.Of(
        Alone,
        """
        var leg1 = await mi.AcquireTokenForManagedIdentity("api://AzureADTokenExchange").ExecuteAsync();
        var other = await mi.AcquireTokenForManagedIdentity("https://vault.azure.net").ExecuteAsync();
        """,
        """
        _ = await mi.AcquireTokenForManagedIdentity("api://AzureADTokenExchange").WithMtlsProofOfPossession().ExecuteAsync();
        _ = await mi.AcquireTokenForManagedIdentity("https://vault.azure.net").WithMtlsProofOfPossession().ExecuteAsync();
        """));

    [Fact]
    public Task A_first_leg_that_an_iterator_gives_out_is_silent() => Rule.IsSilent(
        """
        class C
        {
            async IAsyncEnumerable<string> M(IManagedIdentityApplication mi)
            {
                var leg1 = await mi.AcquireTokenForManagedIdentity("api://AzureADTokenExchange").WithMtlsProofOfPossession().ExecuteAsync();
                yield return leg1.AccessToken;
                var vault = await mi.AcquireTokenForManagedIdentity("https://vault.azure.net").WithMtlsProofOfPossession().ExecuteAsync();
                yield return vault.AccessToken;
            }
        }
        """);

    [Theory]
    [InlineData("await mi.AcquireTokenForManagedIdentity(\"https://vault.azure.net\").ExecuteAsync(){|CS1002:|}")]
    [InlineData("{|CS0103:missing|}.WithClientAssertion(leg1.AccessToken);")]
    [InlineData("await mi.AcquireTokenForManagedIdentity({|CS0103:missing|}).ExecuteAsync();")]
    public Task Other_broken_code_is_silent(string use) => Rule.IsSilent(AfterFirstLeg(use));

    [Fact]
    public Task The_fix_exchanges_the_first_leg_with_a_confidential_client_and_keeps_comments() => Rule.Fixes(
        """
        class C
        {
            async Task<AuthenticationResult> Acquire(IManagedIdentityApplication mi, CancellationToken cancellationToken)
            {
                // Leg 1: the token to exchange
                var leg1 = await mi.AcquireTokenForManagedIdentity("api://AzureADTokenExchange")
                    .WithMtlsProofOfPossession()
                    .WithAttestationSupport()
                    .ExecuteAsync(cancellationToken)
                    .ConfigureAwait(false);

                // Leg 2: the final token
                return await mi
                    .{|MPOP4001:AcquireTokenForManagedIdentity|}("https://vault.azure.net") // the vault
                    .WithMtlsProofOfPossession()
                    .WithAttestationSupport()
                    .ExecuteAsync(cancellationToken)
                    .ConfigureAwait(false);
            }
        }
        """,
        $$"""
        class C
        {
            async Task<AuthenticationResult> Acquire(IManagedIdentityApplication mi, CancellationToken cancellationToken)
            {
                // Leg 2: the final token
                const string tenantId = "<your tenant id>";
                const string clientId = "<your client id>";
                var secondLegApp = ConfidentialClientApplicationBuilder
                    .Create(clientId)
                    .WithTenantId(tenantId)
                    .WithClientAssertion(async (options, callbackCancellation) =>
                    {
                        // Leg 1: the token to exchange
                        var firstLeg = await mi
                            .AcquireTokenForManagedIdentity("api://AzureADTokenExchange")
                            .WithMtlsProofOfPossession()
                            .WithAttestationSupport()
                            .ExecuteAsync(callbackCancellation)
                            .ConfigureAwait(false);
                        {{BoundAssertion}}
                    })
                    .Build();
                return await secondLegApp
                    .AcquireTokenForClient(["https://vault.azure.net/.default"]) // the vault
                    .WithMtlsProofOfPossession()
                    .ExecuteAsync(cancellationToken)
                    .ConfigureAwait(false);
            }
        }
        """);

    [Fact]
    public Task The_fix_takes_tenant_and_client_id_from_the_code_and_keeps_a_first_leg_that_is_looked_at() => Rule.Fixes(
        """
        class C(string tenantId)
        {
            private const string ClientId = "11111111-1111-1111-1111-111111111111";
            private const string Vault = "https://vault.azure.net";

            private readonly IManagedIdentityApplication _identity = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.SystemAssigned).Build();

            public string Tenant => tenantId;

            public async Task<string> Acquire()
            {
                var leg1 = await AcquireFirstLegAsync(CancellationToken.None);
                Console.WriteLine(leg1.ExpiresOn);
                var result = await _identity.{|MPOP4001:AcquireTokenForManagedIdentity|}(resource: Vault).ExecuteAsync();
                return result.AccessToken;
            }

            private Task<AuthenticationResult> AcquireFirstLegAsync(CancellationToken cancellation) =>
                _identity
                    .AcquireTokenForManagedIdentity("api://AzureADTokenExchange")
                    .WithMtlsProofOfPossession()
                    .WithAttestationSupport()
                    .ExecuteAsync(cancellation);
        }
        """,
        $$"""
        class C(string tenantId)
        {
            private const string ClientId = "11111111-1111-1111-1111-111111111111";
            private const string Vault = "https://vault.azure.net";

            private readonly IManagedIdentityApplication _identity = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.SystemAssigned).Build();

            public string Tenant => tenantId;

            public async Task<string> Acquire()
            {
                var leg1 = await AcquireFirstLegAsync(CancellationToken.None);
                Console.WriteLine(leg1.ExpiresOn);
                var secondLegApp = ConfidentialClientApplicationBuilder
                    .Create(ClientId)
                    .WithTenantId(tenantId)
                    .WithClientAssertion(async (options, cancellationToken) =>
                    {
                        var firstLeg = await AcquireFirstLegAsync(cancellationToken)
                            .ConfigureAwait(false);
                        {{BoundAssertion}}
                    })
                    .Build();
                var result = await secondLegApp.AcquireTokenForClient([Vault + "/.default"]).ExecuteAsync();
                return result.AccessToken;
            }

            private Task<AuthenticationResult> AcquireFirstLegAsync(CancellationToken cancellation) =>
                _identity
                    .AcquireTokenForManagedIdentity("api://AzureADTokenExchange")
                    .WithMtlsProofOfPossession()
                    .WithAttestationSupport()
                    .ExecuteAsync(cancellation);
        }
        """);

    [Fact]
    public Task The_fix_binds_and_attests_the_first_leg_of_code_that_does_not_compile() => Rule.Fixes(
        """
        class C
        {
            async Task<AuthenticationResult> Acquire(IManagedIdentityApplication mi)
            {
                var leg1 = await mi.AcquireTokenForManagedIdentity("api://AzureADTokenExchange").ExecuteAsync();
                return await mi
                    .AcquireTokenForManagedIdentity("https://vault.azure.net")
                    .{|CS1061:{|MPOP4001:WithClientAssertion|}|}(leg1.AccessToken)
                    .WithMtlsProofOfPossession()
                    .WithAttestationSupport()
                    .ExecuteAsync();
            }
        }
        """,
        $$"""
        class C
        {
            async Task<AuthenticationResult> Acquire(IManagedIdentityApplication mi)
            {
                const string tenantId = "<your tenant id>";
                const string clientId = "<your client id>";
                var secondLegApp = ConfidentialClientApplicationBuilder
                    .Create(clientId)
                    .WithTenantId(tenantId)
                    .WithClientAssertion(async (options, cancellationToken) =>
                    {
                        var firstLeg = await mi
                            .AcquireTokenForManagedIdentity("api://AzureADTokenExchange")
                            .WithMtlsProofOfPossession()
                            .WithAttestationSupport()
                            .ExecuteAsync(cancellationToken)
                            .ConfigureAwait(false);
                        {{BoundAssertion}}
                    })
                    .Build();
                return await secondLegApp
                    .AcquireTokenForClient(["https://vault.azure.net/.default"])
                    .WithMtlsProofOfPossession()
                    .ExecuteAsync();
            }
        }
        """);

    [Fact]
    public Task The_fix_replaces_the_builder_of_a_managed_identity_and_the_requests_of_its_application() => Rule.Fixes(
        """
        class C
        {
            async Task<string> Acquire(
                IManagedIdentityApplication mi,
                string resource,
                Func<AssertionRequestOptions, CancellationToken, Task<ClientSignedAssertion>> provide)
            {
                var leg1 = await mi
                    .AcquireTokenForManagedIdentity("api://AzureADTokenExchange")
                    .WithMtlsProofOfPossession()
                    .WithAttestationSupport()
                    .ExecuteAsync();
                IManagedIdentityApplication app = ManagedIdentityApplicationBuilder
                    .Create(ManagedIdentityId.SystemAssigned)
                    .WithClientName("client")
                    .{|CS1061:{|MPOP4001:WithClientAssertion|}|}(_ => Task.FromResult(leg1.AccessToken))
                    .WithClientVersion("1") // kept
                    .Build();
                var result = await app.AcquireTokenForManagedIdentity(resource).WithMtlsProofOfPossession().WithAttestationSupport().ExecuteAsync();
                return result.AccessToken;
            }
        }
        """,
        $$"""
        class C
        {
            async Task<string> Acquire(
                IManagedIdentityApplication mi,
                string resource,
                Func<AssertionRequestOptions, CancellationToken, Task<ClientSignedAssertion>> provide)
            {
                const string tenantId = "<your tenant id>";
                const string clientId = "<your client id>";
                var app = ConfidentialClientApplicationBuilder
                    .Create(clientId)
                    .WithTenantId(tenantId)
                    .WithClientName("client")
                    .WithClientAssertion(async (options, cancellationToken) =>
                    {
                        var firstLeg = await mi
                            .AcquireTokenForManagedIdentity("api://AzureADTokenExchange")
                            .WithMtlsProofOfPossession()
                            .WithAttestationSupport()
                            .ExecuteAsync(cancellationToken)
                            .ConfigureAwait(false);
                        {{BoundAssertion}}
                    })
                    .WithClientVersion("1") // kept
                    .Build();
                var result = await app.AcquireTokenForClient([resource + "/.default"]).WithMtlsProofOfPossession().ExecuteAsync();
                return result.AccessToken;
            }
        }
        """);

    [Fact]
    public Task The_fix_writes_one_expression_where_there_is_no_place_for_statements() => Rule.Fixes(
        """
        class C
        {
            private readonly IManagedIdentityApplication _leg2 = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.SystemAssigned).Build();

            Task<AuthenticationResult> Acquire() =>
                _leg2.{|MPOP4001:AcquireTokenForManagedIdentity|}("https://vault.azure.net").WithMtlsProofOfPossession().ExecuteAsync();
        }
        """,
        $$"""
        class C
        {
            private readonly IManagedIdentityApplication _leg2 = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.SystemAssigned).Build();

            Task<AuthenticationResult> Acquire() =>
                ConfidentialClientApplicationBuilder
                    .Create("<your client id>")
                    .WithTenantId("<your tenant id>")
                    .WithClientAssertion(async (options, cancellationToken) =>
                    {
                        var firstLeg = await _leg2
                            .AcquireTokenForManagedIdentity("api://AzureADTokenExchange")
                            .WithMtlsProofOfPossession()
                            .WithAttestationSupport()
                            .ExecuteAsync(cancellationToken)
                            .ConfigureAwait(false);
                        {{BoundAssertion}}
                    })
                    .Build()
                    .AcquireTokenForClient(["https://vault.azure.net/.default"]).WithMtlsProofOfPossession().ExecuteAsync();
        }
        """);

    [Fact]
    public Task Three_second_legs_of_one_method_share_one_application() => Rule.Fixes(
        """
        class C
        {
            async Task Acquire(IManagedIdentityApplication mi)
            {
                // The first
                var leg2 = await mi.{|MPOP4001:AcquireTokenForManagedIdentity|}("https://a/").WithMtlsProofOfPossession().ExecuteAsync();
                var leg2Storage = await mi
                    .{|MPOP4001:AcquireTokenForManagedIdentity|}("https://b")
                    .WithMtlsProofOfPossession(new PoPOptions())
                    .WithForceRefresh(true)
                    .ExecuteAsync();
                if (leg2 is not null)
                    leg2 = await mi.{|MPOP4001:AcquireTokenForManagedIdentity|}("https://c/.default").WithMtlsProofOfPossession().ExecuteAsync();
            }
        }
        """,
        $$"""
        class C
        {
            async Task Acquire(IManagedIdentityApplication mi)
            {
                // The first
                const string tenantId = "<your tenant id>";
                const string clientId = "<your client id>";
                {{Application}}
                var leg2 = await secondLegApp.AcquireTokenForClient(["https://a/.default"]).WithMtlsProofOfPossession().ExecuteAsync();
                var leg2Storage = await secondLegApp
                    .AcquireTokenForClient(["https://b/.default"])
                    .WithMtlsProofOfPossession()
                    .WithForceRefresh(true)
                    .ExecuteAsync();
                if (leg2 is not null)
                    leg2 = await secondLegApp.AcquireTokenForClient(["https://c/.default"]).WithMtlsProofOfPossession().ExecuteAsync();
            }
        }
        """);

    [Fact]
    public Task The_fix_makes_a_block_of_a_request_that_stands_alone_under_a_condition() => Rule.Fixes(
        """
        class C
        {
            async Task<AuthenticationResult?> Acquire(IManagedIdentityApplication mi, bool flag)
            {
                AuthenticationResult? leg2 = null;
                if (flag)
                    leg2 = await mi.{|MPOP4001:AcquireTokenForManagedIdentity|}("https://a").WithMtlsProofOfPossession().ExecuteAsync(); // the vault

                return leg2;
            }
        }
        """,
        $$"""
        class C
        {
            async Task<AuthenticationResult?> Acquire(IManagedIdentityApplication mi, bool flag)
            {
                AuthenticationResult? leg2 = null;
                if (flag)
                {
                    const string tenantId = "<your tenant id>";
                    const string clientId = "<your client id>";
                    {{Application.Replace("\n    ", "\n        ", StringComparison.Ordinal)}}
                    leg2 = await secondLegApp.AcquireTokenForClient(["https://a/.default"]).WithMtlsProofOfPossession().ExecuteAsync(); // the vault
                }

                return leg2;
            }
        }
        """);

    [Theory]
    [InlineData(
        """
        struct S
        {
            IManagedIdentityApplication _leg2;
            Task M() =>
                _leg2
                    .{|MPOP4001:AcquireTokenForManagedIdentity|}("https://vault.azure.net")
                    .WithMtlsProofOfPossession()
                    .ExecuteAsync();
            public S(IManagedIdentityApplication app) => _leg2 = app;
        }
        """)]
    [InlineData(
        """
        class S
        {
            Task M(in IManagedIdentityApplication leg2) =>
                leg2
                    .{|MPOP4001:AcquireTokenForManagedIdentity|}("https://vault.azure.net")
                    .WithMtlsProofOfPossession()
                    .ExecuteAsync();
        }
        """)]
    public Task No_fix_is_offered_where_a_lambda_cannot_reach_the_managed_identity(string type) => Rule.ReportsWithoutFix(type);

    [Fact]
    public Task In_an_older_language_and_with_an_older_MSAL_the_fix_writes_what_compiles_there() =>
        (Rule with { Sample = new() { Msal = "4.83.1", LanguageVersion = LanguageVersion.CSharp7_3, GlobalUsings = "" } }).Fixes(
            """
            using System.Threading.Tasks;
            using Microsoft.Identity.Client;

            class C
            {
                async Task<AuthenticationResult> Acquire(IManagedIdentityApplication mi)
                {
                    var leg2 = await mi
                        .{|MPOP4001:AcquireTokenForManagedIdentity|}("https://vault.azure.net").WithMtlsProofOfPossession().ExecuteAsync();
                    return leg2;
                }
            }
            """,
            """
            using System.Threading.Tasks;
            using Microsoft.Identity.Client;
            using Microsoft.Identity.Client.KeyAttestation;

            class C
            {
                async Task<AuthenticationResult> Acquire(IManagedIdentityApplication mi)
                {
                    const string tenantId = "<your tenant id>";
                    const string clientId = "<your client id>";
                    var secondLegApp = ConfidentialClientApplicationBuilder
                        .Create(clientId)
                        .WithTenantId(tenantId)
                        .WithAzureRegion(ConfidentialClientApplication.AttemptRegionDiscovery)
                        .WithExperimentalFeatures()
                        .WithClientAssertion(async (options, cancellationToken) =>
                        {
                            var firstLeg = await mi
                                .AcquireTokenForManagedIdentity("api://AzureADTokenExchange")
                                .WithMtlsProofOfPossession()
                                .WithAttestationSupport()
                                .ExecuteAsync(cancellationToken)
                                .ConfigureAwait(false);
                            if (firstLeg.BindingCertificate is null)
                                throw new System.InvalidOperationException("The first leg's token is not bound to a certificate.");

                            return new ClientSignedAssertion
                            {
                                Assertion = firstLeg.AccessToken,
                                TokenBindingCertificate = firstLeg.BindingCertificate,
                            };
                        })
                        .Build();
                    var leg2 = await secondLegApp
                        .AcquireTokenForClient(new[] { "https://vault.azure.net/.default" }).WithMtlsProofOfPossession().ExecuteAsync();
                    return leg2;
                }
            }
            """);

    [Fact]
    public Task The_fix_works_in_top_level_statements() => (Rule with { Sample = new() { OutputKind = OutputKind.ConsoleApplication } }).Fixes(
        """
        var mi = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.SystemAssigned).Build();
        var leg2 = await mi.{|MPOP4001:AcquireTokenForManagedIdentity|}("https://vault.azure.net").WithMtlsProofOfPossession().ExecuteAsync();
        Console.WriteLine(leg2.TokenType);
        """,
        $$"""
        var mi = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.SystemAssigned).Build();
        const string tenantId = "<your tenant id>";
        const string clientId = "<your client id>";
        {{Application.Replace("\n        ", "\n", StringComparison.Ordinal)}}
        var leg2 = await secondLegApp.AcquireTokenForClient(["https://vault.azure.net/.default"]).WithMtlsProofOfPossession().ExecuteAsync();
        Console.WriteLine(leg2.TokenType);
        """);

    [Fact]
    public Task The_fix_keeps_a_callback_that_acquires_the_first_leg_itself() => Rule.Fixes(
        $$"""
        class C
        {
            async Task Acquire(IManagedIdentityApplication mi, string tenantId)
            {
                var app = {{UserAssigned}}.{|CS1061:{|MPOP4001:WithClientAssertion|}|}(async (options, cancellation) =>
                {
                    // Each time
                    var leg1 = await {{FirstLeg}}.ExecuteAsync(cancellation);
                    return new ClientSignedAssertion { Assertion = leg1.AccessToken, TokenBindingCertificate = leg1.BindingCertificate };
                }).Build();
                await app.AcquireTokenForManagedIdentity("https://vault.azure.net").WithMtlsProofOfPossession().ExecuteAsync();
            }
        }
        """,
        $$"""
        class C
        {
            async Task Acquire(IManagedIdentityApplication mi, string tenantId)
            {
                const string clientId = "<your client id>";
                var app = ConfidentialClientApplicationBuilder
                    .Create(clientId)
                    .WithTenantId(tenantId)
                    .WithClientAssertion(async (options, cancellation) =>
                    {
                        // Each time
                        var leg1 = await {{FirstLeg}}.ExecuteAsync(cancellation);
                        return new ClientSignedAssertion { Assertion = leg1.AccessToken, TokenBindingCertificate = leg1.BindingCertificate };
                    }).Build();
                await app.AcquireTokenForClient(["https://vault.azure.net/.default"]).WithMtlsProofOfPossession().ExecuteAsync();
            }
        }
        """);

    [Theory]
    [InlineData(
        """
        var request = mi.{|MPOP4001:AcquireTokenForManagedIdentity|}("https://vault.azure.net");
        request.WithMtlsProofOfPossession();
        await request.ExecuteAsync();
        """)]
    [InlineData(
        """
        var builder = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.SystemAssigned);
        builder.{|CS1061:{|MPOP4001:WithClientAssertion|}|}(leg1.AccessToken);
        """)]
    [InlineData(
        """
        var app = ManagedIdentityApplicationBuilder
            .Create(ManagedIdentityId.SystemAssigned)
            .{|CS1061:{|MPOP4001:WithClientAssertion|}|}(leg1.AccessToken)
            .Build();
        Send(app);
        """)]
    public Task No_fix_is_offered_where_the_result_would_not_compile(string use) => Rule.ReportsWithoutFix(AfterFirstLeg(use));

    private const string FirstLeg =
        "mi.AcquireTokenForManagedIdentity(\"api://AzureADTokenExchange\").WithMtlsProofOfPossession().WithAttestationSupport()";

    private const string UserAssigned =
        "ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.WithUserAssignedClientId(\"a\"))";

    /// <summary>What the fix writes at the end of the callback, indented as its statements are.</summary>
    private const string BoundAssertion =
        """
        if (firstLeg.BindingCertificate is null)
                            throw new InvalidOperationException("The first leg's token is not bound to a certificate.");

                        return new ClientSignedAssertion
                        {
                            Assertion = firstLeg.AccessToken,
                            TokenBindingCertificate = firstLeg.BindingCertificate,
                        };
        """;

    /// <summary>What the fix writes, indented as the statements of a method are.</summary>
    private const string Application =
        $$"""
        var secondLegApp = ConfidentialClientApplicationBuilder
                    .Create(clientId)
                    .WithTenantId(tenantId)
                    .WithClientAssertion(async (options, cancellationToken) =>
                    {
                        var firstLeg = await mi
                            .AcquireTokenForManagedIdentity("api://AzureADTokenExchange")
                            .WithMtlsProofOfPossession()
                            .WithAttestationSupport()
                            .ExecuteAsync(cancellationToken)
                            .ConfigureAwait(false);
                        {{BoundAssertion}}
                    })
                    .Build();
        """;

    private static string AfterFirstLeg(string use) =>
        $$"""
        #pragma warning disable CS0618
        class C
        {
            private string? _token;
            private AuthenticationResult? _result;

            async Task<object?> M(IManagedIdentityApplication mi, string resource)
            {
                var leg1 = await mi
                    .AcquireTokenForManagedIdentity("api://AzureADTokenExchange")
                    .WithMtlsProofOfPossession()
                    .WithAttestationSupport()
                    .ExecuteAsync();
                {{use}}
                return (_token, _result);
            }

            protected virtual void Send(object value) { }
        }
        """;

    private static string Alone(string use) =>
        $$"""
        class C
        {
            async Task M(IManagedIdentityApplication mi)
            {
                {{use}}
                await Task.CompletedTask;
            }
        }

        static class Extensions
        {
            public static void Mine(this IManagedIdentityApplication app, string text) { }
        }
        """;
}
