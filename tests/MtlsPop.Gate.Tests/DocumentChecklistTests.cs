namespace MtlsPop.Gate.Tests;

/// <summary>What a document is asked beside its code.</summary>
public sealed class DocumentChecklistTests
{
    private const string Request = """
        ```csharp
        using Microsoft.Identity.Client;
        using Microsoft.Identity.Client.KeyAttestation;

        var result = await app.AcquireTokenForManagedIdentity("https://vault.azure.net")
            .WithMtlsProofOfPossession().WithAttestationSupport().ExecuteAsync();
        ```
        """;

    [Theory]
    [InlineData("Needs MSAL.NET 4.82.1 or later.", "pass", "MSAL 4.82.1 is named")]
    [InlineData("- **MSAL.NET**: 4.84 minimum", "pass", "MSAL 4.84.0 is named")]
    [InlineData("```bash\ndotnet add package Microsoft.Identity.Client --version 4.92.0\n```", "pass", "MSAL 4.92.0 is named")]
    [InlineData("```xml\n<PackageReference Include=\"Microsoft.Identity.Client\" Version=\"4.90.0\" />\n```", "pass", "MSAL 4.90.0 is named")]
    [InlineData("Before MSAL 4.61 there was no such thing; use MSAL 4.86.1.", "pass", "MSAL 4.86.1 is named")]
    [InlineData("Works on .NET 8.0.", "fail", "1 finding")]
    [InlineData("Needs MSAL.NET 4.79.0.", "fail", "1 finding")]
    [InlineData("MSAL 4.90.0 or later:\n```bash\ndotnet add package Microsoft.Identity.Client --version 4.79.2\n```", "fail", "1 finding")]
    public async Task A_version_that_can_bind_must_be_named(string words, string status, string text)
    {
        using var document = await JudgedDocument.CheckAsync($"{words}\n\n{Request}");

        Assert.Equal((status, text), document.Answer("msal-version"));
    }

    [Fact]
    public async Task The_preview_package_is_outgrown()
    {
        using var document = await JudgedDocument.CheckAsync($"""
            MSAL 4.86.1:

            ```bash
            dotnet add package Microsoft.Identity.Client.MtlsPop --version 4.79.1-preview
            ```

            {Request}
            """);

        Assert.Equal(["MPOP9005:4"], document.Faults);
    }

    [Fact]
    public async Task A_block_with_usings_must_state_all_that_it_needs()
    {
        using var document = await JudgedDocument.CheckAsync($"""
            MSAL 4.86.1

            {Request}

            ```csharp
            using Microsoft.Identity.Client;

            var app = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.SystemAssigned).Build();
            ```
            """);

        Assert.Equal(["MPOP0102:14"], document.Faults);
    }

    [Theory]
    [InlineData("```csharp\nusing Microsoft.Identity.Client.AppConfig;\n```", "")]
    [InlineData("", "// Usings are left out.")]
    public async Task A_block_without_usings_relies_on_those_that_are_stated_or_says_that_they_are_left_out(string elsewhere, string comment)
    {
        using var document = await JudgedDocument.CheckAsync($"""
            MSAL 4.86.1

            {elsewhere}

            {Request}

            ```csharp
            {comment}
            var app = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.SystemAssigned).Build();
            ```
            """);

        Assert.Equal("pass", document.Answer("namespaces").Status);
    }

    [Theory]
    [InlineData("and by `WithUserAssignedResourceId` and `WithUserAssignedObjectId`.", "pass")]
    [InlineData("and by `WithUserAssignedResourceId`.", "fail")]
    public async Task Where_a_user_assigned_identity_is_shown_all_its_identifiers_are(string words, string status)
    {
        using var document = await JudgedDocument.CheckAsync($"""
            MSAL 4.86.1

            {Request}

            By its client ID {words}

            ```csharp
            ManagedIdentityId.WithUserAssignedClientId("6325cd32-9911-41f3-819c-416cdf9104e7")
            ```
            """);

        Assert.Equal(status, document.Answer("identifiers").Status);
    }

    [Theory]
    [InlineData("A managed identity has no `WithClientAssertion`, so that it cannot be leg 2.", "pass")]
    [InlineData("Both may be any kind of application.", "fail")]
    public async Task Where_two_legs_are_explained_it_is_said_that_a_managed_identity_is_not_the_second(string words, string status)
    {
        using var document = await JudgedDocument.CheckAsync($"""
            # Federation with MSAL 4.86.1

            Leg 1 asks for `api://AzureADTokenExchange`. Leg 2 exchanges its token. {words}

            {Request}
            """);

        Assert.Equal(status, document.Answer("second-leg").Status);
    }

    [Fact]
    public async Task A_direct_flow_that_the_text_calls_a_leg_is_noted()
    {
        using var document = await JudgedDocument.CheckAsync($"""
            # Leg 1 with MSAL 4.86.1

            {Request}
            """);

        Assert.Equal("noted", document.Answer("terms").Status);
    }
}
