using System.Net;
using PaymentEngine.Host;

namespace PaymentEngine.Tests.Api;

/// <summary>Addresses at which only the callbacks of some channels are taken, and these nowhere else.</summary>
[Trait("Rule", "C15")]
public sealed class LeasedLineTests(ApiWorld world) : IClassFixture<ApiWorld>, IAsyncLifetime, IDisposable
{
    private readonly HttpClient _http = new();
    private Uri _public = null!;
    private Uri _line = null!;

    public async Task InitializeAsync()
    {
        var addresses = await world.StartAtAllAsync(
            ("Callbacks:Lines:0:Address", "http://127.0.0.2:0"), ("Callbacks:Lines:0:Channels:0", "sim-wallet"));
        Assert.Equal(2, addresses.Length);
        (_public, _line) = (addresses[0], addresses[1]);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _http.Dispose();

    /// <summary>An unsigned callback: whoever looks at it says 401, and whoever does not listen says 404.</summary>
    [Theory]
    [InlineData("sim-wallet", HttpStatusCode.NotFound, HttpStatusCode.Unauthorized)]
    [InlineData("103", HttpStatusCode.NotFound, HttpStatusCode.Unauthorized)]
    [InlineData("sim-card", HttpStatusCode.Unauthorized, HttpStatusCode.NotFound)]
    [InlineData("no-such", HttpStatusCode.NotFound, HttpStatusCode.NotFound)]
    public async Task A_channel_is_listened_to_at_its_line_or_in_public(string channel, HttpStatusCode inPublic, HttpStatusCode atTheLine)
    {
        Assert.Equal(inPublic, await CallBackAsync(_public, channel));
        Assert.Equal(atTheLine, await CallBackAsync(_line, channel));
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/return/sim-card")]
    public async Task Nothing_but_callbacks_is_answered_at_a_line(string path)
    {
        Assert.Equal(HttpStatusCode.OK, (await _http.GetAsync(new Uri(_public, path))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _http.GetAsync(new Uri(_line, path))).StatusCode);
    }

    /// <summary>Where a request came in is not for its headers to say.</summary>
    [Fact]
    public async Task A_request_cannot_pretend_to_have_come_by_the_line()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_public, "/callbacks/sim-wallet")) { Content = new StringContent("{}") };
        request.Headers.Host = _line.Authority;
        request.Headers.Add("X-Forwarded-Host", _line.Authority);

        Assert.Equal(HttpStatusCode.NotFound, (await _http.SendAsync(request)).StatusCode);
    }

    [Theory]
    [InlineData("http://0.0.0.0:0", "sim-wallet")]
    [InlineData("http://localhost:0", "sim-wallet")]
    [InlineData("https://127.0.0.2:0", "sim-wallet")]
    [InlineData("10.1.2.3:80", "sim-wallet")]
    [InlineData("http://127.0.0.2:0", null)]
    public async Task A_line_that_does_not_say_where_it_ends_or_whose_it_is_keeps_the_engine_from_starting(string address, string? channel) =>
        await Assert.ThrowsAsync<UnfitSettingException>(() => channel is null
            ? world.StartAsync(("Callbacks:Lines:0:Address", address))
            : world.StartAsync(("Callbacks:Lines:0:Address", address), ("Callbacks:Lines:0:Channels:0", channel)));

    private async Task<HttpStatusCode> CallBackAsync(Uri address, string channel)
    {
        using var body = new StringContent("{}");
        return (await _http.PostAsync(new Uri(address, "/callbacks/" + channel), body)).StatusCode;
    }
}
