namespace MtlsPop.Tests.Acquiring;

public class TokenRequestTests
{
    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("https://a/.default  https://b/.default")]
    [InlineData("https://a/.default\r\nx")]
    public void A_request_is_for_one_scope(string scope) => Assert.Throws<ArgumentException>(() => new MtlsPopTokenRequest(scope));

    [Theory]
    [InlineData("")]
    [InlineData("x/../y")]
    [InlineData("x?y")]
    [InlineData("..")]
    [InlineData("x\n")]
    [InlineData("common")]
    [InlineData("Organizations")]
    public void A_request_is_for_one_tenant(string tenant) =>
        Assert.Throws<ArgumentException>(() => new MtlsPopTokenRequest(World.Scope) { TenantId = tenant });

    [Theory]
    [InlineData("contoso.onmicrosoft.com")]
    [InlineData("8eaef023-2b34-4da1-9baa-8bc8c9d6a490")]
    public void A_tenant_is_named_by_its_ID_or_a_domain(string tenant) =>
        Assert.Equal(tenant, (new MtlsPopTokenRequest(World.Scope) with { TenantId = tenant }).TenantId);

    [Fact]
    public async Task The_drop_in_call_takes_one_scope_as_well()
    {
        await using var world = await World.StartAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => world.App().AcquireMtlsPopTokenAsync([World.Scope, "https://other.contoso.com/.default"]));
        await Assert.ThrowsAsync<ArgumentException>(() => world.App().AcquireMtlsPopTokenAsync([]));
    }
}
