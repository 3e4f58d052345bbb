using System.Net.Http.Headers;

namespace MtlsPop;

/// <summary>
/// Stands for a token in the Authorization header until the request is below every handler and logger. It knows the pair and does not show
/// it.
/// </summary>
internal sealed class BoundAuthorization(MtlsPopToken token) : AuthenticationHeaderValue(MtlsPopToken.Scheme, Withheld)
{
    private const string Withheld = "*";
    private const string Shown = $"{MtlsPopToken.Scheme} {Withheld}";

    internal MtlsPopToken Token { get; } = token;

    internal AuthenticationHeaderValue OnTheWire { get; } = token.CreateAuthorizationHeader();

    /// <summary>What a request was given, if that is still the only value of its header.</summary>
    public static BoundAuthorization? Of(HttpRequestMessage request) =>
        request.Headers.NonValidated.TryGetValues("Authorization", out var values) && values.Count == 1
            ? request.Headers.Authorization as BoundAuthorization
            : null;

    public override string ToString() => Shown;
}
