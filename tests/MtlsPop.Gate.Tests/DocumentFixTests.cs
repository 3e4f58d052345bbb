namespace MtlsPop.Gate.Tests;

/// <summary>Documents whose code is fixed where it stands.</summary>
public sealed class DocumentFixTests
{
    [Fact]
    public async Task Code_usings_and_versions_are_fixed_and_all_else_stays_as_it_was()
    {
        await AssertFixedAsync(
            """
            # Guide

            ```bash
            dotnet add package Microsoft.Identity.Client --version 4.79.2   # MSAL
            ```

            ```csharp
            using Microsoft.Identity.Client;

            // Ask for the token.
            var app = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.SystemAssigned).Build();
            var result = await app.AcquireTokenForManagedIdentity("https://vault.azure.net")
                .WithMtlsProofOfPossession()   // bound
                .ExecuteAsync();
            Use(result.BindingCertificate.Thumbprint);
            ```
            """,
            """
            # Guide

            ```bash
            dotnet add package Microsoft.Identity.Client --version 4.89.0   # MSAL
            ```

            ```csharp
            using Microsoft.Identity.Client;
            using Microsoft.Identity.Client.AppConfig;
            using Microsoft.Identity.Client.KeyAttestation;

            // Ask for the token.
            var app = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.SystemAssigned).Build();
            var result = await app.AcquireTokenForManagedIdentity("https://vault.azure.net")
                .WithMtlsProofOfPossession()   // bound
                .WithAttestationSupport()
                .ExecuteAsync();
            if (result.BindingCertificate is null)
                throw new InvalidOperationException("The token is not bound to a certificate.");
            Use(result.BindingCertificate.Thumbprint);
            ```
            """);
    }

    [Fact]
    public async Task A_block_in_a_list_keeps_its_place_and_one_without_usings_gets_none()
    {
        await AssertFixedAsync(
            """
            MSAL 4.86.1, with `using Microsoft.Identity.Client.KeyAttestation`:

            1. Ask:

               ```csharp
               // Usings are left out.
               var result = await app.AcquireTokenForManagedIdentity("https://vault.azure.net")
                   .WithMtlsProofOfPossession()
                   .ExecuteAsync();
               ```
            """,
            """
            MSAL 4.86.1, with `using Microsoft.Identity.Client.KeyAttestation`:

            1. Ask:

               ```csharp
               // Usings are left out.
               var result = await app.AcquireTokenForManagedIdentity("https://vault.azure.net")
                   .WithMtlsProofOfPossession()
                   .WithAttestationSupport()
                   .ExecuteAsync();
               ```
            """);
    }

    [Fact]
    public async Task A_fault_that_only_a_later_block_shows_is_fixed_in_the_earlier_one()
    {
        await AssertFixedAsync(
            """
            MSAL 4.86.1. Usings are as above.

            ```csharp
            // Usings are left out.
            var app = ConfidentialClientApplicationBuilder.Create("id").WithTenantId("t").WithCertificate(certificate).Build();
            ...
            ```

            Then:

            ```csharp
            // Usings are left out.
            var result = await app.AcquireTokenForClient(["https://vault.azure.net/.default"]).WithMtlsProofOfPossession().ExecuteAsync();
            ```
            """,
            """
            MSAL 4.86.1. Usings are as above.

            ```csharp
            // Usings are left out.
            var app = ConfidentialClientApplicationBuilder.Create("id").WithTenantId("t").WithCertificate(certificate, sendX5C: true).Build();
            ...
            ```

            Then:

            ```csharp
            // Usings are left out.
            var result = await app.AcquireTokenForClient(["https://vault.azure.net/.default"]).WithMtlsProofOfPossession().ExecuteAsync();
            ```
            """);
    }

    [Fact]
    public async Task A_call_that_MSAL_has_under_another_name_is_repaired()
    {
        await AssertFixedAsync(
            """
            ```csharp
            using Microsoft.Identity.Client;

            var app = ConfidentialClientApplicationBuilder.Create("id").WithCertificate(LoadCertificate(), sendX5c: true).Build();
            ```
            """,
            """
            ```csharp
            using Microsoft.Identity.Client;

            var app = ConfidentialClientApplicationBuilder.Create("id").WithCertificate(LoadCertificate(), sendX5C: true).Build();
            ```
            """);
    }

    [Fact]
    public async Task Text_behind_code_that_has_lost_its_fences_stays()
    {
        await AssertFixedAsync(
            """
            using Microsoft.Identity.Client;
            var result = await app.AcquireTokenForClient(new[] { "https://vault.azure.net" }).WithMtlsProofOfPossession().ExecuteAsync();See MSAL 4.86.1.
            """,
            """
            using Microsoft.Identity.Client;
            var result = await app.AcquireTokenForClient(new[] { "https://vault.azure.net/.default" }).WithMtlsProofOfPossession().ExecuteAsync();See MSAL 4.86.1.
            """);
    }

    [Fact]
    public async Task Line_ends_are_those_of_the_document()
    {
        const string Before = """
            MSAL 4.86.1
            ```csharp
            // Usings are left out.
            var result = await app.AcquireTokenForManagedIdentity("https://vault.azure.net")
                .WithMtlsProofOfPossession()
                .ExecuteAsync();
            ```
            """;
        using var workspace = new Workspace().Write("guide.md", Before.ReplaceLineEndings("\r\n"));

        await Gate.RunAsync("fix", workspace.PathOf("guide.md"));

        Assert.Equal(
            Before.Replace("    .ExecuteAsync", "    .WithAttestationSupport()\n    .ExecuteAsync").ReplaceLineEndings("\r\n"),
            await File.ReadAllTextAsync(workspace.PathOf("guide.md"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Only_the_rules_that_are_named_are_fixed_and_what_is_left_is_told()
    {
        using var workspace = new Workspace().Write("guide.md", """
            ```csharp
            var result = await app.AcquireTokenForClient(["https://vault.azure.net"])
                .WithMtlsProofOfPossession().ExecuteAsync();
            Use(result.BindingCertificate.Thumbprint);
            ```
            """);

        var run = await Gate.RunAsync("fix", workspace.PathOf("guide.md"), "--rule", "MPOP1008");

        Assert.Equal("Changed guide.md\n1 finding before, 0 left.\n", run.Output.ReplaceLineEndings("\n"));
        var text = await File.ReadAllTextAsync(workspace.PathOf("guide.md"), TestContext.Current.CancellationToken);
        Assert.Contains("vault.azure.net/.default", text);
        Assert.DoesNotContain("is null", text);
    }

    /// <summary>Nothing that fails is left in the fixed document.</summary>
    private static async Task AssertFixedAsync(string before, string after)
    {
        using var workspace = new Workspace().Write("guide.md", before);

        var run = await Gate.RunAsync("fix", workspace.PathOf("guide.md"));

        Assert.Equal(after, await File.ReadAllTextAsync(workspace.PathOf("guide.md"), TestContext.Current.CancellationToken), ignoreLineEndingDifferences: true);
        Assert.Equal(0, run.ExitCode);
    }
}
