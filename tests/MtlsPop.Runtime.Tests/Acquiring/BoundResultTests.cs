using System.Security.Cryptography;
using Microsoft.Identity.Client;
using MtlsPop.StandIns;

namespace MtlsPop.Tests.Acquiring;

public class BoundResultTests
{
    [Fact]
    public void A_bound_result_gives_its_certificate()
    {
        var certificate = World.NewCertificate();

        Assert.Same(certificate, Results.Of(certificate).RequireBinding());
    }

    [Fact]
    public void The_token_type_is_compared_without_regard_to_case() =>
        Assert.NotNull(Results.Of(World.NewCertificate(), tokenType: "MTLS_POP").RequireBinding());

    [Theory]
    [InlineData("Bearer")]
    [InlineData("pop")]
    [InlineData("")]
    public void A_token_of_another_type_is_refused(string tokenType) =>
        AssertRefused(MtlsPopError.TokenTypeMismatch, Results.Of(World.NewCertificate(), tokenType));

    [Theory]
    [InlineData("evil\r\nline")]
    [InlineData("a very long token type that a token service made up")]
    public void What_the_token_service_calls_its_token_is_not_copied_into_the_message(string tokenType) =>
        Assert.DoesNotContain(
            tokenType, Assert.Throws<MtlsPopException>(() => Results.Of(World.NewCertificate(), tokenType).RequireBinding()).Message, StringComparison.Ordinal);

    [Fact]
    public void A_token_that_states_another_certificate_than_its_own_is_refused()
    {
        var result = Results.Of(World.NewCertificate());
        result.BindingCertificate = World.NewCertificate();

        AssertRefused(MtlsPopError.BindingMismatch, result);
    }

    [Theory]
    [InlineData("opaque")]
    [InlineData("a.b.c")]
    [InlineData("e30.W10.x")]
    [InlineData("e30.eyJjbmYiOnsieDV0I1MyNTYiOiIlJSUifX0.x")]
    public void A_token_that_is_not_to_be_read_is_not_read(string token)
    {
        var certificate = World.NewCertificate();
        var result = new AuthenticationResult(
            token, false, null, DateTimeOffset.UtcNow.AddHours(1), default, "tenant", null, null, [World.Scope], Guid.NewGuid(), "mtls_pop")
            {
                BindingCertificate = certificate,
            };

        Assert.Same(certificate, result.RequireBinding());
    }

    [Theory]
    [InlineData("a.b.c\r\nX-Injected: 1")]
    [InlineData("a.b.c\nX-Injected: 1")]
    public async Task A_token_that_would_end_its_header_is_not_sent(string token)
    {
        await using var world = await World.StartAsync();
        var result = new AuthenticationResult(
            token, false, null, DateTimeOffset.UtcNow.AddHours(1), default, "tenant", null, null, [World.Scope], Guid.NewGuid(), "mtls_pop")
            {
                BindingCertificate = World.NewCertificate(),
            };
        using var client = world.Client(Results.Acquirer(_ => result));

        var exception = await Record.ExceptionAsync(() => client.GetAsync(World.Api));

        Assert.NotNull(exception);
        Assert.DoesNotContain("a.b.c", $"{exception}", StringComparison.Ordinal);
        Assert.Equal(0, world.Resource.Server.Handshakes);
    }

    [Fact]
    public void A_result_without_certificate_is_refused() =>
        AssertRefused(MtlsPopError.BindingCertificateMissing, Results.Of(certificate: null));

    [Fact]
    public void A_certificate_without_private_key_is_refused() =>
        AssertRefused(MtlsPopError.PrivateKeyUnavailable, Results.Of(Results.WithoutKey(World.NewCertificate())));

    [Fact]
    public void A_disposed_certificate_is_refused()
    {
        var certificate = World.NewCertificate();
        var result = Results.Of(certificate);
        certificate.Dispose();

        AssertRefused(MtlsPopError.CertificateNotUsable, result);
    }

    [Fact]
    public void A_certificate_that_is_not_for_client_authentication_is_refused() =>
        AssertRefused(MtlsPopError.CertificateNotUsable, Results.Of(World.Authority.IssueClient("server", purpose: CertificateAuthority.ServerAuthentication)));

    [Fact]
    public void A_certificate_for_any_purpose_will_do() =>
        Assert.NotNull(Results.Of(World.Authority.IssueClient("any", purpose: "2.5.29.37.0")).RequireBinding());

    [Fact]
    public void An_expired_certificate_is_refused() =>
        AssertRefused(
            MtlsPopError.CertificateOutsideValidity,
            Results.Of(World.Authority.IssueClient("old", from: DateTimeOffset.UtcNow.AddDays(-2), to: DateTimeOffset.UtcNow.AddMinutes(-1))));

    [Fact]
    public void A_certificate_that_is_not_valid_yet_is_refused() =>
        AssertRefused(
            MtlsPopError.CertificateOutsideValidity,
            Results.Of(World.Authority.IssueClient("early", from: DateTimeOffset.UtcNow.AddMinutes(10))));

    [Fact]
    public void The_validity_is_measured_with_the_clock_that_is_given()
    {
        var clock = new ManualClock();
        var result = Results.Of(World.NewCertificate());
        Assert.NotNull(MtlsPopToken.FromResult(result, clock));

        clock.Advance(TimeSpan.FromDays(31));

        var exception = Assert.Throws<MtlsPopException>(() => MtlsPopToken.FromResult(result, clock));
        Assert.Equal(MtlsPopError.CertificateOutsideValidity, exception.Error);
    }

    [Fact]
    public void A_pair_carries_the_hash_that_its_token_states()
    {
        var certificate = World.NewCertificate();
        var token = MtlsPopToken.FromResult(Results.Of(certificate));

        Assert.Equal(certificate.GetCertHash(HashAlgorithmName.SHA256), token.BindingSha256.ToArray());
        Assert.Equal($"mtls_pop {token.AccessToken}", token.CreateAuthorizationHeader().ToString());
    }

    private static void AssertRefused(MtlsPopError expected, AuthenticationResult result)
    {
        Assert.Equal(expected, Assert.Throws<MtlsPopException>(() => result.RequireBinding()).Error);
        Assert.Equal(expected, Assert.Throws<MtlsPopException>(() => MtlsPopToken.FromResult(result)).Error);
    }
}
