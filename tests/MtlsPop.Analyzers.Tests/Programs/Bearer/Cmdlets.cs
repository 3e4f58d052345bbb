// Commands of a shell's module: one makes whichever application its parameters describe, the other finds it again in a list.
#nullable disable
using System.Security.Cryptography.X509Certificates;
using Microsoft.Identity.Client;

namespace Contoso.Shell
{
    public abstract class Command
    {
        protected abstract void Process();

        protected void Write(object value) => Console.WriteLine(value);
    }

    public class NewApplication : Command
    {
        public string ClientId { get; set; }

        public string Secret { get; set; }

        public X509Certificate2 Certificate { get; set; }

        public string TenantId { get; set; }

        protected override void Process()
        {
            if (Secret == null && Certificate == null)
            {
                Write(PublicClientApplicationBuilder.Create(ClientId).WithDefaultRedirectUri().Build());
                return;
            }

            var builder = ConfidentialClientApplicationBuilder.Create(ClientId);
            if (Secret != null) builder.WithClientSecret(Secret);
            else builder.WithCertificate(Certificate);
            if (TenantId != null) builder.WithTenantId(TenantId);
            Write(builder.Build());
        }
    }

    public class GetToken : Command
    {
        private static readonly List<IConfidentialClientApplication> _apps = new List<IConfidentialClientApplication>();
        private readonly CancellationTokenSource _stop = new CancellationTokenSource();

        public string[] Scopes { get; set; } = new string[] { "https://graph.microsoft.com/.default" };

        public string ClientId { get; set; }

        public string Secret { get; set; }

        protected override void Process()
        {
            var app = _apps.FirstOrDefault(known => known.AppConfig.ClientId == ClientId);
            if (app == null)
            {
                app = ConfidentialClientApplicationBuilder.Create(ClientId).WithClientSecret(Secret).Build();
                _apps.Add(app);
            }

            Write(app.AcquireTokenForClient(Scopes).WithCorrelationId(Guid.NewGuid()).ExecuteAsync(_stop.Token).GetAwaiter().GetResult());
        }
    }
}
