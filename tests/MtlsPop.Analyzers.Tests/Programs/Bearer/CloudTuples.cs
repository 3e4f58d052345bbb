// Authority and scope by cloud from one switch, in partial classes with regions and conditional compilation.
#if !LEGACY
using Microsoft.Identity.Client;
#endif

namespace Contoso.Clouds
{
    public enum Cloud { Public, Government, China }

    public sealed partial class CloudTokens
    {
        #region Fields
        private readonly Dictionary<Cloud, IConfidentialClientApplication> _apps = new();
        #endregion

        public async Task<string> GetAsync(Cloud cloud, string name, CancellationToken cancellationToken = default)
        {
            var (authority, scope) = Describe(cloud, name);
            if (!_apps.TryGetValue(cloud, out var app))
                _apps[cloud] = app = ConfidentialClientApplicationBuilder.Create("id").WithClientSecret("secret").WithAuthority(authority + "contoso").Build();

            return (await app.AcquireTokenForClient([scope]).ExecuteAsync(cancellationToken)).AccessToken;
        }
    }

    public sealed partial class CloudTokens
    {
        private static (string Authority, string Scope) Describe(Cloud cloud, string name) => cloud switch
        {
            Cloud.Public => ("https://login.microsoftonline.com/", $"https://{name}.crm.dynamics.com/.default"),
            Cloud.Government => ("https://login.microsoftonline.us/", $"https://{name}.crm.microsoftdynamics.us/.default"),
            Cloud.China => ("https://login.partner.microsoftonline.cn/", $"https://{name}.crm.dynamics.cn/.default"),
            _ => throw new ArgumentOutOfRangeException(nameof(cloud)),
        };
    }
}
