using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;

namespace MtlsPop.StandIns;

/// <summary>A token bound to a certificate by <c>cnf/x5t#S256</c>. It is not signed: only its binding matters here.</summary>
public sealed record BoundJwt(string? Audience, string? CertificateSha256, string? Subject, string? Claims)
{
    public static string HashOf(X509Certificate2 certificate) => Encode(certificate.GetCertHash(HashAlgorithmName.SHA256));

    public static BoundJwt Parse(string token)
    {
        var payload = JsonNode.Parse(Decode(token.Split('.')[1]))!;
        return new BoundJwt((string?)payload["aud"], (string?)payload["cnf"]?["x5t#S256"], (string?)payload["sub"], (string?)payload["claims"]);
    }

    public string Write()
    {
        var payload = new JsonObject
        {
            ["aud"] = Audience,
            ["sub"] = Subject,
            ["jti"] = Guid.NewGuid().ToString(),
            ["claims"] = Claims,
            ["cnf"] = new JsonObject { ["x5t#S256"] = CertificateSha256 },
        };
        return $"{Encode("""{"alg":"none"}""")}.{Encode(payload.ToJsonString())}.{Encode("canary-signature")}";
    }

    private static string Encode(string text) => Encode(Encoding.UTF8.GetBytes(text));

    // .NET 8 has no Base64Url.
    private static string Encode(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private static byte[] Decode(string text) =>
        Convert.FromBase64String(text.Replace('-', '+').Replace('_', '/').PadRight((text.Length + 3) / 4 * 4, '='));
}
