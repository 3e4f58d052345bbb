using System.Text;

namespace MtlsPop.StandIns;

/// <summary>What a server may write into WWW-Authenticate, made of pieces by chance; the same for the same seed.</summary>
public sealed class HostileChallenges(int seed)
{
    private static readonly string[] _pieces =
    [
        "Bearer", "mtls_pop", "MTLS_POP", "Basic", "Negotiate", "YWJj==", " ", "  ", "\t", ",", ", ", ",,", "=", " = ", "==", "\"", "\\",
        "\\\"", "\"\"", ";", "%", "{0}",
        "realm=", "error=", "claims=", "CLAIMS=", "claims =", "error=\"insufficient_claims\"", "claims=\"", "claims=\"{0}\"", "claims={0}",
        "claims=\"e30=\"", "claims=\"W10=\"",
        "claims=\"////\"", "claims=\"e\"", "a=b", "a", "<script>", "x5t#S256", new string('=', 300), new string('"', 301),
        new string('a', 2000), new string(',', 500),
    ];

    private static readonly string _claims = Convert.ToBase64String(Encoding.UTF8.GetBytes("""{"access_token":{"nbf":{"essential":true}}}"""));

    private readonly Random _random = new(seed);

    /// <summary>The values of one answer.</summary>
    public string[] Next() =>
        [.. Enumerable.Range(0, _random.Next(1, 4))
            .Select(_ => string.Concat(_random.GetItems(_pieces, _random.Next(0, 24))).Replace("{0}", _claims, StringComparison.Ordinal))];
}
