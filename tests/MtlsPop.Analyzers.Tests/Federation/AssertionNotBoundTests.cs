using MtlsPop.Analyzers.Federation;
using MtlsPop.CodeFixes.Federation;

namespace MtlsPop.Analyzers.Tests.Federation;

public sealed class AssertionNotBoundTests
{
    private const string Certificate = "TokenBindingCertificate = leg1.BindingCertificate";
    private const string NoCertificate = "{|MPOP4002:TokenBindingCertificate|} = null";
    private const string OfFirstLeg = "Assertion = firstLeg.AccessToken, TokenBindingCertificate = firstLeg.BindingCertificate";

    private static readonly Verify<FederationAnalyzer, AssertionNotBoundFix> Rule = new("MPOP4002");

    [Fact]
    public Task A_bound_token_without_its_certificate_is_reported_where_it_becomes_the_assertion() => Rule.Reports(
        """
        class Federation
        {
            IConfidentialClientApplication SecondLeg(IManagedIdentityApplication identity) => ConfidentialClientApplicationBuilder
                .Create("id")
                .WithClientAssertion(async (options, cancellationToken) =>
                {
                    var leg1 = await identity
                        .AcquireTokenForManagedIdentity("api://AzureADTokenExchange")
                        .WithMtlsProofOfPossession()
                        .ExecuteAsync(cancellationToken);
                    return new ClientSignedAssertion { {|MPOP4002:Assertion|} = leg1.AccessToken };
                })
                .Build();
        }
        """);

    [Fact]
    public Task An_assertion_of_a_lambda_is_reported() => Rule.Reports(Cases.Of(
        InType,
        """
        Use(async (options, cancellation) =>
        {
            var leg1 = await FirstLeg();
            return new ClientSignedAssertion { {|MPOP4002:Assertion|} = leg1.AccessToken };
        });
        """,
        """
        Use(async (options, cancellation) => new ClientSignedAssertion { {|MPOP4002:Assertion|} = (await FirstLeg()).AccessToken });
        """,
        """
        Use(async (options, cancellation) =>
        {
            var leg1 = await FirstLeg();
            return new() { {|MPOP4002:Assertion|} = leg1.AccessToken };
        });
        """,
        """
        Use(async (options, cancellation) =>
        {
            var leg1 = await FirstLeg();
            var assertion = new ClientSignedAssertion();
            assertion.{|MPOP4002:Assertion|} = leg1.AccessToken;
            return assertion;
        });
        """,
        """
        Use(async (options, cancellation) =>
        {
            var token = (await FirstLeg()).AccessToken;
            return new ClientSignedAssertion { {|MPOP4002:Assertion|} = token };
        });
        """,
        """
        Use(async delegate
        {
            var leg1 = await FirstLeg();
            return new ClientSignedAssertion { {|MPOP4002:Assertion|} = leg1.AccessToken };
        });
        """));

    [Fact]
    public Task A_certificate_that_is_null_is_reported() => Rule.Reports(Cases.Of(
        InType,
        """
        Use(async (options, cancellation) =>
        {
            var leg1 = await FirstLeg();
            return new ClientSignedAssertion { Assertion = leg1.AccessToken, {|MPOP4002:TokenBindingCertificate|} = null };
        });
        """,
        """
        Use(async (options, cancellation) =>
        {
            var leg1 = await FirstLeg();
            return new ClientSignedAssertion { {|MPOP4002:TokenBindingCertificate|} = default, Assertion = leg1.AccessToken };
        });
        """,
        """
        Use(async (options, cancellation) =>
        {
            var leg1 = await FirstLeg();
            X509Certificate2? none = null;
            return new ClientSignedAssertion { Assertion = leg1.AccessToken, {|MPOP4002:TokenBindingCertificate|} = none };
        });
        """));

    [Fact]
    public Task A_first_leg_from_outside_of_the_callback_is_reported() => Rule.Reports(Cases.Of(
        InType,
        """
        var leg1 = await FirstLeg();
        Use((options, cancellation) => Task.FromResult(new ClientSignedAssertion { {|MPOP4002:Assertion|} = leg1.AccessToken }));
        """,
        """
        var leg1 = await FirstLeg();
        var assertion = new ClientSignedAssertion { {|MPOP4002:Assertion|} = leg1.AccessToken };
        Use((options, cancellation) => Task.FromResult(assertion));
        """));

    [Fact]
    public Task A_callback_that_is_a_function_or_a_delegate_is_reported() => Rule.Reports(Cases.Of(
        InType,
        """
        async Task<ClientSignedAssertion> Provide(AssertionRequestOptions options, CancellationToken cancellation)
        {
            var leg1 = await FirstLeg();
            return new ClientSignedAssertion { {|MPOP4002:Assertion|} = leg1.AccessToken };
        }

        Use(Provide);
        """,
        """
        Func<AssertionRequestOptions, CancellationToken, Task<ClientSignedAssertion>> provide = async (options, cancellation) =>
        {
            var leg1 = await FirstLeg();
            return new ClientSignedAssertion { {|MPOP4002:Assertion|} = leg1.AccessToken };
        };
        Use(provide);
        """,
        """
        Use(async (options, cancellation) => ToAssertion(await FirstLeg()));
        ClientSignedAssertion ToAssertion(AuthenticationResult leg1) =>
            new ClientSignedAssertion { {|MPOP4002:Assertion|} = leg1.AccessToken };
        """));

    [Fact]
    public Task A_check_of_the_certificate_does_not_bind_the_assertion() => Rule.Reports(InType(
        """
        Use(async (options, cancellation) =>
        {
            var leg1 = await FirstLeg();
            if (leg1.BindingCertificate is null) throw new InvalidOperationException();
            return new ClientSignedAssertion { {|MPOP4002:Assertion|} = leg1.AccessToken };
        });
        """));

    [Fact]
    public Task Exception_handlers_around_the_assertion_change_nothing() => Rule.Reports(Cases.Of(
        InType,
        """
        Use(async (options, cancellation) =>
        {
            try
            {
                var leg1 = await FirstLeg();
                return new ClientSignedAssertion { {|MPOP4002:Assertion|} = leg1.AccessToken };
            }
            catch (MsalException) { throw; }
            finally { GC.Collect(); }
        });
        """,
        """
        try
        {
            var leg1 = await FirstLeg();
            Use(async (options, cancellation) =>
            {
                await Task.Yield();
                if (flag) throw new InvalidOperationException();
                return new ClientSignedAssertion { {|MPOP4002:Assertion|} = leg1.AccessToken };
            });
        }
        catch (MsalException) { }
        """));

    [Fact]
    public Task A_method_that_provides_the_assertion_is_followed() => Rule.Reports(Cases.Of(
        WithMembers,
        """
        private Task<ClientSignedAssertion> Provide(AssertionRequestOptions options, CancellationToken cancellation) => Assert();
        private async Task<ClientSignedAssertion> Assert() =>
            new ClientSignedAssertion { {|MPOP4002:Assertion|} = (await FirstLeg()).AccessToken };
        void M() => Use(Provide);
        """,
        """
        private Func<AssertionRequestOptions, CancellationToken, Task<ClientSignedAssertion>> Provider() =>
            async (options, cancellation) => new ClientSignedAssertion { {|MPOP4002:Assertion|} = (await FirstLeg()).AccessToken };
        void M() => Use(Provider());
        """,
        """
        private static Func<AssertionRequestOptions, CancellationToken, Task<ClientSignedAssertion>> Provider(AuthenticationResult leg1) =>
            (options, cancellation) => Task.FromResult(new ClientSignedAssertion { {|MPOP4002:Assertion|} = leg1.AccessToken });
        async Task M() => Use(Provider(await FirstLeg()));
        """,
        """
        async Task<ClientSignedAssertion> Assert(AuthenticationResult leg1)
        {
            if (leg1.BindingCertificate is null) throw new InvalidOperationException();
            await Task.Yield();
            return new ClientSignedAssertion { {|MPOP4002:Assertion|} = leg1.AccessToken };
        }
        """));

    [Fact]
    public Task A_field_that_holds_the_result_or_the_assertion_is_followed() => Rule.Reports(Cases.Of(
        WithMembers,
        """
        private AuthenticationResult? _leg1;

        async Task M()
        {
            _leg1 = await FirstLeg();
            Use((options, cancellation) =>
                Task.FromResult(new ClientSignedAssertion { {|MPOP4002:Assertion|} = _leg1.AccessToken }));
        }
        """,
        """
        private ClientSignedAssertion? _assertion;

        async Task M()
        {
            _assertion = new ClientSignedAssertion { {|MPOP4002:Assertion|} = (await FirstLeg()).AccessToken };
            Use((options, cancellation) => Task.FromResult(_assertion));
        }
        """));

    [Fact]
    public Task An_assertion_with_the_certificate_is_silent() => Rule.IsSilent(Cases.Of(
        InType,
        """
        Use(async (options, cancellation) =>
        {
            var leg1 = await FirstLeg();
            return new ClientSignedAssertion { Assertion = leg1.AccessToken, TokenBindingCertificate = leg1.BindingCertificate };
        });
        """,
        """
        Use(async (options, cancellation) =>
        {
            var leg1 = await FirstLeg();
            return new ClientSignedAssertion
            {
                Assertion = leg1.AccessToken,
                TokenBindingCertificate = leg1.BindingCertificate ?? throw new InvalidOperationException(),
            };
        });
        """,
        """
        Use(async (options, cancellation) =>
        {
            var leg1 = await FirstLeg();
            var assertion = new ClientSignedAssertion { Assertion = leg1.AccessToken };
            assertion.TokenBindingCertificate = leg1.BindingCertificate;
            return assertion;
        });
        """));

    [Fact]
    public Task An_assertion_that_gets_the_certificate_on_some_paths_is_silent() => Rule.IsSilent(Cases.Of(
        InType,
        """
        Use(async (options, cancellation) =>
        {
            var leg1 = await FirstLeg();
            var assertion = new ClientSignedAssertion { Assertion = leg1.AccessToken };
            if (leg1.BindingCertificate is { } bound) assertion.TokenBindingCertificate = bound;
            return assertion;
        });
        """,
        """
        Use(async (options, cancellation) =>
        {
            var leg1 = await FirstLeg();
            var assertion = new ClientSignedAssertion { Assertion = leg1.AccessToken };
            if (flag) assertion.TokenBindingCertificate = leg1.BindingCertificate;
            return assertion;
        });
        """,
        """
        Use(async (options, cancellation) =>
        {
            var leg1 = await FirstLeg();
            return new ClientSignedAssertion
            {
                Assertion = leg1.AccessToken,
                TokenBindingCertificate = flag ? leg1.BindingCertificate : null,
            };
        });
        """));

    [Fact]
    public Task An_assertion_that_other_code_or_later_code_may_complete_is_silent() => Rule.IsSilent(Cases.Of(
        InType,
        """
        Use(async (options, cancellation) =>
        {
            var leg1 = await FirstLeg();
            var assertion = new ClientSignedAssertion { Assertion = leg1.AccessToken };
            Complete(assertion);
            return assertion;
        });
        """,
        """
        Use(async (options, cancellation) =>
        {
            var leg1 = await FirstLeg();
            var assertion = new ClientSignedAssertion { Assertion = leg1.AccessToken };
            complete(assertion);
            return assertion;
        });
        """,
        """
        var leg1 = await FirstLeg();
        var assertion = new ClientSignedAssertion { Assertion = leg1.AccessToken };
        Use((options, cancellation) => Task.FromResult(assertion));
        assertion.TokenBindingCertificate = leg1.BindingCertificate;
        """));

    [Fact]
    public Task A_token_that_is_not_bound_on_every_path_is_silent() => Rule.IsSilent(Cases.Of(
        InType,
        """
        Use(async (options, cancellation) =>
        {
            var leg1 = await identity.AcquireTokenForManagedIdentity("api://AzureADTokenExchange").ExecuteAsync();
            return new ClientSignedAssertion { Assertion = leg1.AccessToken };
        });
        """,
        """
        Use(async (options, cancellation) =>
        {
            var leg1 = flag ? await FirstLeg() : await identity
                .AcquireTokenForManagedIdentity("api://AzureADTokenExchange")
                .ExecuteAsync();
            return new ClientSignedAssertion { Assertion = leg1.AccessToken };
        });
        """));

    [Theory]
    [InlineData("Use((options, cancellation) => Task.FromResult(new ClientSignedAssertion { Assertion = given.AccessToken }));")]
    [InlineData("Use((options, cancellation) => Task.FromResult(new ClientSignedAssertion { Assertion = \"eyJ\" }));")]
    [InlineData("Use((options, cancellation) => Task.FromResult(new ClientSignedAssertion()));")]
    [InlineData("// new ClientSignedAssertion { Assertion = leg1.AccessToken }")]
    public Task A_token_that_is_not_of_a_bound_request_is_silent(string body) => Rule.IsSilent(InType(body));

    [Fact]
    public Task The_fix_sets_the_certificate_beside_the_token_and_keeps_layout_and_comments() => Rule.Fixes(
        InType(
            $$"""
            var leg1 = await FirstLeg();
                    Use((options, cancellation) => Task.FromResult(new ClientSignedAssertion { {|MPOP4002:Assertion|} = leg1.AccessToken }));
                    Use((options, cancellation) => Task.FromResult(new ClientSignedAssertion
                    {
                        // The token
                        {|MPOP4002:Assertion|} = leg1.AccessToken, // of leg 1
                    }));
                    Use((options, cancellation) => Task.FromResult(new ClientSignedAssertion
                    {
                        {|MPOP4002:Assertion|} = leg1.AccessToken // of leg 1
                    }));
                    Use((options, cancellation) => Task.FromResult(new ClientSignedAssertion { Assertion = leg1.AccessToken, {{NoCertificate}} /* later */ }));
                    var token = leg1.AccessToken;
                    var assertion = new ClientSignedAssertion();
                    assertion.{|MPOP4002:Assertion|} = token; // set
                    Use((options, cancellation) => Task.FromResult(assertion));
            """),
        InType(
            $$"""
            var leg1 = await FirstLeg();
                    Use((options, cancellation) => Task.FromResult(new ClientSignedAssertion { Assertion = leg1.AccessToken, {{Certificate}} }));
                    Use((options, cancellation) => Task.FromResult(new ClientSignedAssertion
                    {
                        // The token
                        Assertion = leg1.AccessToken, // of leg 1
                        TokenBindingCertificate = leg1.BindingCertificate,
                    }));
                    Use((options, cancellation) => Task.FromResult(new ClientSignedAssertion
                    {
                        Assertion = leg1.AccessToken, // of leg 1
                        TokenBindingCertificate = leg1.BindingCertificate
                    }));
                    Use((options, cancellation) => Task.FromResult(new ClientSignedAssertion { Assertion = leg1.AccessToken, {{Certificate}} /* later */ }));
                    var token = leg1.AccessToken;
                    var assertion = new ClientSignedAssertion();
                    assertion.Assertion = token; // set
                    assertion.TokenBindingCertificate = leg1.BindingCertificate;
                    Use((options, cancellation) => Task.FromResult(assertion));
            """));

    [Fact]
    public Task The_fix_gives_a_result_without_a_name_one() => Rule.Fixes(
        InType(
            """
            Use(async (options, cancellation) => new ClientSignedAssertion
                    {
                        {|MPOP4002:Assertion|} = (await FirstLeg()).AccessToken,
                    });
                    async Task<ClientSignedAssertion> Provide() => new() { {|MPOP4002:Assertion|} = (await FirstLeg()).AccessToken }; // short
                    if (flag)
                        Use(async (options, cancellation) => { return new() { {|MPOP4002:Assertion|} = (await FirstLeg()).AccessToken }; });
                    await Provide();
            """),
        InType(
            $$"""
            Use(async (options, cancellation) =>
                    {
                        var firstLeg = await FirstLeg();
                        return new ClientSignedAssertion
                        {
                            Assertion = firstLeg.AccessToken,
                            TokenBindingCertificate = firstLeg.BindingCertificate,
                        };
                    });
                    async Task<ClientSignedAssertion> Provide()
                    {
                        var firstLeg = await FirstLeg();
                        return new() { Assertion = firstLeg.AccessToken, TokenBindingCertificate = firstLeg.BindingCertificate };
                    } // short
                    if (flag)
                        Use(async (options, cancellation) => { var firstLeg = await FirstLeg(); return new() { {{OfFirstLeg}} }; });
                    await Provide();
            """));

    [Fact]
    public Task The_fix_goes_through_several_documents() => Rule.Fixes(
        [Document("A", "{|MPOP4002:Assertion|} = leg1.AccessToken"), Document("B", "{|MPOP4002:Assertion|} = leg1.AccessToken")],
        [
            Document("A", "Assertion = leg1.AccessToken, TokenBindingCertificate = leg1.BindingCertificate"),
            Document("B", "Assertion = leg1.AccessToken, TokenBindingCertificate = leg1.BindingCertificate"),
        ]);

    [Theory]
    [InlineData(
        """
        Use(async (options, cancellation) => ToAssertion((await FirstLeg()).AccessToken));
        ClientSignedAssertion ToAssertion(string token) => new ClientSignedAssertion { {|MPOP4002:Assertion|} = token };
        """)]
    public Task No_fix_is_offered_where_the_result_is_out_of_reach(string body) => Rule.ReportsWithoutFix(InType(body));

    [Theory]
    [InlineData(
        """
        var leg1 = await FirstLeg();
        Use((options, cancellation) => Task.FromResult(new ClientSignedAssertion { Assertion = leg1.AccessToken })){|CS1002:|}
        """)]
    public Task Broken_code_is_silent_in_the_statement_with_a_syntax_error(string body) => Rule.IsSilent(InType(body));

    [Fact]
    public Task Broken_code_is_unknown_and_the_rest_is_judged() => Rule.Reports(InType(
        """
        var leg1 = await FirstLeg();
        Use((options, cancellation) =>
            Task.FromResult(new ClientSignedAssertion { {|MPOP4002:Assertion|} = leg1.AccessToken, {|CS0117:Certificate|} = null }));
        """));

    private static string Document(string type, string assertion) =>
        $$"""
        class {{type}}
        {
            async Task<ClientSignedAssertion> Provide(IManagedIdentityApplication identity)
            {
                var leg1 = await identity.AcquireTokenForManagedIdentity("api://AzureADTokenExchange").WithMtlsProofOfPossession().ExecuteAsync();
                return new ClientSignedAssertion { {{assertion}} };
            }
        }
        """;

    private static string InType(string body) =>
        $$"""
        class C
        {
            async Task M(IManagedIdentityApplication identity, bool flag, AuthenticationResult given, Action<ClientSignedAssertion> complete)
            {
                {{body}}
                await Task.CompletedTask;
                Task<AuthenticationResult> FirstLeg() =>
                    identity.AcquireTokenForManagedIdentity(resource: "api://AzureADTokenExchange").WithMtlsProofOfPossession().ExecuteAsync();
            }

            static void Complete(ClientSignedAssertion assertion) => assertion.TokenBindingCertificate = new X509Certificate2("a.pfx");

            static void Use(Func<AssertionRequestOptions, CancellationToken, Task<ClientSignedAssertion>> provide) =>
                ConfidentialClientApplicationBuilder.Create("id").WithClientAssertion(clientSignedAssertionProvider: provide).Build();
        }
        """;

    private static string WithMembers(string members) =>
        $$"""
        class C
        {
            private static readonly IManagedIdentityApplication _identity = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.SystemAssigned).Build();

            {{members}}

            private static Task<AuthenticationResult> FirstLeg() =>
                _identity.AcquireTokenForManagedIdentity("api://AzureADTokenExchange").WithMtlsProofOfPossession().ExecuteAsync();

            private static void Use(Func<AssertionRequestOptions, CancellationToken, Task<ClientSignedAssertion>> provide) =>
                ConfidentialClientApplicationBuilder.Create("id").WithClientAssertion(provide).Build();
        }
        """;
}
