namespace MtlsPop.Gate.Tests;

/// <summary>Projects and sources that tests put into a workspace.</summary>
internal static class Programs
{
    /// <summary>The versions of the packages, for every project of a workspace.</summary>
    public static string CentralVersions => $"""
        <Project>
          <PropertyGroup>
            <ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally>
            <NuGetAudit>false</NuGetAudit>
          </PropertyGroup>
          <ItemGroup>
            <PackageVersion Include="Microsoft.Identity.Client" Version="{ThisBuild.MsalVersion}" />
            <PackageVersion Include="xunit.v3.extensibility.core" Version="3.2.2" />
          </ItemGroup>
        </Project>
        """;

    public static string Project(string properties = "", string items = "", string frameworks = "net8.0") => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFrameworks>{frameworks}</TargetFrameworks>
            <LangVersion>latest</LangVersion>
            {properties}
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="Microsoft.Identity.Client" />
            {items}
          </ItemGroup>
        </Project>
        """;

    /// <summary>A client that does everything right.</summary>
    public static string Right(string type) => Client(type, """
            ArgumentNullException.ThrowIfNull(app);
            var result = await app.AcquireTokenForClient(Scopes)
                .WithMtlsProofOfPossession()
                .ExecuteAsync(cancellationToken)
                .ConfigureAwait(false);
            return result.BindingCertificate?.Thumbprint;
        """);

    /// <summary>A client that uses the certificate unchecked (MPOP3001).</summary>
    public static string Unchecked(string type, string before = "", string after = "") => Client(type, $"""
            ArgumentNullException.ThrowIfNull(app);
            var result = await app.AcquireTokenForClient(Scopes)
                .WithMtlsProofOfPossession()
                .ExecuteAsync(cancellationToken)
                .ConfigureAwait(false);
        {before}
            return result.BindingCertificate.Thumbprint;
        {after}
        """);

    public static string Client(string type, string body) => $$"""
        using System;
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.Identity.Client;

        namespace Tokens;

        public static class {{type}}
        {
            private static readonly string[] Scopes = { "https://vault.azure.net/.default" };

            public static async Task<string> ThumbprintAsync(IConfidentialClientApplication app, CancellationToken cancellationToken = default)
            {
        {{body}}
            }
        }
        """;
}
