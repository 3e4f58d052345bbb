namespace MtlsPop;

/// <summary>Base64 in either alphabet, padded or not.</summary>
internal static class LenientBase64
{
    /// <exception cref="FormatException">It is something else.</exception>
    public static byte[] Decode(string encoded)
    {
        var base64 = encoded.TrimEnd('=').Replace('-', '+').Replace('_', '/');
        return Convert.FromBase64String(base64.PadRight((base64.Length + 3) / 4 * 4, '='));
    }
}
