// A tool that asks for one token in each of many tenants: each application is needed once.
// output: exe
using Microsoft.Identity.Client;

foreach (var tenant in File.ReadAllLines("tenants.txt"))
{
    var app = ConfidentialClientApplicationBuilder.Create("00000000-0000-0000-0000-000000000001")
        .WithClientSecret(Environment.GetEnvironmentVariable("SECRET"))
        .WithTenantId(tenant)
        .Build();
    try
    {
        var result = await app.AcquireTokenForClient(new string[] { "https://graph.microsoft.com/.default" }).ExecuteAsync().ConfigureAwait(false);
        Console.WriteLine($"{tenant} {result.ExpiresOn} {(result.TokenType == "Bearer" ? "bearer" : "other")}");
    }
    catch (MsalServiceException exception)
    {
        Console.Error.WriteLine($"{tenant}: {exception.ErrorCode}");
    }
}
