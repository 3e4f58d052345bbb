using System.Diagnostics.CodeAnalysis;

namespace MtlsPop.Analyzers.Tests.Robustness;

/// <summary>Code as a reader copies it from a page, with its wrong names, missing usings and mistakes, becomes a program by what is offered alone.</summary>
public sealed class CopiedCodeTests
{
    private static readonly Sample Copied = new()
    {
        OutputKind = OutputKind.ConsoleApplication,
        GlobalUsings = """
            global using System;
            global using System.Collections.Generic;
            global using System.Net.Http;
            global using System.Net.Http.Headers;
            global using System.Threading;
            global using System.Threading.Tasks;
            """,
    };

    [Fact]
    public Task A_managed_identity_calls_a_vault() => BecomesAProgram(
        """
        using Microsoft.Identity.Client;

        var identity = ManagedIdentityApplicationBuilder
            .Create(ManagedIdentityId.WithUserAssignedClientId("00000000-0000-0000-0000-000000000001"))
            .Build();

        var token = await identity
            .AcquireTokenForManagedIdentity("https://vault.azure.net")
            .WithMtlsProofOfPossession()
            .WithAttestationSupport()
            .ExecuteAsync();

        var handler = new HttpClientHandler();
        handler.ClientCertificates.Add(token.BindingCertificate);

        using var http = new HttpClient(handler);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("mtls_pop", token.AccessToken);
        Console.WriteLine(await http.GetStringAsync("https://contoso.vault.azure.net/secrets/one?api-version=7.4"));
        """,
        """
        using Microsoft.Identity.Client;
        using Microsoft.Identity.Client.AppConfig;
        using Microsoft.Identity.Client.KeyAttestation;

        var identity = ManagedIdentityApplicationBuilder
            .Create(ManagedIdentityId.WithUserAssignedClientId("00000000-0000-0000-0000-000000000001"))
            .Build();

        var token = await identity
            .AcquireTokenForManagedIdentity("https://vault.azure.net")
            .WithMtlsProofOfPossession()
            .WithAttestationSupport()
            .ExecuteAsync();

        var handler = new HttpClientHandler();
        if (token.BindingCertificate is null)
            throw new InvalidOperationException("The token is not bound to a certificate.");
        handler.ClientCertificates.Add(token.BindingCertificate);

        using var http = new HttpClient(handler);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("mtls_pop", token.AccessToken);
        Console.WriteLine(await http.GetStringAsync("https://contoso.vault.azure.net/secrets/one?api-version=7.4"));
        """);

    [Fact]
    public Task A_managed_identity_forgets_to_attest() => BecomesAProgram(
        """
        using Microsoft.Identity.Client;

        class Machine
        {
            private readonly IManagedIdentityApplication _identity = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.SystemAssigned).Build();

            static async Task Main() => Console.WriteLine((await new Machine().AcquireAsync()).TokenType);

            async Task<AuthenticationResult> AcquireAsync() => await _identity
                .AcquireTokenForManagedIdentity("https://storage.azure.com")
                .WithMtlsProofOfPossession()   // bound
                .ExecuteAsync();
        }
        """,
        """
        using Microsoft.Identity.Client;
        using Microsoft.Identity.Client.AppConfig;
        using Microsoft.Identity.Client.KeyAttestation;

        class Machine
        {
            private readonly IManagedIdentityApplication _identity = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.SystemAssigned).Build();

            static async Task Main() => Console.WriteLine((await new Machine().AcquireAsync()).TokenType);

            async Task<AuthenticationResult> AcquireAsync() => await _identity
                .AcquireTokenForManagedIdentity("https://storage.azure.com")
                .WithMtlsProofOfPossession()   // bound
                .WithAttestationSupport()
                .ExecuteAsync();
        }
        """);

    [Fact]
    public Task A_confidential_client_with_the_names_of_the_page() => BecomesAProgram(
        """
        using System.Security.Cryptography.X509Certificates;
        using Microsoft.Identity.Client;

        var certificate = new X509Certificate2("certificate.pfx");

        var client = ConfidentialClientApplicationBuilder
            .Create("00000000-0000-0000-0000-000000000002")
            .WithAuthority("https://login.microsoftonline.com/contoso.com")
            .WithAzureRegion("west us 3")
            .WithCertificate(certificate, sendX5c: true)
            .Build();

        var token = await client
            .AcquireTokenForClient(new[] { "https://graph.microsoft.com" })
            .WithMtlsProofOfPossession()
            .ExecuteAsync();

        Console.WriteLine(token.BindingCertificate.Thumbprint == certificate.Thumbprint);

        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.AccessToken);
        Console.WriteLine(await http.GetStringAsync("https://graph.microsoft.com/v1.0/applications"));
        """,
        """
        using System.Security.Cryptography.X509Certificates;
        using Microsoft.Identity.Client;

        var certificate = new X509Certificate2("certificate.pfx");

        var client = ConfidentialClientApplicationBuilder
            .Create("00000000-0000-0000-0000-000000000002")
            .WithAuthority("https://login.microsoftonline.com/contoso.com")
            .WithAzureRegion("westus3")
            .WithCertificate(certificate, sendX5C: true)
            .Build();

        var token = await client
            .AcquireTokenForClient(new[] { "https://graph.microsoft.com/.default" })
            .WithMtlsProofOfPossession()
            .ExecuteAsync();

        if (token.BindingCertificate is null)
            throw new InvalidOperationException("The token is not bound to a certificate.");
        Console.WriteLine(token.BindingCertificate.Thumbprint == certificate.Thumbprint);

        using var http = new HttpClient(new HttpClientHandler { ClientCertificates = { token.BindingCertificate } });
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(token.TokenType, token.AccessToken);
        Console.WriteLine(await http.GetStringAsync("https://graph.microsoft.com/v1.0/applications"));
        """);

    [Fact]
    public Task Two_legs_with_the_usings_that_the_page_names() => BecomesAProgram(
        """
        using Microsoft.Identity.Client.AppConfig; // for the assertion
        using Client = Microsoft.Identity.Client.ConfidentialClientApplicationBuilder;
        using Machine = Microsoft.Identity.Client.ManagedIdentityApplicationBuilder;

        class Federation
        {
            static readonly Microsoft.Identity.Client.IManagedIdentityApplication Leg1 = Machine.Create(ManagedIdentityId.SystemAssigned).Build();

            static readonly Microsoft.Identity.Client.IConfidentialClientApplication Leg2 = Client.Create("00000000-0000-0000-0000-000000000003")
                .WithAuthority("https://login.microsoftonline.com/contoso.com")
                .WithClientAssertion(ExchangeAsync)
                .Build();

            static async Task<ClientSignedAssertion> ExchangeAsync(AssertionRequestOptions options, CancellationToken cancellationToken)
            {
                var leg1 = await Leg1.AcquireTokenForManagedIdentity("api://AzureADTokenExchange")
                    .WithMtlsProofOfPossession()
                    .WithAttestationSupport()
                    .ExecuteAsync(cancellationToken);
                return new ClientSignedAssertion { Assertion = leg1.AccessToken };
            }

            static async Task Main()
            {
                var result = await Leg2.AcquireTokenForClient(new[] { "https://graph.microsoft.com/.default" }).WithMtlsProofOfPossession().ExecuteAsync();
                Console.WriteLine(result.ExpiresOn);
            }
        }
        """,
        """
        using Microsoft.Identity.Client;
        using Microsoft.Identity.Client.AppConfig; // for the assertion
        using Microsoft.Identity.Client.KeyAttestation;
        using Client = Microsoft.Identity.Client.ConfidentialClientApplicationBuilder;
        using Machine = Microsoft.Identity.Client.ManagedIdentityApplicationBuilder;

        class Federation
        {
            static readonly Microsoft.Identity.Client.IManagedIdentityApplication Leg1 = Machine.Create(ManagedIdentityId.SystemAssigned).Build();

            static readonly Microsoft.Identity.Client.IConfidentialClientApplication Leg2 = Client.Create("00000000-0000-0000-0000-000000000003")
                .WithAuthority("https://login.microsoftonline.com/contoso.com")
                .WithClientAssertion(ExchangeAsync)
                .Build();

            static async Task<ClientSignedAssertion> ExchangeAsync(AssertionRequestOptions options, CancellationToken cancellationToken)
            {
                var leg1 = await Leg1.AcquireTokenForManagedIdentity("api://AzureADTokenExchange")
                    .WithMtlsProofOfPossession()
                    .WithAttestationSupport()
                    .ExecuteAsync(cancellationToken);
                return new ClientSignedAssertion { Assertion = leg1.AccessToken, TokenBindingCertificate = leg1.BindingCertificate };
            }

            static async Task Main()
            {
                var result = await Leg2.AcquireTokenForClient(new[] { "https://graph.microsoft.com/.default" }).WithMtlsProofOfPossession().ExecuteAsync();
                Console.WriteLine(result.ExpiresOn);
            }
        }
        """);

    [Fact]
    public Task A_step_on_the_builder_and_a_certificate_from_a_callback() => BecomesAProgram(
        """
        using System.Security.Cryptography.X509Certificates;
        using Microsoft.Identity.Client;

        class Daemon
        {
            static async Task Main()
            {
                var app = ConfidentialClientApplicationBuilder.Create("00000000-0000-0000-0000-000000000004")
                    .WithTenantId("contoso.com")
                    .WithMtlsProofOfPossession()
                    .WithCertificate(_ => Task.FromResult(new X509Certificate2("certificate.pfx")))
                    .Build();

                var result = await app.AcquireTokenForClient(new[] { "https://graph.microsoft.com/.default" }).ExecuteAsync();
                Console.WriteLine(result.TokenType);
            }
        }
        """,
        """
        using System.Security.Cryptography.X509Certificates;
        using Microsoft.Identity.Client;
        using Microsoft.Identity.Client.AppConfig;
        using Microsoft.Identity.Client.Extensibility;

        class Daemon
        {
            static async Task Main()
            {
                var app = ConfidentialClientApplicationBuilder.Create("00000000-0000-0000-0000-000000000004")
                    .WithTenantId("contoso.com")
                    .WithCertificate(_ => Task.FromResult(new X509Certificate2("certificate.pfx")), new CertificateOptions { SendX5C = true })
                    .Build();

                var result = await app.AcquireTokenForClient(new[] { "https://graph.microsoft.com/.default" }).WithMtlsProofOfPossession().ExecuteAsync();
                Console.WriteLine(result.TokenType);
            }
        }
        """);

    [Fact]
    public Task A_managed_identity_with_the_claims_step_that_MSAL_took_away() => BecomesAProgram(
        """
        using Microsoft.Identity.Client;

        var identity = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.SystemAssigned).Build();
        var result = await identity.AcquireTokenForManagedIdentity("https://vault.azure.net")
            .WithMtlsProofOfPossession()
            .WithClaimsFromClient("{}")
            .ExecuteAsync();
        Console.WriteLine(result.TokenType);
        """,
        """
        using Microsoft.Identity.Client;
        using Microsoft.Identity.Client.AppConfig;
        using Microsoft.Identity.Client.KeyAttestation;

        var identity = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.SystemAssigned).Build();
        var result = await identity.AcquireTokenForManagedIdentity("https://vault.azure.net")
            .WithMtlsProofOfPossession()
            .WithAttestationSupport()
            .WithClaims("{}")
            .ExecuteAsync();
        Console.WriteLine(result.TokenType);
        """);

    private static async Task BecomesAProgram([StringSyntax("C#-test")] string copied, [StringSyntax("C#-test")] string program)
    {
        var bench = await (await Workbench.OpenAsync(Copied, copied)).TakeAllFixesAsync();

        Assert.Equal(program, await bench.TextAsync());
        Assert.Empty(await bench.FaultsAsync());
    }
}
