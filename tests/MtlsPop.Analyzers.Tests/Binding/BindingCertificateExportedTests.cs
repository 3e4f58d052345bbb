using MtlsPop.Analyzers.Binding;

namespace MtlsPop.Analyzers.Tests.Binding;

public sealed class BindingCertificateExportedTests
{
    private static readonly Verify<BindingAnalyzer> Rule = new("MPOP3006");

    [Theory]
    [InlineData("var bytes = result.BindingCertificate.{|MPOP3006:Export|}(X509ContentType.Pkcs12);")]
    [InlineData("var bytes = result.BindingCertificate.{|MPOP3006:Export|}(X509ContentType.Pfx, \"password\");")]
    [InlineData("var bytes = result.BindingCertificate?.{|MPOP3006:Export|}(password: \"password\", contentType: X509ContentType.Pfx);")]
    [InlineData("const X509ContentType pfx = X509ContentType.Pfx; var bytes = result.BindingCertificate.{|MPOP3006:Export|}(pfx);")]
    [InlineData("var bytes = result.BindingCertificate.{|MPOP3006:ExportPkcs12|}(\"password\");")]
    [InlineData("var (certificate, token) = (result.BindingCertificate, result.AccessToken); File.WriteAllBytes(\"c.pfx\", certificate.{|MPOP3006:Export|}(X509ContentType.Pfx));")]
    [InlineData("if (result is { BindingCertificate: { } certificate }) { var bytes = certificate.{|MPOP3006:Export|}(X509ContentType.Pfx); }")]
    [InlineData("byte[] Save(X509Certificate2 certificate) => certificate.{|MPOP3006:Export|}(X509ContentType.Pfx); var bytes = Save(result.BindingCertificate);")]
    [InlineData("var bytes = new X509Certificate2(result.BindingCertificate).{|MPOP3006:Export|}(X509ContentType.Pfx);")]
    [InlineData("var all = new X509Certificate2Collection(); all.Add(result.BindingCertificate); var bytes = all.{|MPOP3006:Export|}(X509ContentType.Pfx);")]
    [InlineData("var bytes = result.BindingCertificate.GetRSAPrivateKey()!.{|MPOP3006:ExportRSAPrivateKey|}();")]
    [InlineData("using var key = result.BindingCertificate.GetRSAPrivateKey(); var bytes = key.{|MPOP3006:ExportPkcs8PrivateKey|}();")]
    [InlineData("using (var key = result.BindingCertificate.GetECDsaPrivateKey() ?? throw new InvalidOperationException()) { var pem = key.{|MPOP3006:ExportECPrivateKeyPem|}(); }")]
    [InlineData("var key = result.BindingCertificate.GetRSAPrivateKey(); var parameters = key.{|MPOP3006:ExportParameters|}(includePrivateParameters: true);")]
    [InlineData("var xml = RSACertificateExtensions.GetRSAPrivateKey(result.BindingCertificate).{|MPOP3006:ToXmlString|}(true);")]
    [InlineData("var key = (RSA)result.BindingCertificate.PrivateKey; var bytes = key.{|MPOP3006:ExportRSAPrivateKey|}();")]
    [InlineData("var bytes = received.BindingCertificate.{|MPOP3006:Export|}(X509ContentType.Pfx);")]
    public Task A_private_key_that_leaves_its_place_is_reported(string export) => Rule.Reports(InMethod(export));

    [Theory]
    [InlineData("var bytes = result.BindingCertificate.Export(X509ContentType.Cert);")]
    [InlineData("var bytes = result.BindingCertificate.Export(X509ContentType.SerializedCert);")]
    [InlineData("var bytes = result.BindingCertificate.Export(type);")]
    [InlineData("var pem = result.BindingCertificate.ExportCertificatePem();")]
    [InlineData("var bytes = result.BindingCertificate.RawData;")]
    [InlineData("var bytes = result.BindingCertificate.GetRSAPublicKey()!.ExportRSAPublicKey();")]
    [InlineData("var bytes = result.BindingCertificate.GetRSAPrivateKey()!.ExportRSAPublicKey();")]
    [InlineData("var bytes = result.BindingCertificate.GetRSAPrivateKey()!.ExportSubjectPublicKeyInfo();")]
    [InlineData("var parameters = result.BindingCertificate.GetRSAPrivateKey()!.ExportParameters(false);")]
    [InlineData("var parameters = result.BindingCertificate.GetRSAPrivateKey()!.ExportParameters(flag);")]
    [InlineData("using var key = result.BindingCertificate.GetRSAPrivateKey(); var signature = key!.SignData([], HashAlgorithmName.SHA256, RSASignaturePadding.Pss);")]
    [InlineData("var bytes = own.Export(X509ContentType.Pfx);")]
    [InlineData("var bytes = own.GetRSAPrivateKey()!.ExportRSAPrivateKey();")]
    [InlineData("var bytes = (flag ? own : result.BindingCertificate).Export(X509ContentType.Pfx);")]
    [InlineData("var all = new X509Certificate2Collection(own); var bytes = all.Export(X509ContentType.Pfx);")]
    [InlineData("var bytes = plain.BindingCertificate.Export(X509ContentType.Pfx);")]
    [InlineData("var bytes = new AuthenticationResult(\"t\", false, \"\", DateTimeOffset.Now, DateTimeOffset.Now, \"\", null, \"\", null, Guid.Empty) { BindingCertificate = own }.BindingCertificate.Export(X509ContentType.Pfx);")]
    [InlineData("// var bytes = result.BindingCertificate.Export(X509ContentType.Pfx);")]
    public Task What_leaves_the_key_where_it_is_and_other_certificates_are_silent(string export) => Rule.IsSilent(InMethod(export));

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
            async Task M(IConfidentialClientApplication app, AuthenticationResult received, X509Certificate2 own, X509ContentType type, string[] scopes, bool flag)
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
