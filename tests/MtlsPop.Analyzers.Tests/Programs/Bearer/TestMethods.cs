// Tests of one's own code: an application for each test, a certificate made for it and disposed with it.
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Identity.Client;

namespace Xunit
{
    [AttributeUsage(AttributeTargets.Method)]
    public sealed class FactAttribute : Attribute;
}

namespace Contoso.Tests
{
    public sealed class TokenTests
    {
        [Xunit.Fact]
        public async Task A_token_is_a_bearer_token()
        {
            using var certificate = Certificate();
            var app = ConfidentialClientApplicationBuilder.Create("00000000-0000-0000-0000-000000000001")
                .WithAuthority(new Uri("https://login.microsoftonline.com/contoso.com/"), true)
                .WithCertificate(certificate)
                .Build();
            var result = await app.AcquireTokenForClient(new[] { "https://graph.microsoft.com/.default" }).ExecuteAsync(CancellationToken.None);
            if (result.TokenType != "Bearer" || result.BindingCertificate is not null)
                throw new InvalidOperationException("This was to be a bearer token.");
        }

        [Xunit.Fact]
        public Task A_helper_is_part_of_its_test() => TokenAsync();

        private static async Task<string> TokenAsync()
        {
            var app = ConfidentialClientApplicationBuilder.Create("00000000-0000-0000-0000-000000000001").WithClientSecret("secret").Build();
            return (await app.AcquireTokenForClient(new[] { "https://graph.microsoft.com/.default" }).ExecuteAsync()).AccessToken;
        }

        private static X509Certificate2 Certificate()
        {
            using var key = RSA.Create(2048);
            var request = new CertificateRequest("CN=test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        }
    }
}
