using System.Net;
using System.Text;
using System.Text.Json;

namespace MtlsPop;

/// <summary>The claims that a resource demands in a 401.</summary>
internal static class ClaimsChallenge
{
    public const string Header = "WWW-Authenticate";

    private const int MaxLength = 16 * 1024;

    private static readonly UTF8Encoding _strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>
    /// The claims of the first challenge that can be read, <c>mtls_pop</c> before <c>Bearer</c>; null where there is none, whatever the
    /// server wrote.
    /// </summary>
    public static string? In(HttpResponseMessage response)
    {
        if (response.StatusCode != HttpStatusCode.Unauthorized || !response.Headers.NonValidated.TryGetValues(Header, out var values))
        {
            return null;
        }

        var length = 0;
        string? forBearer = null;
        foreach (var value in values)
        {
            length += value.Length;
            if (length > MaxLength)
            {
                return null;
            }

            foreach (var challenge in ChallengeReader.Read(value))
            {
                if (challenge.IsFor(MtlsPopToken.Scheme) && Decode(challenge.Claims) is { } claims)
                {
                    return claims;
                }

                forBearer ??= challenge.IsFor("Bearer") ? Decode(challenge.Claims) : null;
            }
        }

        return forBearer;
    }

    /// <summary>The JSON object in Base64.</summary>
    private static string? Decode(string? encoded)
    {
        if (string.IsNullOrEmpty(encoded))
        {
            return null;
        }

        try
        {
            var json = _strictUtf8.GetString(LenientBase64.Decode(encoded));
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind is JsonValueKind.Object ? json : null;
        }
        catch (Exception exception) when (exception is FormatException or JsonException or ArgumentException)
        {
            return null;
        }
    }
}
