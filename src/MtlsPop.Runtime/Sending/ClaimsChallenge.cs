using System.Net;
using System.Text.Json;
using Microsoft.Identity.Client;

namespace MtlsPop;

/// <summary>The claims that a resource demands in a 401.</summary>
internal static class ClaimsChallenge
{
    private const int MaxLength = 16 * 1024;

    public static string? In(HttpResponseMessage response)
    {
        if (response.StatusCode != HttpStatusCode.Unauthorized || !response.Headers.TryGetValues("WWW-Authenticate", out var values)
            || values.Sum(static value => value.Length) > MaxLength)
        {
            return null;
        }

        return Under(MtlsPopToken.Scheme, response) ?? Under("Bearer", response);
    }

    private static string? Under(string scheme, HttpResponseMessage response)
    {
        var claims = WwwAuthenticateParameters.GetClaimChallengeFromResponseHeaders(response.Headers, scheme);
        return IsJsonObject(claims) ? claims : null;
    }

    private static bool IsJsonObject(string? claims)
    {
        try
        {
            using var document = JsonDocument.Parse(claims ?? "");
            return document.RootElement.ValueKind is JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
