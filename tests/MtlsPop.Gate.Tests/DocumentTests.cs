namespace MtlsPop.Gate.Tests;

/// <summary>The C# of documents, judged where it stands.</summary>
public sealed class DocumentTests
{
    private const string Version = "Needs MSAL.NET 4.82.1 or later.";

    private const string Usings = """
        ```csharp
        using Microsoft.Identity.Client;
        using Microsoft.Identity.Client.AppConfig;
        using Microsoft.Identity.Client.KeyAttestation;
        ```
        """;

    [Fact]
    public async Task A_program_of_statements_is_judged_at_the_lines_of_the_document()
    {
        using var checkedDocument = await JudgedDocument.CheckAsync($"""
            # Bind a token

            {Version}

            ```csharp
            using Microsoft.Identity.Client;
            using Microsoft.Identity.Client.AppConfig;

            var app = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.SystemAssigned).Build();
            var result = await app.AcquireTokenForManagedIdentity("https://vault.azure.net")
                .WithMtlsProofOfPossession()
                .ExecuteAsync();
            ```
            """);

        Assert.Equal(["MPOP1001:11"], checkedDocument.Faults);
        Assert.Equal(1, checkedDocument.Run.ExitCode);
    }

    [Fact]
    public async Task The_columns_of_a_block_in_a_list_are_those_of_the_document()
    {
        using var checkedDocument = await JudgedDocument.CheckAsync($"""
            {Version}

            {Usings}

            1. Ask for the token:

               ```csharp
               var result = await app.AcquireTokenForManagedIdentity("https://vault.azure.net")
                   .WithMtlsProofOfPossession().ExecuteAsync();
               ```
            """);

        var place = checkedDocument.Review.GetProperty("findings")[0].GetProperty("place");
        Assert.Equal(["MPOP1001:13"], checkedDocument.Faults);
        Assert.Equal((9, 34), (place.GetProperty("column").GetInt32(), place.GetProperty("endColumn").GetInt32()));
    }

    [Fact]
    public async Task A_block_goes_on_from_the_blocks_before_it()
    {
        using var checkedDocument = await JudgedDocument.CheckAsync($"""
            {Version} Step by step:

            {Usings}

            ```csharp
            var app = ConfidentialClientApplicationBuilder.Create("id").WithTenantId("t")
                .WithCertificate(certificate).Build();
            ```

            ```csharp
            var result = await app.AcquireTokenForClient(["https://vault.azure.net/.default"])
                .WithMtlsProofOfPossession().ExecuteAsync();
            ```

            ```csharp
            Console.WriteLine(result.BindingCertificate.Thumbprint);
            ```
            """);

        Assert.Equal(["MPOP2001:11", "MPOP3001:20"], checkedDocument.Faults);
    }

    [Fact]
    public async Task A_block_that_declares_the_names_of_the_blocks_before_it_anew_stands_alone()
    {
        using var checkedDocument = await JudgedDocument.CheckAsync($"""
            {Version}

            {Usings}

            ```csharp
            var app = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.SystemAssigned).Build();
            var result = await app.AcquireTokenForManagedIdentity("https://vault.azure.net")
                .WithMtlsProofOfPossession().WithAttestationSupport().ExecuteAsync();
            ```

            Or:

            ```csharp
            var result = await app.AcquireTokenForManagedIdentity("https://graph.microsoft.com")
                .WithMtlsProofOfPossession().ExecuteAsync();
            ```
            """);

        Assert.Equal(["MPOP1001:19"], checkedDocument.Faults);
        Assert.Equal(("pass", "2 of 2 requests bound"), checkedDocument.Answer("bound"));
    }

    [Fact]
    public async Task Members_without_a_class_are_judged_as_those_of_a_library()
    {
        using var checkedDocument = await JudgedDocument.CheckAsync($$"""
            {{Version}}

            {{Usings}}

            ```csharp
            public async Task<AuthenticationResult> AcquireAsync(string resource, CancellationToken cancellationToken = default)
            {
                ArgumentNullException.ThrowIfNull(resource);
                ObjectDisposedException.ThrowIf(_disposed, this);
                return await _app.AcquireTokenForManagedIdentity(resource)
                    .WithMtlsProofOfPossession()
                    .WithAttestationSupport()
                    .ExecuteAsync(cancellationToken);
            }
            ```
            """);

        Assert.Equal(["MPOP5001:14"], checkedDocument.Faults);
        Assert.Equal(("pass", "1 of 1 managed-identity request attested"), checkedDocument.Answer("attested"));
    }

    [Fact]
    public async Task A_type_is_known_to_the_blocks_that_use_it()
    {
        using var checkedDocument = await JudgedDocument.CheckAsync($$"""
            {{Version}}

            {{Usings}}

            ```csharp
            var factory = new PlainFactory();
            var app = ConfidentialClientApplicationBuilder.Create("id").WithTenantId("t")
                .WithCertificate(certificate, sendX5C: true).WithHttpClientFactory(factory).Build();
            var result = await app.AcquireTokenForClient(["https://vault.azure.net/.default"])
                .WithMtlsProofOfPossession().ExecuteAsync();
            ```

            where

            ```csharp
            internal sealed class PlainFactory : IMsalHttpClientFactory
            {
                private static readonly HttpClient Client = new();

                public HttpClient GetHttpClient() => Client;
            }
            ```
            """);

        Assert.Equal(["MPOP2006:12"], checkedDocument.Faults);
    }

    [Theory]
    [InlineData("```csharp bad")]
    [InlineData("```csharp wrong")]
    public async Task A_block_that_is_marked_as_wrong_is_not_judged(string fence)
    {
        using var checkedDocument = await JudgedDocument.CheckAsync($"""
            {fence}
            var result = await app.AcquireTokenForManagedIdentity("https://vault.azure.net")
                .WithMtlsProofOfPossession().ExecuteAsync();
            ```
            """);

        Assert.Equal(0, checkedDocument.Run.ExitCode);
        Assert.Contains("not applicable: it shows no C# that calls MSAL", checkedDocument.Run.Output);
    }

    [Fact]
    public async Task Code_that_has_lost_its_fences_is_judged()
    {
        using var checkedDocument = await JudgedDocument.CheckAsync($$"""
            {{Version}} First ask for the token
            using Microsoft.Identity.Client;
            // the resource, and nothing else
            var result = await app.AcquireTokenForClient(new[] { "https://vault.azure.net" })
                .WithMtlsProofOfPossession().ExecuteAsync();For more, see the reference; it is long.
            Then call the resource.
            """);

        Assert.Equal(["MPOP1008:4"], checkedDocument.Faults);
    }

    [Fact]
    public async Task A_call_that_MSAL_does_not_have_is_told_where_it_stands()
    {
        using var checkedDocument = await JudgedDocument.CheckAsync($"""
            {Version}

            ```csharp
            using Microsoft.Identity.Client;

            var app = ConfidentialClientApplicationBuilder.Create("id").WithTenantId("t").WithCertificate(LoadCertificate(), sendX5c: true).Build();
            ```

            ```csharp
            using Microsoft.Identity.Client;

            var result = await app.AcquireTokenForClient(["https://vault.azure.net/.default"]).WithMtlsPop().ExecuteAsync();
            ```
            """);

        Assert.Equal(["MPOP0105:6", "MPOP0105:12"], checkedDocument.Faults);
    }

    [Fact]
    public async Task A_suppression_in_a_block_is_waived_with_its_reason()
    {
        using var checkedDocument = await JudgedDocument.CheckAsync($"""
            {Version}

            {Usings}

            ```csharp
            #pragma warning disable MPOP1001 // attestation comes in the next section
            var result = await app.AcquireTokenForManagedIdentity("https://vault.azure.net")
                .WithMtlsProofOfPossession().ExecuteAsync();
            ```
            """);

        Assert.Equal("waived", checkedDocument.Answer("attested").Status);
        Assert.Equal(0, checkedDocument.Run.ExitCode);
    }

    [Fact]
    public async Task A_document_without_code_that_calls_MSAL_is_not_asked()
    {
        using var checkedDocument = await JudgedDocument.CheckAsync("""
            # Release notes

            ```csharp
            var answer = 42;
            ```
            """);

        Assert.Equal((0, "Passed: no document asks MSAL for tokens"), (checkedDocument.Run.ExitCode, checkedDocument.Run.Output.TrimEnd().Split('\n')[^1]));
    }

    [Fact]
    public async Task Another_version_of_MSAL_judges_by_its_own_rules()
    {
        using var checkedDocument = await JudgedDocument.CheckAsync(
            $"""
            {Version}

            {Usings}

            ```csharp
            var app = ConfidentialClientApplicationBuilder.Create("id").WithTenantId("t")
                .WithCertificate(certificate, sendX5C: true).Build();
            var result = await app.AcquireTokenForClient(["https://vault.azure.net/.default"])
                .WithMtlsProofOfPossession().ExecuteAsync();
            ```
            """,
            "--msal",
            ThisBuild.MsalVersion);

        Assert.Contains($"guide.md  judged, with MSAL {ThisBuild.MsalVersion}", checkedDocument.Run.Output);
    }

    [Fact]
    public async Task The_standard_input_is_a_document()
    {
        var run = await Gate.ReadAsync(
            """
            ```csharp
            var result = await app.AcquireTokenForManagedIdentity("https://vault.azure.net").WithMtlsProofOfPossession().ExecuteAsync();
            ```
            """,
            "check", "--text", "-");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("MPOP1001 standard-input.md:2", run.Output);
    }
}
