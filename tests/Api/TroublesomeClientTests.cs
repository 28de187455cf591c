using System.Net.Sockets;
using System.Text;
using static PaymentEngine.Tests.Api.Requests;

namespace PaymentEngine.Tests.Api;

/// <summary>Clients that are slow, broken or hostile get what they deserve, and nobody else notices.</summary>
public sealed class TroublesomeClientTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    private readonly string _orderNo = ApiWorld.New("A");

    [Theory]
    [InlineData("X-Padding: {40 KB}", "431")]
    [InlineData("Authorization: Bearer {40 KB}", "431")]
    [InlineData("no colon", "400")]
    [InlineData("Content-Length: -1", "400")]
    [InlineData("Content-Length: 5\r\nContent-Length: 6", "400")]
    public async Task Headers_that_cannot_be_are_refused(string header, string status)
    {
        Assert.StartsWith($"HTTP/1.1 {status} ", await RawAsync($"GET /v1/trades HTTP/1.1\r\nHost: x\r\n{header.Replace("{40 KB}", new string('x', 40_000))}\r\n\r\n"), StringComparison.Ordinal);
        await OthersAreServedAsync();
    }

    [Theory]
    [InlineData("GET /v1/trades/%00 HTTP/1.1\r\nHost: x\r\n\r\n", "400")]
    [InlineData("GET /v1/trades HTTP/9.9\r\nHost: x\r\n\r\n", "505")]
    [InlineData("\u0016\u0003\u0001 hello\r\n\r\n", "400")]
    public async Task What_is_not_HTTP_is_refused(string request, string status)
    {
        Assert.StartsWith($"HTTP/1.1 {status} ", await RawAsync(request), StringComparison.Ordinal);
        await OthersAreServedAsync();
    }

    [Fact]
    public async Task A_path_with_an_empty_part_leads_nowhere_and_says_so()
    {
        var answer = await RawAsync("GET //v1/trades HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 404 ", answer, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"not_found\"", answer, StringComparison.Ordinal);
        Assert.Contains("\"request_id\":", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_in_broken_chunks_is_refused_as_malformed()
    {
        var before = await world.RowsAsync();

        var answer = await RawAsync(Post("Transfer-Encoding: chunked") + "ZZ\r\n{}\r\n0\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"malformed_request\"", answer, StringComparison.Ordinal);
        Assert.Equal(before, await world.RowsAsync());
    }

    [Fact]
    public async Task A_body_that_never_arrives_is_given_up_and_nothing_is_written()
    {
        var before = await world.RowsAsync();

        var slow = RawAsync(Post("Content-Length: 200") + "{");
        await OthersAreServedAsync(reads: true);

        // The server waits some seconds before it measures how slow a client is.
        Assert.Contains("\"code\":\"request_timeout\"", await slow, StringComparison.Ordinal);
        Assert.Equal(before, await world.RowsAsync());
    }

    [Fact]
    public async Task A_client_that_hangs_up_in_the_middle_of_its_body_has_written_nothing()
    {
        var before = await world.RowsAsync();
        for (var client = 0; client < 20; client++)
        {
            using var connection = await ConnectAsync();
            await connection.SendAsync(Encoding.ASCII.GetBytes(Post("Content-Length: 200") + Trade(_orderNo)));
        }

        (await world.Merchant.FindAsync(_orderNo)).IsRefused(404, "trade_not_found");
        Assert.Equal(before, await world.RowsAsync());
    }

    [Fact]
    [Trait("Rule", "O13")]
    public async Task A_client_that_hangs_up_before_its_answer_gets_it_when_it_asks_again()
    {
        for (var round = 0; round < 20; round++)
        {
            var (key, body) = (ApiWorld.New("key"), Trade(ApiWorld.New("A"), Payers.Good));
            using (var connection = await ConnectAsync())
            {
                await connection.SendAsync(Encoding.ASCII.GetBytes(Post($"Content-Length: {body.Length}", key) + body));
            }

            var answer = await world.Merchant.PostAsync(Trades, key, body);

            Assert.Equal(201, answer.Status);
            Assert.Single((await world.Merchant.BecomesAsync(answer.TradeNo, "paid")).Json["payments"]!.AsArray());
        }
    }

    [Fact]
    public async Task Hundreds_of_half_sent_requests_delay_nobody()
    {
        var slow = new List<Socket>();
        try
        {
            for (var client = 0; client < 300; client++)
            {
                slow.Add(await ConnectAsync());
                await slow[^1].SendAsync("POST /v1/trades HTTP/1.1\r\nHost: x\r\nX-Slow: "u8.ToArray());
            }

            await OthersAreServedAsync();
        }
        finally
        {
            slow.ForEach(connection => connection.Dispose());
        }
    }

    private static string Post(string header, string? key = null) =>
        $"POST /v1/trades HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer key-M1001\r\nContent-Type: application/json\r\nIdempotency-Key: {key ?? ApiWorld.New("key")}\r\n{header}\r\n\r\n";

    private async Task OthersAreServedAsync(bool reads = false)
    {
        if (reads)
        {
            (await world.Merchant.FindAsync("never-submitted")).IsRefused(404, "trade_not_found");
            return;
        }

        Assert.Equal(201, (await world.Merchant.PostAsync(Trades, ApiWorld.New("key"), Trade(ApiWorld.New("A")))).Status);
    }

    private async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(world.Address.Host, world.Address.Port);
        return socket;
    }

    /// <summary>Sends these bytes and returns all that comes back before the server closes.</summary>
    private async Task<string> RawAsync(string request)
    {
        using var connection = await ConnectAsync();
        await connection.SendAsync(Encoding.Latin1.GetBytes(request));
        var answer = new StringBuilder();
        var buffer = new byte[8_192];
        while (await connection.ReceiveAsync(buffer) is > 0 and var received)
        {
            answer.Append(Encoding.UTF8.GetString(buffer, 0, received));
        }

        return answer.ToString();
    }
}
