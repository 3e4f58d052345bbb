using MtlsPop.Analyzers.Binding;

namespace MtlsPop.Analyzers.Tests.Binding;

public sealed class BindingCertificateExportedTests
{
    private static readonly Verify<BindingAnalyzer> Rule = new("MPOP3006");

    [Fact]
    public Task An_export_of_the_certificate_with_its_key_is_reported() => Rule.Reports(Cases.Of(
        InMethod,
        "var bytes = result.BindingCertificate.{|MPOP3006:Export|}(X509ContentType.Pkcs12);",
        """
        var bytes = result.BindingCertificate.{|MPOP3006:Export|}(X509ContentType.Pfx, "password");
        """,
        """
        var bytes = result.BindingCertificate?.{|MPOP3006:Export|}(password: "password", contentType: X509ContentType.Pfx);
        """,
        """
        const X509ContentType pfx = X509ContentType.Pfx;
        var bytes = result.BindingCertificate.{|MPOP3006:Export|}(pfx);
        """,
        """
        var bytes = result.BindingCertificate.{|MPOP3006:ExportPkcs12|}("password");
        """,
        """
        var (certificate, token) = (result.BindingCertificate, result.AccessToken);
        File.WriteAllBytes("c.pfx", certificate.{|MPOP3006:Export|}(X509ContentType.Pfx));
        """,
        """
        if (result is { BindingCertificate: { } certificate }) { var bytes = certificate.{|MPOP3006:Export|}(X509ContentType.Pfx); }
        """,
        """
        byte[] Save(X509Certificate2 certificate) => certificate.{|MPOP3006:Export|}(X509ContentType.Pfx);
        var bytes = Save(result.BindingCertificate);
        """,
        "var bytes = new X509Certificate2(result.BindingCertificate).{|MPOP3006:Export|}(X509ContentType.Pfx);",
        """
        var all = new X509Certificate2Collection();
        all.Add(result.BindingCertificate);
        var bytes = all.{|MPOP3006:Export|}(X509ContentType.Pfx);
        """,
        "var bytes = received.BindingCertificate.{|MPOP3006:Export|}(X509ContentType.Pfx);"));

    [Fact]
    public Task An_export_of_the_private_key_is_reported() => Rule.Reports(Cases.Of(
        InMethod,
        "var bytes = result.BindingCertificate.GetRSAPrivateKey()!.{|MPOP3006:ExportRSAPrivateKey|}();",
        """
        using var key = result.BindingCertificate.GetRSAPrivateKey();
        var bytes = key.{|MPOP3006:ExportPkcs8PrivateKey|}();
        """,
        """
        using (var key = result.BindingCertificate.GetECDsaPrivateKey() ?? throw new InvalidOperationException())
        {
            var pem = key.{|MPOP3006:ExportECPrivateKeyPem|}();
        }
        """,
        """
        var key = result.BindingCertificate.GetRSAPrivateKey();
        var parameters = key.{|MPOP3006:ExportParameters|}(includePrivateParameters: true);
        """,
        "var xml = RSACertificateExtensions.GetRSAPrivateKey(result.BindingCertificate).{|MPOP3006:ToXmlString|}(true);",
        """
        var key = (RSA)result.BindingCertificate.PrivateKey;
        var bytes = key.{|MPOP3006:ExportRSAPrivateKey|}();
        """));

    [Theory]
    [InlineData("var bytes = result.BindingCertificate.Export(X509ContentType.Cert);")]
    [InlineData("var bytes = result.BindingCertificate.Export(X509ContentType.SerializedCert);")]
    [InlineData("var bytes = result.BindingCertificate.Export(type);")]
    [InlineData("var pem = result.BindingCertificate.ExportCertificatePem();")]
    [InlineData("var bytes = result.BindingCertificate.RawData;")]
    [InlineData("var bytes = result.BindingCertificate.GetRSAPublicKey()!.ExportRSAPublicKey();")]
    [InlineData("var bytes = result.BindingCertificate.GetRSAPrivateKey()!.ExportRSAPublicKey();")]
    [InlineData("var bytes = result.BindingCertificate.GetRSAPrivateKey()!.ExportSubjectPublicKeyInfo();")]
    public Task An_export_of_the_public_part_is_silent(string export) => Rule.IsSilent(InMethod(export));

    [Fact]
    public Task A_use_of_the_private_key_is_silent() => Rule.IsSilent(Cases.Of(
        InMethod,
        "var parameters = result.BindingCertificate.GetRSAPrivateKey()!.ExportParameters(false);",
        "var parameters = result.BindingCertificate.GetRSAPrivateKey()!.ExportParameters(flag);",
        """
        using var key = result.BindingCertificate.GetRSAPrivateKey();
        var signature = key!.SignData([], HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
        """,
        "// var bytes = result.BindingCertificate.Export(X509ContentType.Pfx);"));

    [Fact]
    public Task An_export_of_what_is_or_may_be_another_certificate_is_silent() => Rule.IsSilent(Cases.Of(
        InMethod,
        "var bytes = own.Export(X509ContentType.Pfx);",
        "var bytes = own.GetRSAPrivateKey()!.ExportRSAPrivateKey();",
        "var bytes = (flag ? own : result.BindingCertificate).Export(X509ContentType.Pfx);",
        """
        var all = new X509Certificate2Collection(own);
        var bytes = all.Export(X509ContentType.Pfx);
        """,
        "var bytes = plain.BindingCertificate.Export(X509ContentType.Pfx);",
        """
        var bytes = new AuthenticationResult(
            "t",
            false,
            "",
            DateTimeOffset.Now,
            DateTimeOffset.Now,
            "",
            null,
            "",
            null,
            Guid.Empty) { BindingCertificate = own }.BindingCertificate.Export(X509ContentType.Pfx);
        """));

    [Theory]
    [InlineData("var bytes = result.BindingCertificate.Export(X509ContentType.Pfx){|CS1002:|}")]
    [InlineData("var bytes = result.BindingCertificate.Export(X509ContentType.Pfx, {|CS0103:unknown|});")]
    public Task Broken_code_is_silent(string export) => Rule.IsSilent(InMethod(export));

    private static string InMethod(string export) =>
        $$"""
        using System.IO;
        using System.Security.Cryptography;

        class C
        {
            async Task M(
                IConfidentialClientApplication app,
                AuthenticationResult received,
                X509Certificate2 own,
                X509ContentType type,
                string[] scopes,
                bool flag)
            {
                var result = await app.AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync();
                var plain = await app.AcquireTokenForClient(scopes).ExecuteAsync();
                {{export}}
            }
        }

        static class NewerFramework
        {
            public static byte[] ExportPkcs12(this X509Certificate2 certificate, string password) => [];
        }
        """;
}
