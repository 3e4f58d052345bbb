using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Identity.Client;

namespace MtlsPop;

/// <summary>
/// A bound token as it lies in the shared cache: with the hash of its certificate, and without the certificate or anything of its key.
/// </summary>
internal static class SharedToken
{
    private const byte Version = 1;
    private const int HashLength = SHA256.HashSizeInBytes;
    private const int HeaderLength = 1 + HashLength + sizeof(long) + sizeof(long);

    /// <summary>The key of a token: it can be computed only with the certificate at hand, and tells nothing.</summary>
    public static string KeyOf(string application, MtlsPopTokenRequest request, CertificateBinding binding)
    {
        var what = string.Join('\n', application, request.TenantId, request.Scope, Convert.ToHexString(binding.Sha256));
        return $"mtlspop:{Version}:{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(what)))}";
    }

    public static byte[] Write(MtlsPopToken token)
    {
        var written = new byte[HeaderLength + Encoding.UTF8.GetByteCount(token.AccessToken)];
        written[0] = Version;
        token.BindingSha256.Span.CopyTo(written.AsSpan(1));
        BitConverter.TryWriteBytes(written.AsSpan(1 + HashLength), token.ExpiresOn.UtcTicks);
        BitConverter.TryWriteBytes(written.AsSpan(1 + HashLength + sizeof(long)), token.RefreshOn?.UtcTicks ?? 0);
        Encoding.UTF8.GetBytes(token.AccessToken, written.AsSpan(HeaderLength));
        return written;
    }

    /// <summary>The token, if it is one that this version wrote for this certificate and that has not expired.</summary>
    public static MtlsPopToken? Read(
        ReadOnlySpan<byte> written, X509Certificate2 certificate, CertificateBinding binding, string scope, TimeProvider clock)
    {
        if (written.Length <= HeaderLength || written[0] != Version || !written.Slice(1, HashLength).SequenceEqual(binding.Sha256))
        {
            return null;
        }

        var expires = BitConverter.ToInt64(written[(1 + HashLength)..]);
        var refresh = BitConverter.ToInt64(written[(1 + HashLength + sizeof(long))..]);
        if (expires <= clock.GetUtcNow().UtcTicks || expires > DateTimeOffset.MaxValue.UtcTicks || refresh < 0 || refresh > expires)
        {
            return null;
        }

        var result = new AuthenticationResult(
            Encoding.UTF8.GetString(
                written[HeaderLength..]), false, null, new DateTimeOffset(expires, TimeSpan.Zero), default, null, null, null, [scope],
            Guid.Empty, MtlsPopToken.Scheme,
                new AuthenticationResultMetadata(TokenSource.Cache)
                {
                    RefreshOn = refresh == 0 ? null : new DateTimeOffset(refresh, TimeSpan.Zero),
                })
        {
            BindingCertificate = certificate,
        };
        return MtlsPopToken.FromResult(result, clock);
    }
}
