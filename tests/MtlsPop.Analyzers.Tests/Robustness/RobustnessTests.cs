namespace MtlsPop.Analyzers.Tests.Robustness;

/// <summary>Whatever a user has typed so far, no analyzer throws; and what has been typed of a correct program is never blamed.</summary>
[Trait("Category", "Slow")]
public sealed class RobustnessTests
{
    private const int Steps = 120;

    public static TheoryData<string> Names => [.. ProgramFile.NamesIn("Correct")];

    [Fact]
    public Task An_application_in_an_object_that_comes_to_hold_itself_in_a_loop_is_silent() => new EveryRule().IsSilent(
        """
        internal sealed class C
        {
            public static async Task M(IManagedIdentityApplication machine, CancellationToken cancellationToken)
            {
                var leg1 = await machine
                    .AcquireTokenForManagedIdentity("api://AzureADTokenExchange")
                    .WithMtlsProofOfPossession()
                    .WithAttestationSupport()
                    .ExecuteAsync(cancellationToken)
                    .ConfigureAwait(false);
                var certificate = leg1.BindingCertificate ?? throw new InvalidOperationException("not bound");
                var app = ConfidentialClientApplicationBuilder.Create("id").WithTenantId("tenant")
                    .WithClientAssertion((_, _) => Task.FromResult(
                        new ClientSignedAssertion { Assertion = leg1.AccessToken, TokenBindingCertificate = certificate }))
                    .Build();
                object held = new Holder(app);
                for (var i = 0; i < 3; i++)
                    held = new Holder(held);
                await app
                    .AcquireTokenForClient(["https://graph.microsoft.com/.default"])
                    .WithMtlsProofOfPossession()
                    .ExecuteAsync(cancellationToken)
                    .ConfigureAwait(false);
            }

            private sealed class Holder
            {
                private readonly object _held;

                public Holder(object held, AuthenticationResult? result = null) => _held = held;

                public override string? ToString() => _held.ToString();
            }
        }
        """);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task No_prefix_of_a_program_makes_an_analyzer_throw_or_blame(string name)
    {
        var program = ProgramFile.Read(name);
        var compilation = await program.CompileAsync();
        for (var step = 1; step < Steps; step++)
            Assert.Empty(await FindingsAsync(With(compilation, program.Code[..(program.Code.Length * step / Steps)])));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task No_missing_token_makes_an_analyzer_throw(string name)
    {
        var program = ProgramFile.Read(name);
        var compilation = await program.CompileAsync();
        var tokens = (await compilation.SyntaxTrees[^1].GetRootAsync(TestContext.Current.CancellationToken)).DescendantTokens().ToArray();
        for (var i = 0; i < tokens.Length; i += 1 + (tokens.Length / Steps))
        {
            var found = await FindingsAsync(With(compilation, program.Code.Remove(tokens[i].SpanStart, tokens[i].Span.Length)));
            Assert.DoesNotContain(found, diagnostic => diagnostic.Id == "AD0001");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Without_references_nothing_is_said_but_that_the_attestation_package_is_missing(string name)
    {
        var compilation = await ProgramFile.Read(name).CompileAsync();
        Assert.Empty(await FindingsAsync(compilation.RemoveAllReferences()));
        Assert.Empty(await FindingsAsync(Without(compilation, "System.Runtime")));
        Assert.Empty(await FindingsAsync(Without(compilation, "Microsoft.Identity.Client")));
        Assert.All(await FindingsAsync(Without(compilation, "Microsoft.Identity.Client.KeyAttestation")), found => Assert.Equal("MPOP9003", found.Id));
    }

    [Theory]
    [InlineData("4.80.0")]
    [InlineData("4.83.1")]
    public async Task Two_copies_of_MSAL_are_nobody_s_to_judge(string other)
    {
        const string Faulty =
            """
            class C
            {
                Task<AuthenticationResult> M(IManagedIdentityApplication app) =>
                    app.AcquireTokenForManagedIdentity("r").WithMtlsProofOfPossession().ExecuteAsync();
            }
            """;
        var compilation = await new Sample().CompileAsync(Faulty);
        Assert.NotEmpty(await FindingsAsync(compilation));

        var second = (await new Sample { Msal = other }.CompileAsync("")).References.Single(reference => NameOf(reference) == "Microsoft.Identity.Client");
        Assert.Empty(await FindingsAsync(compilation.AddReferences(second.WithAliases(["other"]))));
    }

    private static string NameOf(MetadataReference reference) => Path.GetFileNameWithoutExtension(reference.Display ?? "");

    private static CSharpCompilation Without(CSharpCompilation compilation, string assembly) => compilation.RemoveReferences(
        compilation.References.Where(reference => compilation.GetAssemblyOrModuleSymbol(reference)?.Name == assembly));

    private static CSharpCompilation With(CSharpCompilation compilation, string program)
    {
        var tree = compilation.SyntaxTrees[^1];
        return compilation.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(program, (CSharpParseOptions)tree.Options, tree.FilePath));
    }

    private static async Task<IEnumerable<Diagnostic>> FindingsAsync(CSharpCompilation compilation) =>
        await compilation.WithAnalyzers([.. EveryRule.Analyzers()]).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
}
