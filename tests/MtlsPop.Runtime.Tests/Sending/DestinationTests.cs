namespace MtlsPop.Tests.Sending;

public class DestinationTests
{
    public static TheoryData<string, MtlsPopError> Bypasses => new()
    {
        // other schemes, and relative addresses
        { "http://api.contoso.com/items", MtlsPopError.InsecureUri },
        { "http://api.contoso.com:443/items", MtlsPopError.InsecureUri },
        { "HTTP://api.contoso.com/items", MtlsPopError.InsecureUri },
        { "http://localhost/items", MtlsPopError.InsecureUri },
        { "http://127.0.0.1/items", MtlsPopError.InsecureUri },
        { "http://[::1]/items", MtlsPopError.InsecureUri },
        { "ws://api.contoso.com/items", MtlsPopError.InsecureUri },
        { "wss://api.contoso.com/items", MtlsPopError.InsecureUri },
        { "ftp://api.contoso.com/items", MtlsPopError.InsecureUri },

        // the allowed name somewhere else than in the host
        { "https://evil.example/items", MtlsPopError.HostNotAllowed },
        { "https://evil.example/api.contoso.com", MtlsPopError.HostNotAllowed },
        { "https://evil.example?api.contoso.com", MtlsPopError.HostNotAllowed },
        { "https://evil.example#@api.contoso.com", MtlsPopError.HostNotAllowed },
        { "https://evil.example#api.contoso.com/", MtlsPopError.HostNotAllowed },
        { "https://api.contoso.com@evil.example/items", MtlsPopError.HostNotAllowed },
        { "https://api.contoso.com:443@evil.example/items", MtlsPopError.HostNotAllowed },
        { "https://user:api.contoso.com@evil.example/items", MtlsPopError.HostNotAllowed },
        { "https:\\\\evil.example/api.contoso.com", MtlsPopError.HostNotAllowed },

        // names and addresses that only look like it
        { "https://api.contoso.com.evil.example/items", MtlsPopError.HostNotAllowed },
        { "https://api.contoso.com.\uFF45vil.example/items", MtlsPopError.HostNotAllowed }, // a letter of full width
        { "https://sub.api.contoso.com/items", MtlsPopError.HostNotAllowed },
        { "https://contoso.com/items", MtlsPopError.HostNotAllowed },
        { "https://evilapi.contoso.com/items", MtlsPopError.HostNotAllowed },
        { "https://api.contoso.co/items", MtlsPopError.HostNotAllowed },
        { "https://api-contoso.com/items", MtlsPopError.HostNotAllowed },
        { "https://api.contoso.com./items", MtlsPopError.HostNotAllowed },
        { "https://api.c\u043Entoso.com/items", MtlsPopError.HostNotAllowed }, // a Cyrillic letter
        { "https://xn--api-contoso.com/items", MtlsPopError.HostNotAllowed },
        { "https://127.0.0.1/items", MtlsPopError.HostNotAllowed },
        { "https://2130706433/items", MtlsPopError.HostNotAllowed },
        { "https://0x7f.1/items", MtlsPopError.HostNotAllowed },
        { "https://[::1]/items", MtlsPopError.HostNotAllowed },
        { "https://[2001:db8::1]/items", MtlsPopError.HostNotAllowed },
        { "https://[::ffff:127.0.0.1]/items", MtlsPopError.HostNotAllowed },
    };

    [Theory]
    [MemberData(nameof(Bypasses))]
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
