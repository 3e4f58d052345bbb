namespace MtlsPop.Packages.Tests;

/// <summary>The files of a library that makes the mistakes which the five headline rules report.</summary>
internal static class Consumer
{
    /// <summary>What the analyzers report on <see cref="Mistakes"/>, whatever the framework.</summary>
    public static readonly string[] Rules = ["MPOP1001", "MPOP2001", "MPOP3001", "MPOP4001", "MPOP5001"];

    public static string Project(PackedPackages packages, string frameworks = "net8.0", string properties = "", string items = "") => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFrameworks>{frameworks}</TargetFrameworks>
            {properties}
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="Microsoft.Identity.Client" Version="{ThisBuild.MsalVersion}" />
            <PackageReference Include="MtlsPop.Analyzers" Version="{packages.Version}" PrivateAssets="all" />
            {items}
          </ItemGroup>
        </Project>
        """;

    public const string Mistakes = """
        using System.Security.Cryptography.X509Certificates;
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.Identity.Client;
        using Microsoft.Identity.Client.AppConfig;

        public static class Mistakes
        {
            private static readonly string[] Scopes = { "https://graph.microsoft.com/.default" };

            private static readonly IManagedIdentityApplication ManagedIdentity = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.SystemAssigned)
                .Build();

            public static async Task<AuthenticationResult> AttestationMissing(CancellationToken cancellationToken)
            {
                return await ManagedIdentity.AcquireTokenForManagedIdentity("https://graph.microsoft.com")
                    .WithMtlsProofOfPossession()
                    .ExecuteAsync(cancellationToken).ConfigureAwait(false);
            }

            public static async Task<AuthenticationResult> CertificateChainNotSent(X509Certificate2 certificate, CancellationToken cancellationToken)
            {
                var app = ConfidentialClientApplicationBuilder.Create("11111111-1111-1111-1111-111111111111")
                    .WithAuthority("https://login.microsoftonline.com/contoso.com")
                    .WithCertificate(certificate)
                    .Build();
                return await app.AcquireTokenForClient(Scopes).WithMtlsProofOfPossession().ExecuteAsync(cancellationToken).ConfigureAwait(false);
            }

            public static async Task<string> BindingCertificateUnchecked(IConfidentialClientApplication app, CancellationToken cancellationToken)
            {
                var result = await app.AcquireTokenForClient(Scopes).WithMtlsProofOfPossession().ExecuteAsync(cancellationToken).ConfigureAwait(false);
                return result.BindingCertificate.Thumbprint;
            }

            public static async Task<string> ManagedIdentityOnSecondLeg(CancellationToken cancellationToken)
            {
                var leg1 = await ManagedIdentity.AcquireTokenForManagedIdentity("api://AzureADTokenExchange")
                    .WithMtlsProofOfPossession()
                    .ExecuteAsync(cancellationToken).ConfigureAwait(false);
                var leg2 = await ManagedIdentity.AcquireTokenForManagedIdentity("https://graph.microsoft.com")
                    .WithMtlsProofOfPossession()
                    .ExecuteAsync(cancellationToken).ConfigureAwait(false);
                return leg2.AccessToken;
            }

            public static async Task<AuthenticationResult> ConfigureAwaitMissing(IConfidentialClientApplication app, CancellationToken cancellationToken)
            {
                return await app.AcquireTokenForClient(Scopes).WithMtlsProofOfPossession().ExecuteAsync(cancellationToken);
            }
        }
        """;
}
