using Microsoft.Identity.Client;

namespace MtlsPop;

/// <summary>A bound token of the first leg in the form that the second leg takes it: assertion and certificate together.</summary>
internal sealed class FirstLegResult(MtlsPopToken token, DateTimeOffset acquired, bool replacesAnother)
{
    public Task<ClientSignedAssertion> Assertion { get; } = Task.FromResult(
        new ClientSignedAssertion { Assertion = token.AccessToken, TokenBindingCertificate = token.BindingCertificate });

    public bool IsFresh(TimeProvider clock) => token.IsFresh(clock);

    public bool IsUsable(TimeProvider clock) =>
        clock.GetUtcNow() < token.ExpiresOn && token.Binding.IsPresentable(token.BindingCertificate, clock);

    public bool ReplacedAnotherWithin(TimeSpan age, DateTimeOffset now) => replacesAnother && now - acquired < age;
}
