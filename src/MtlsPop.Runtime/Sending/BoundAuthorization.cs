using System.Net.Http.Headers;

namespace MtlsPop;

/// <summary>An Authorization value that knows its certificate: what stamps the token and what opens the connection cannot disagree.</summary>
internal sealed class BoundAuthorization(MtlsPopToken token) : AuthenticationHeaderValue(MtlsPopToken.Scheme, token.AccessToken)
{
    public MtlsPopToken Token { get; } = token;
}
