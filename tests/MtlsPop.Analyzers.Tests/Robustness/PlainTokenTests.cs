using MtlsPop.Analyzers.Tests.Packages;

namespace MtlsPop.Analyzers.Tests.Robustness;

/// <summary>A code base that uses MSAL for plain tokens only, on any MSAL, with any packages: the package rules have nothing to say to it.</summary>
public sealed class PlainTokenTests
{
    public static TheoryData<string, string?, string> Projects
    {
        get
        {
            var projects = new TheoryData<string, string?, string>();
            foreach (var msal in Sample.MsalVersions)
            {
                string[] requests =
                [
                    "app.AcquireTokenForManagedIdentity(\"https://vault.azure.net\")",
                    "((IConfidentialClientApplication)app).AcquireTokenForClient(new[] { \"a/.default\" })",
                ];
                foreach (var request in requests)
                {
                    projects.Add(msal, null, request);
                    projects.Add(msal, "4.83.1", request);
                }
            }

            return projects;
        }
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public async Task No_package_is_found_fault_with(string msal, string? attestation, string request)
    {
        var sample = new ProjectSample<EmptyCodeFixProvider>(msal) { KeyAttestation = attestation, Request = request };
        var project = $"""
            <Project>
              <ItemGroup>
                <PackageReference Include="Microsoft.Identity.Client" Version="{msal}" />
                <PackageReference Include="Microsoft.Identity.Client.KeyAttestation" Version="{attestation}" />
              </ItemGroup>
            </Project>
            """;

        Assert.Empty(await sample.FindingsInCodeAsync());
        Assert.Empty(await sample.FindingsInFilesAsync(project));
    }
}
