using System.Reflection;
#if NET9_0_OR_GREATER
using System.Reflection.Emit;
#endif
using System.Runtime.Loader;
using Microsoft.Identity.Client;
using Microsoft.Identity.Client.AppConfig;
using MtlsPop.StandIns;

namespace MtlsPop.Tests.Acquiring;

/// <summary>MSAL's own IMDSv2 path against a stand-in of the service. MSAL keeps identities in static caches, so each test has its own identity.</summary>
public class ManagedIdentityTests
{
    private const string Vault = "https://vault.azure.net";

    [Fact]
    public async Task A_system_assigned_identity_acquires_a_bound_token_and_then_finds_it_in_the_cache()
    {
        await using var world = await World.StartAsync();
        await using var metadata = await InstanceMetadata.StartAsync(world.Network);
        var app = App(world, ManagedIdentityId.SystemAssigned);
        var acquirer = Acquirer(app);

        var first = await acquirer.AcquireResultAsync(new MtlsPopTokenRequest(Vault), default);
        var second = await acquirer.AcquireResultAsync(new MtlsPopTokenRequest(Vault), default);

        Assert.Equal(BoundJwt.HashOf(first.RequireBinding()), BoundJwt.Parse(first.AccessToken).CertificateSha256);
        Assert.Equal("https://vault.azure.net/.default", Assert.Single(world.Sts.Seen).Scope);
        Assert.Equal(TokenSource.Cache, second.AuthenticationResultMetadata.TokenSource);
    }

    [Theory]
    [InlineData("client_id")]
    [InlineData("object_id")]
    [InlineData("mi_res_id")]
    public async Task A_user_assigned_identity_may_be_named_in_each_of_the_three_ways(string parameter)
    {
        await using var world = await World.StartAsync();
        await using var metadata = await InstanceMetadata.StartAsync(world.Network);
        var id = $"{parameter}-{Guid.NewGuid()}";
        var identity = parameter switch
        {
            "client_id" => ManagedIdentityId.WithUserAssignedClientId(id),
            "object_id" => ManagedIdentityId.WithUserAssignedObjectId(id),
            _ => ManagedIdentityId.WithUserAssignedResourceId(id),
        };

        var result = await Acquirer(App(world, identity)).AcquireResultAsync(new MtlsPopTokenRequest(Vault), default);

        Assert.NotNull(result.RequireBinding());
        Assert.Contains(metadata.Seen, request => request.Contains($"{parameter}={id}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Claims_reach_the_token_service()
    {
        await using var world = await World.StartAsync();
        await using var metadata = await InstanceMetadata.StartAsync(world.Network);

        await Acquirer(App(world)).AcquireResultAsync(new MtlsPopTokenRequest(Vault) { Claims = """{"access_token":{}}""" }, default);

        Assert.Equal("""{"access_token":{}}""", Assert.Single(world.Sts.Seen).Claims);
    }

    [Fact]
    public async Task By_default_the_key_is_attested_and_must_be_in_KeyGuard()
    {
        await using var world = await World.StartAsync();
        await using var metadata = await InstanceMetadata.StartAsync(world.Network);
        PoPOptions? asked = null;
        var attested = 0;
        var requests = new ManagedIdentityRequests(App(world), new ManagedIdentityBindingOptions())
        {
            Bind = (builder, options) => { asked = options; return KeyGuardStandIn.Bind(builder); },
            Attest = builder => { attested++; return builder; },
        };

        await requests.ExecuteAsync(new MtlsPopTokenRequest(Vault), default);

        Assert.Equal(MtlsBindingStrength.KeyGuard, asked!.MinStrength);
        Assert.Equal(1, attested);
    }

    [Theory]
    [InlineData("min_strength_not_met")]
    [InlineData("mtls_pop_not_supported_for_environment")]
    [InlineData("mtls_pop_token_not_supported_in_imds_v1")]
    [InlineData("credential_guard_not_available")]
    public async Task A_host_that_MSAL_finds_too_weak_is_named_as_the_cause_and_nothing_weaker_is_requested(string code)
    {
        await using var world = await World.StartAsync();
        var requests = new ManagedIdentityRequests(App(world), new ManagedIdentityBindingOptions { RequireAttestation = false })
        {
            Bind = (_, _) => throw new MsalClientException(code),
        };

        var exception = await Assert.ThrowsAsync<MtlsPopException>(() => requests.ExecuteAsync(new MtlsPopTokenRequest(Vault), default));

        Assert.Equal(MtlsPopError.HostNotCapable, exception.Error);
        Assert.Contains(code, exception.Message, StringComparison.Ordinal);
        Assert.Empty(world.Sts.Seen);
    }

    [Fact]
    public async Task This_system_which_is_not_Windows_is_refused_before_anything_is_sent()
    {
        await using var world = await World.StartAsync();
        await using var metadata = await InstanceMetadata.StartAsync(world.Network);

        var exception = await Assert.ThrowsAsync<MtlsPopException>(() => App(world).AcquireMtlsPopTokenAsync(Vault));

        Assert.Equal(MtlsPopError.HostNotCapable, exception.Error);
        Assert.Empty(metadata.Seen);
        Assert.Empty(world.Sts.Seen);
    }

    [Fact]
    public async Task Another_tenant_cannot_be_asked()
    {
        await using var world = await World.StartAsync();

        await Assert.ThrowsAsync<ArgumentException>(
            () => Acquirer(App(world)).AcquireResultAsync(new MtlsPopTokenRequest(Vault) { TenantId = "fabrikam" }, default));
    }

#if !KEY_ATTESTATION_PACKAGE
    [Fact]
    public async Task Without_the_attestation_package_an_acquirer_is_not_even_made()
    {
        await using var world = await World.StartAsync();

        var exception = Assert.Throws<MtlsPopException>(() => MtlsPopTokenAcquirer.Create(App(world)));

        Assert.Equal(MtlsPopError.AttestationUnavailable, exception.Error);
        Assert.Contains("Microsoft.Identity.Client.KeyAttestation", exception.Message, StringComparison.Ordinal);
        Assert.NotNull(MtlsPopTokenAcquirer.Create(App(world), new ManagedIdentityBindingOptions { RequireAttestation = false }));
    }
#endif

    [Fact]
    public void With_the_attestation_package_it_is_the_package_that_attests()
    {
        // A context of its own, in which the package is there: the compile-time stand-in, which says so when it is called.
        var context = new AssemblyLoadContext("with KeyAttestation", isCollectible: true);
        context.LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, "KeyAttestation", "Microsoft.Identity.Client.KeyAttestation.dll"));
        var runtime = context.LoadFromAssemblyPath(typeof(MtlsPopToken).Assembly.Location);
        var attest = runtime.GetType("MtlsPop.KeyAttestation")!.GetMethod("Attest")!;

        var exception = Assert.Throws<TargetInvocationException>(() => attest.Invoke(null, [null]));

        Assert.IsType<NotSupportedException>(exception.InnerException);
        context.Unload();
    }

#if NET9_0_OR_GREATER
    [Fact]
    public void An_attestation_package_without_its_type_is_as_good_as_none()
    {
        var package = Path.Combine(AppContext.BaseDirectory, "KeyAttestation", "Microsoft.Identity.Client.KeyAttestation.dll");
        var hollow = new PersistedAssemblyBuilder(AssemblyName.GetAssemblyName(package), typeof(object).Assembly);
        hollow.DefineDynamicModule("hollow");
        using var image = new MemoryStream();
        hollow.Save(image);
        image.Position = 0;
        var context = new AssemblyLoadContext("with a hollow KeyAttestation", isCollectible: true);
        context.LoadFromStream(image);
        var runtime = context.LoadFromAssemblyPath(typeof(MtlsPopToken).Assembly.Location);
        var ensure = runtime.GetType("MtlsPop.KeyAttestation")!.GetMethod("EnsureAvailable")!;

        var exception = Assert.Throws<TargetInvocationException>(() => ensure.Invoke(null, null)).InnerException!;

        Assert.IsType<TypeLoadException>(exception.InnerException);
        Assert.Contains("AttestationUnavailable", $"{exception.GetType().GetProperty("Error")!.GetValue(exception)}", StringComparison.Ordinal);
        context.Unload();
    }
#endif

    private static IManagedIdentityApplication App(World world, ManagedIdentityId? identity = null) =>
        MtlsPopApplication.ManagedIdentity(
            identity ?? ManagedIdentityId.WithUserAssignedClientId(Guid.NewGuid().ToString()),
            new() { HttpClientFactory = world.Http });

    private static TokenAcquirer Acquirer(IManagedIdentityApplication app) =>
        new("test", new ManagedIdentityRequests(app, new ManagedIdentityBindingOptions { RequireAttestation = false })
        {
            Bind = static (builder, _) => KeyGuardStandIn.Bind(builder),
        }.ExecuteAsync, TimeProvider.System);
}
