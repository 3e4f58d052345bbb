using System.Runtime.CompilerServices;
using System.Text.Json;

namespace MtlsPop;

/// <summary>
/// The certificate that a token states it is bound to: <c>cnf</c>, <c>x5t#S256</c>. Nothing else in a token is looked at.
/// </summary>
internal static class Confirmation
{
    // A token is read once: MSAL's cache returns the same string each time.
    private static readonly ConditionalWeakTable<string, byte[]> _known = [];

    /// <summary>The SHA-256 of the certificate, or null where the token does not say, or is not to be read by its client.</summary>
    public static byte[]? Of(string token) => _known.GetValue(token, Read) is { Length: > 0 } hash ? hash : null;

    private static byte[] Read(string token)
    {
        try
        {
            var parts = token.Split('.');
            if (parts.Length != 3)
            {
                return [];
            }

            using var payload = JsonDocument.Parse(LenientBase64.Decode(parts[1]));
            return payload.RootElement.ValueKind is JsonValueKind.Object
                && payload.RootElement.TryGetProperty("cnf", out var confirmation) && confirmation.ValueKind is JsonValueKind.Object
                && confirmation.TryGetProperty("x5t#S256", out var hash) && hash.ValueKind is JsonValueKind.String
                    ? LenientBase64.Decode(hash.GetString()!)
                    : [];
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            return [];
        }
    }
}
