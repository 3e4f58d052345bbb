using System.Diagnostics.Tracing;
using Azure;
using Azure.Core;
using Azure.Core.Diagnostics;
using Azure.Core.Pipeline;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using MtlsPop.StandIns;

namespace MtlsPop.AzureTests;

/// <summary>What Azure's own client for Key Vault does with the credential and its transport.</summary>
public class SecretClientTests
{
    [Fact]
    public async Task A_client_reads_a_secret_with_a_bound_token()
    {
        await using var world = await World.StartAsync();

        var secret = await world.Secrets().GetSecretAsync("one");

        Assert.Equal("a secret", secret.Value.Value);
        var request = Assert.Single(world.Vault.Seen);
        Assert.True(request.IsBound);
        Assert.True(request.SaysBound);
        Assert.Equal(KeyVault.Scope, request.Token!.Audience);
    }

    [Fact]
    public async Task Its_synchronous_methods_work_as_well()
    {
        await using var world = await World.StartAsync();
        var client = world.Secrets();

        await Task.Run(() => client.SetSecret("one", "first"));
        var secret = await Task.Run(() => client.GetSecret("one"));

        Assert.Equal("first", secret.Value.Value);
        Assert.Equal(0, world.Vault.Mismatches);
    }

    [Fact]
    public async Task One_token_serves_many_requests_over_one_connection()
    {
        await using var world = await World.StartAsync();
        var client = world.Secrets();
        await client.GetSecretAsync("one");
        var handshakes = world.Vault.Server.Handshakes;

        for (var i = 0; i < 10; i++)
        {
            await client.SetSecretAsync("one", $"{i}");
        }

        Assert.Single(world.Sts.Seen);
        Assert.Equal(handshakes, world.Vault.Server.Handshakes);
    }

    [Fact]
    public async Task No_policy_and_no_log_of_the_pipeline_sees_the_token()
    {
        await using var world = await World.StartAsync();
        var seen = new List<string>();
        using var listener = new AzureEventSourceListener(
            (args, text) => { lock (seen) { seen.Add($"{text} {string.Join(' ', args.Payload ?? [])}"); } }, EventLevel.LogAlways);
        var client = world.Secrets(world.Credential(), options =>
        {
            options.Diagnostics.LoggedHeaderNames.Add("Authorization");
            options.AddPolicy(
                new Watching(message =>
                {
                    lock (seen)
                        seen.Add($"{message.Request.Headers.TryGetValue("Authorization", out var it)} {it}");
                }),
                HttpPipelinePosition.BeforeTransport);
        });

        await client.GetSecretAsync("one");

        listener.Dispose(); // it hears the clients of all tests
        var token = Assert.Single(world.Vault.Seen).Authorization!.Split(' ')[1];
        string[] lines;
        lock (seen)
        {
            lines = [.. seen];
        }

        Assert.Contains(lines, line => line.Contains("Bearer mtlspop-reference-", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains(token, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Over_another_transport_the_credential_gives_nothing_away()
    {
        await using var world = await World.StartAsync();
        using var handler = new SocketsHttpHandler();
        world.Network.Configure(handler);
        var client = world.Secrets(world.Credential(), options => options.Transport = new HttpClientTransport(new HttpClient(handler)));

        await Assert.ThrowsAsync<RequestFailedException>(() => client.GetSecretAsync("one"));

        Assert.All(world.Vault.Seen, request => Assert.StartsWith("Bearer mtlspop-reference-", request.Authorization, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("mtls_pop")]
    [InlineData("Bearer")]
    public async Task A_claims_challenge_is_answered_under_either_scheme_and_the_body_is_sent_again(string scheme)
    {
        await using var world = await World.StartAsync();
        var client = world.Secrets();
        await client.GetSecretAsync("one");
        world.Vault.DemandClaims(scheme);

        var secret = await client.SetSecretAsync("one", "changed");

        Assert.Equal("changed", secret.Value.Value);
        Assert.NotNull(world.Sts.Seen.Last().Claims);
        Assert.Equal(2, world.Vault.Seen.Count(request => request.Body.Contains("changed", StringComparison.Ordinal)));
        Assert.Equal(0, world.Vault.Mismatches);
    }

    [Fact]
    public async Task Whatever_a_server_demands_its_answers_free_their_connections()
    {
        await using var world = await World.StartAsync();
        var challenges = new HostileChallenges(13);
        world.Vault.Intercepts = async (context, _) =>
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            context.Response.Headers.WWWAuthenticate = challenges.Next();
            await context.Response.WriteAsync("a body that nobody reads");
            return true;
        };
        var secrets = world.Secrets(world.Credential(configure: options => options.Transport.MaxConnectionsPerServer = 2));

        for (var i = 0; i < 500; i++)
        {
            Assert.NotNull(await Record.ExceptionAsync(() => secrets.GetSecretAsync("one")));
        }

        world.Vault.Intercepts = static (_, _) => Task.FromResult(false);
        Assert.Equal("a secret", (await secrets.GetSecretAsync("one")).Value.Value);
        Assert.InRange(world.Vault.Server.Handshakes, 1, 4); // two with a certificate and, to ask what is wanted, two without
        Assert.Equal(0, world.Vault.Mismatches);
    }

    [Fact]
    public async Task Each_retry_of_the_pipeline_is_bound()
    {
        await using var world = await World.StartAsync();
        var attempts = 0;
        world.Vault.Intercepts = (context, _) =>
        {
            context.Response.StatusCode = ++attempts < 3 ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
            return Task.FromResult(attempts < 3);
        };

        await world.Secrets().GetSecretAsync("one");

        Assert.Equal(3, world.Vault.Seen.Count);
        Assert.Equal(0, world.Vault.Mismatches);
    }

    [Fact]
    public async Task A_certificate_that_the_server_refuses_is_replaced_by_the_next_attempt()
    {
        await using var world = await World.StartAsync();
        var (old, renewed) = (World.Authority.IssueClient("old"), World.Authority.IssueClient("renewed"));
        var certificate = old;
        var client = world.Secrets(world.Acquirer(() => certificate));
        world.Vault.Server.Trusts = presented => presented.Thumbprint != old.Thumbprint;
        world.Sts.Delay = _ => { certificate = renewed; return Task.CompletedTask; };

        await client.GetSecretAsync("one");

        Assert.Equal(BoundJwt.HashOf(renewed), world.Vault.Seen.Last().CertificateSha256);
        Assert.Equal(2, world.Sts.Seen.Count);
    }

    [Fact]
    public async Task A_certificate_that_ends_before_its_token_is_replaced()
    {
        await using var world = await World.StartAsync();
        var certificate = World.Authority.IssueClient("short");
        var client = world.Secrets(MtlsPopTokenAcquirer.Create((_, _) => Task.FromResult(World.Pair(certificate, TimeSpan.FromHours(1)))));
        await client.GetSecretAsync("one");

        certificate.Dispose();
        certificate = World.Authority.IssueClient("next");
        await client.GetSecretAsync("one");

        Assert.Equal(BoundJwt.HashOf(certificate), world.Vault.Seen.Last().CertificateSha256);
        Assert.Equal(0, world.Vault.Mismatches);
    }

    [Fact]
    public async Task A_host_that_is_not_allowed_is_sent_nothing()
    {
        await using var world = await World.StartAsync();
        await using var elsewhere = await KeyVault.StartAsync(world.Network, "contoso.vault.example.com");
        var client = world.Secrets(world.Credential(), host: "contoso.vault.example.com");

        var exception = await Assert.ThrowsAsync<MtlsPopException>(() => client.GetSecretAsync("one"));

        Assert.Equal(MtlsPopError.HostNotAllowed, exception.Error);
        Assert.Equal(0, elsewhere.Server.Handshakes);
        Assert.Empty(world.Sts.Seen);
    }

    [Fact]
    public async Task A_header_that_is_not_the_credentials_is_not_sent()
    {
        await using var world = await World.StartAsync();
        var client = world.Secrets(world.Credential(), options => options.AddPolicy(
            new Watching(message => message.Request.Headers.SetValue("Authorization", "Bearer another")), HttpPipelinePosition.BeforeTransport));

        var exception = await Assert.ThrowsAsync<MtlsPopException>(() => client.GetSecretAsync("one"));

        Assert.Equal(MtlsPopError.UnsafeTransport, exception.Error);
        Assert.Empty(world.Vault.Seen);
    }

    [Theory]
    [InlineData(false, "contoso.onmicrosoft.com")]
    [InlineData(true, KeyVault.ChallengeTenant)]
    public async Task The_tenant_of_a_challenge_is_asked_only_where_it_is_allowed(bool isAllowed, string asked)
    {
        await using var world = await World.StartAsync();
        var credential = world.Credential(configure: options =>
        {
            if (isAllowed)
            {
                options.AllowedTenants.Add(KeyVault.ChallengeTenant);
            }
        });

        await world.Secrets(credential).GetSecretAsync("one");

        Assert.Equal(asked, Assert.Single(world.Sts.Seen).Tenant);
    }

    [Fact]
    public async Task Cancelling_ends_a_request_and_leaves_the_others_alone()
    {
        await using var world = await World.StartAsync();
        var client = world.Secrets();
        await client.GetSecretAsync("one");
        var arrived = new TaskCompletionSource();
        world.Vault.Intercepts = async (context, request) =>
        {
            if (request.Path.Contains("slow", StringComparison.Ordinal))
            {
                arrived.SetResult();
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            }

            return false;
        };
        using var cancellation = new CancellationTokenSource();

        var slow = client.GetSecretAsync("slow", cancellationToken: cancellation.Token);
        await arrived.Task;
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => slow);
        await client.GetSecretAsync("one");

        Assert.Equal(0, world.Vault.Mismatches);
    }

    [Fact]
    public async Task Cancelling_while_the_token_is_acquired_ends_the_request()
    {
        await using var world = await World.StartAsync();
        var asked = new TaskCompletionSource();
        var answer = new TaskCompletionSource();
        world.Sts.Delay = _ => { asked.TrySetResult(); return answer.Task; };
        using var cancellation = new CancellationTokenSource();

        var waiting = world.Secrets().GetSecretAsync("one", cancellationToken: cancellation.Token);
        await asked.Task;
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        answer.SetResult();
        Assert.Empty(world.Vault.Seen);
    }

    [Fact]
    public async Task After_disposal_nothing_is_sent_any_more()
    {
        await using var world = await World.StartAsync();
        var certificate = World.Authority.IssueClient("kept");
        var credential = world.Credential(world.Acquirer(() => certificate));
        var client = world.Secrets(credential);
        await client.GetSecretAsync("one");

        credential.Dispose();
        credential.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => client.GetSecretAsync("one"));
        Assert.Single(world.Vault.Seen);
        Assert.True(certificate.HasPrivateKey);
    }

    [Fact]
    public void Options_that_cannot_work_are_refused_at_once()
    {
        var acquirer = MtlsPopTokenAcquirer.Create((_, _) => throw new InvalidOperationException());

        Assert.Throws<OptionsValidationException>(() => new MtlsPopCredential(acquirer, new MtlsPopCredentialOptions()));
        Assert.Throws<OptionsValidationException>(() => new MtlsPopCredential(acquirer, new MtlsPopCredentialOptions { AllowedHosts = { "*" } }));
        Assert.Throws<OptionsValidationException>(() => new MtlsPopCredential(
            acquirer, new MtlsPopCredentialOptions { AllowedHosts = { "*.vault.azure.net" }, Transport = { MaxPooledBindings = 0 } }));
    }

    [Fact]
    public async Task References_are_bounded_and_the_one_unused_for_longest_goes_first()
    {
        var certificate = World.Authority.IssueClient("many");
        await using var world = await World.StartAsync();
        var credential = world.Credential(MtlsPopTokenAcquirer.Create((_, _) => Task.FromResult(World.Pair(certificate, TimeSpan.FromHours(1)))));
        var first = (await credential.GetTokenAsync(new TokenRequestContext(["https://first/.default"]), default)).Token;
        for (var i = 0; i < 1024; i++)
        {
            await credential.GetTokenAsync(new TokenRequestContext([$"https://{i}/.default"]), default);
        }

        var again = (await credential.GetTokenAsync(new TokenRequestContext(["https://first/.default"]), default)).Token;

        Assert.NotEqual(first, again);
    }
}
