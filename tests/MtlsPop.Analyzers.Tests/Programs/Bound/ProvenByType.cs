// A token whose type was compared with mtls_pop is bound, whoever acquired it.
using System.Net.Http.Headers;
using Microsoft.Identity.Client;

namespace Contoso.Senders;

internal sealed class Sender(AuthenticationResult result)
{
    private readonly AuthenticationResult _result = result;

    public void FromAField(HttpRequestMessage request)
    {
        if (_result.TokenType == "mtls_pop") // expect: MPOP3007
            request.Headers.Authorization = new AuthenticationHeaderValue("PoP", _result.AccessToken); // expect: MPOP3002
    }

    public static void FromAParameter(HttpRequestMessage request, AuthenticationResult result)
    {
        if (!string.Equals(result.TokenType, "mtls_pop", StringComparison.OrdinalIgnoreCase))
            return;

        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", result.AccessToken); // expect: MPOP3002
    }

    public static void FromASwitch(HttpRequestMessage request, AuthenticationResult result)
    {
        switch (result.TokenType)
        {
            case "mtls_pop": // expect: MPOP3007
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", result.AccessToken); // expect: MPOP3002
                break;
            case "MTLS_POP":
                request.Headers.Authorization = new AuthenticationHeaderValue("mtls_pop", result.AccessToken);
                break;
        }
    }

    public static void OfAnotherType(HttpRequestMessage request, AuthenticationResult result)
    {
        if (result.TokenType == "pop")
            request.Headers.Authorization = new AuthenticationHeaderValue("PoP", result.AccessToken);
    }

    public static void NotBound(HttpRequestMessage request, AuthenticationResult result)
    {
        if (!string.Equals(result.TokenType, "mtls_pop", StringComparison.OrdinalIgnoreCase))
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", result.AccessToken);
    }
}
