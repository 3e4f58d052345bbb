using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MtlsPop.HostingTests;

/// <summary>What is wrong with an application is said when the program starts.</summary>
public class ApplicationOptionsTests
{
    public static TheoryData<string, string?, string> Unworkable => new()
    {
        { "ClientId", null, "ClientId is missing" },
        { "Authority", "contoso", "Authority must be an address" },
        { "Authority", "https://login.microsoftonline.com/common", "names no tenant" },
        { "Region", "east us", "not the name of an Azure region" },
        { "Certificate:Store", "CurrentUser/My", "Give exactly one of Store, File and Callback" },
        { "Certificate:ReloadInterval", "00:00:00", "ReloadInterval must be positive" },
        { "ManagedIdentity:SystemAssigned", "true", "Give exactly one of Certificate, ManagedIdentity and FirstLeg; there are 2" },
        { "FirstLeg:ClientId", "first", "there are 2" },
        { "WarmUpScopes:0", "https://a/.default https://b/.default", "WarmUpScopes has" },
        { "SharedCache:Timeout", "00:00:00", "must be positive" },
        { "SharedCache:Enabled", "true", "needs an IDistributedCache" },
    };

    [Theory]
    [MemberData(nameof(Unworkable))]
    public async Task An_application_that_cannot_work_stops_the_program_at_start(string setting, string? value, string reason)
    {
        await using var world = await World.StartAsync();
        using var host = world.Host(world.Settings(null, (setting, value)));

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
        Assert.Empty(world.Sts.Seen);
    }

    public static TheoryData<string, string> UnworkableIdentities => new()
    {
        { "UserAssignedObjectId", "Give exactly one of SystemAssigned, UserAssignedClientId" },
        { "../ClientId", "A managed identity has no ClientId" },
        { "../SharedCache:Encrypt", "whose key never leaves its machine" },
    };

    [Theory]
    [MemberData(nameof(UnworkableIdentities))]
    public async Task A_managed_identity_that_cannot_work_stops_the_program_at_start(string setting, string reason)
    {
        await using var world = await World.StartAsync();
        var key = setting.StartsWith("../", StringComparison.Ordinal) ? setting[3..] : $"ManagedIdentity:{setting}";
        using var host = world.Host(new() { ["ManagedIdentity:SystemAssigned"] = "true", [key] = "true" });

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_is_told_under_the_name_of_its_acquirer()
    {
        await using var world = await World.StartAsync();
        using var host = world.HostWith(builder => builder.Services.AddMtlsPopTokenAcquirer("payments", options => options.ClientId = "payments"));

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.StartsWith("The acquirer 'payments': Give exactly one of", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SystemAssigned", "true", "SystemAssigned")]
    [InlineData("UserAssignedClientId", "one", "one")]
    [InlineData("UserAssignedResourceId", "/subscriptions/two", "/subscriptions/two")]
    [InlineData("UserAssignedObjectId", "three", "three")]
    public async Task A_managed_identity_is_named_in_each_of_the_ways(string setting, string value, string named)
    {
        await using var world = await World.StartAsync();
        using var host = world.Host(new() { [$"ManagedIdentity:{setting}"] = value, ["ManagedIdentity:RequireAttestation"] = "false" });
        await host.StartAsync();

        var application = await host.Services.GetRequiredKeyedService<HostedAcquirer>("").ApplicationAsync(default);

        var id = application.Options.ManagedIdentity!;
        Assert.NotNull(application.Machine);
        Assert.Contains(
            named,
            new[] { id.UserAssignedClientId, id.UserAssignedResourceId, id.UserAssignedObjectId, id.SystemAssigned ? "SystemAssigned" : null });
    }

    [Fact]
    public async Task A_host_that_cannot_bind_a_managed_identitys_tokens_says_so_at_warm_up()
    {
        await using var world = await World.StartAsync();
        using var host = world.Host(new()
        {
            ["ManagedIdentity:SystemAssigned"] = "true",
            ["ManagedIdentity:RequireAttestation"] = "false",
            ["WarmUpScopes:0"] = "https://vault.azure.net",
        });

        var exception = await Assert.ThrowsAsync<MtlsPopException>(() => host.StartAsync());

        Assert.Equal(MtlsPopError.HostNotCapable, exception.Error);
    }

    [Fact]
    public async Task The_same_name_twice_is_an_error()
    {
        await using var world = await World.StartAsync();

        Assert.Throws<InvalidOperationException>(() =>
            world.Host(world.Settings(), builder => builder.Services.AddMtlsPopTokenAcquirer(builder.Configuration)));
    }
}
