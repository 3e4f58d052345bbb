namespace MtlsPop.Tests.Sending;

public class DestinationTests
{
    [Theory]
    [InlineData("http://api.contoso.com/items", MtlsPopError.InsecureUri)]
    [InlineData("http://localhost/items", MtlsPopError.InsecureUri)]
    [InlineData("http://127.0.0.1/items", MtlsPopError.InsecureUri)]
    [InlineData("https://evil.example/items", MtlsPopError.HostNotAllowed)]
    [InlineData("https://api.contoso.com@evil.example/items", MtlsPopError.HostNotAllowed)]
    [InlineData("https://api.contoso.com.evil.example/items", MtlsPopError.HostNotAllowed)]
    [InlineData("https://sub.api.contoso.com/items", MtlsPopError.HostNotAllowed)]
    public async Task No_token_is_even_acquired_for_a_place_where_it_may_not_go(string uri, MtlsPopError expected)
    {
        await using var world = await World.StartAsync();
        using var client = world.Client();

        var exception = await Assert.ThrowsAsync<MtlsPopException>(() => client.GetAsync(uri));

        Assert.Equal(expected, exception.Error);
        Assert.Empty(world.Sts.Seen);
        Assert.Empty(world.Resource.Seen);
    }

    [Fact]
    public async Task A_host_header_may_not_name_another_host()
    {
        await using var world = await World.StartAsync();
        using var client = world.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, World.Api) { Headers = { Host = "evil.example" } };

        var exception = await Assert.ThrowsAsync<MtlsPopException>(() => client.SendAsync(request));

        Assert.Equal(MtlsPopError.HostNotAllowed, exception.Error);
        Assert.Empty(world.Resource.Seen);
    }

    [Theory]
    [InlineData("*.contoso.com", "https://api.contoso.com/", true)]
    [InlineData("*.contoso.com", "https://a.b.contoso.com/", true)]
    [InlineData("*.contoso.com", "https://contoso.com/", false)]
    [InlineData("*.contoso.com", "https://evilcontoso.com/", false)]
    [InlineData("API.contoso.com", "https://api.CONTOSO.com:8443/", true)]
    [InlineData("bücher.example", "https://bücher.example/", true)]
    [InlineData("*.bücher.example", "https://a.xn--bcher-kva.example/", true)]
    [InlineData("10.0.0.1", "https://10.0.0.1/", true)]
    [InlineData("*", "https://evil.com/", false)]
    public void Patterns_allow_what_they_say(string pattern, string uri, bool allowed)
    {
        var options = new MtlsPopOptions { AllowedHosts = { pattern } }.Copy();
        using var request = new HttpRequestMessage(HttpMethod.Get, uri);

        var exception = Record.Exception(() => Destination.Check(request, options));

        Assert.Equal(allowed, exception is null);
    }

    [Theory]
    [InlineData("*")]
    [InlineData("*.com")]
    [InlineData("*contoso.com")]
    [InlineData("api.contoso.com.")]
    [InlineData("0x7f.1")]
    [InlineData("1")]
    [InlineData("api.contoso.com:443")]
    [InlineData("https://api.contoso.com")]
    [InlineData("")]
    public void A_pattern_that_matches_everything_or_never_anything_is_refused(string pattern) => Assert.Null(Destination.Normalize(pattern));
}
