using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using MtlsPop.Gate.Scanning;

namespace MtlsPop.Gate.Tests;

[Collection(nameof(UnknowingRepository))]
public sealed partial class BrowserTests(UnknowingRepository repository)
{
    /// <summary>What the browser measures on the page, written where it can be read from outside.</summary>
    private const string Measure = """
        <script>
        const channel = value => { value /= 255; return value <= .03928 ? value / 12.92 : ((value + .055) / 1.055) ** 2.4; };
        const light = color => { const [r, g, b] = color.match(/[\d.]+/g).map(Number); return .2126 * channel(r) + .7152 * channel(g) + .0722 * channel(b); };
        const ground = node => {
            const color = getComputedStyle(node).backgroundColor;
            return color !== "rgba(0, 0, 0, 0)" ? color : node.parentElement ? ground(node.parentElement) : "rgb(255, 255, 255)";
        };
        const contrast = node => {
            const [a, b] = [light(getComputedStyle(node).color), light(ground(node))].sort((x, y) => y - x);
            return (a + .05) / (b + .05);
        };
        document.querySelectorAll("details").forEach(details => details.open = true);
        const texts = [...document.body.querySelectorAll("*")].filter(node => [...node.childNodes].some(child => child.nodeType === 3 && child.data.trim()));
        document.documentElement.dataset.measured = JSON.stringify({
            overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
            contrast: Math.min(...texts.map(contrast)),
            ground: getComputedStyle(document.body).backgroundColor,
            requests: performance.getEntriesByType("resource").map(entry => entry.name),
            verdict: document.querySelector("h1").textContent,
            summary: document.querySelector("header p").innerText.split("\n")[0],
            evidence: [...document.querySelectorAll(".item")].map(item => item.innerText.replace(/\s+/g, " ")),
            findings: [...document.querySelectorAll(".finding .place")].map(place => place.textContent),
            fixes: [...document.querySelectorAll(".finding .fix .added")].map(line => line.textContent),
            broken: [...document.querySelectorAll("a[href^='#']")].filter(link => !document.getElementById(link.getAttribute("href").slice(1))).length,
        });
        </script>
        """;

    [Theory]
    [InlineData("light", 400)]
    [InlineData("light", 1200)]
    [InlineData("dark", 400)]
    [InlineData("dark", 1200)]
    public async Task The_page_fits_the_window_and_can_be_read(string scheme, int width)
    {
        var page = await MeasureAsync(scheme, width);

        Assert.Equal(0, page.GetProperty("overflow").GetDouble());
        Assert.InRange(page.GetProperty("contrast").GetDouble(), 4.5, 21);
        Assert.Equal(0, page.GetProperty("broken").GetInt32());
        Assert.Equal(scheme == "dark" ? "rgb(15, 19, 24)" : "rgb(255, 255, 255)", page.GetProperty("ground").GetString());
    }

    [Fact]
    public async Task The_page_shows_the_verdict_the_evidence_the_findings_and_their_fixes()
    {
        var page = await MeasureAsync("light", 1200);

        Assert.Equal("mTLS PoP review: failed", page.GetProperty("verdict").GetString());
        Assert.Equal("3 findings to fix, 3 projects not evaluated", page.GetProperty("summary").GetString());
        Assert.Contains(Texts(page, "evidence"), item => item.StartsWith("✘ fail The binding certificate is checked before it is used", StringComparison.Ordinal));
        Assert.Contains(Texts(page, "findings"), place => place.StartsWith("Strict build/Wrong.cs:", StringComparison.Ordinal));
        Assert.Contains("+if (result.BindingCertificate is null)", Texts(page, "fixes"));
    }

    [Fact]
    public async Task The_page_asks_for_nothing_but_itself() => Assert.Empty(Texts(await MeasureAsync("light", 1200), "requests"));

    private static IEnumerable<string> Texts(JsonElement page, string property) => page.GetProperty(property).EnumerateArray().Select(text => text.GetString()!);

    private async Task<JsonElement> MeasureAsync(string scheme, int width)
    {
        using var workspace = new Workspace().Write("page.html", repository.Report("html").Replace("</body>", Measure + "</body>"));
        var browser = await ChildProcess.RunAsync(
            "chromium",
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", $"--user-data-dir={workspace.PathOf("profile")}",
                $"--blink-settings=preferredColorScheme={(scheme == "dark" ? 0 : 1)}",
                string.Create(CultureInfo.InvariantCulture, $"--window-size={width},900"),
                new Uri(workspace.PathOf("page.html")).AbsoluteUri,
            ],
            workspace.Root,
            TestContext.Current.CancellationToken);

        var measured = Measured().Match(browser.Output);
        Assert.True(measured.Success, browser.Error);
        return JsonDocument.Parse(WebUtility.HtmlDecode(measured.Groups[1].Value)).RootElement;
    }

    [GeneratedRegex("data-measured=\"([^\"]*)\"")]
    private static partial Regex Measured();
}
