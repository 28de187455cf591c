using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Npgsql;
using PaymentEngine.Runtime.Submit;
using Xunit;

namespace PaymentEngine.Tests.Unit.Api;

/// <summary>What comes of requests that are not in order: always a problem, never a step towards the desk.</summary>
public sealed class MerchantProblemTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Theory]
    [InlineData(null)]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer wrong")]
    [InlineData("Bearer  key-of-7")]
    [InlineData("Basic key-of-7")]
    [InlineData("key-of-7")]
    public async Task An_unknown_key_is_a_stranger(string? authorization)
    {
        var request = ApiHost.Request(HttpMethod.Post, ApiHost.Trades, ApiHost.GoodTrade);
        request.Headers.Remove("Authorization");
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        var answer = await RefusedAsync(request);

        await ApiHost.ProblemAsync(answer, 401, "unauthorized");
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task A_merchant_that_is_not_active_may_read_and_nothing_else()
    {
        var post = ApiHost.Request(HttpMethod.Post, ApiHost.Trades, ApiHost.GoodTrade);
        var get = ApiHost.Request(HttpMethod.Get, ApiHost.Trade);
        post.Headers.Authorization = get.Headers.Authorization = new AuthenticationHeaderValue("bearer", StubMerchants.InactiveKey);

        await ApiHost.ProblemAsync(await RefusedAsync(post), 403, "merchant_inactive");
        Assert.Equal(HttpStatusCode.OK, (await host.Client.SendAsync(get)).StatusCode);
    }

    [Theory]
    [Trait("Rule", "O13")]
    [InlineData(ApiHost.Trades, ApiHost.GoodTrade)]
    [InlineData(ApiHost.Trade + "/payments", ApiHost.GoodPayment)]
    [InlineData(ApiHost.Trade + "/close", null)]
    public async Task Every_POST_needs_an_idempotency_key(string path, string? body)
    {
        var request = ApiHost.Request(HttpMethod.Post, path, body);
        request.Headers.Remove("Idempotency-Key");

        await ApiHost.ProblemAsync(await RefusedAsync(request), 400, "idempotency_key_missing");
    }

    [Theory]
    [Trait("Rule", "O13")]
    [InlineData("a b")]
    [InlineData("")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    [InlineData("one", "two")]
    public async Task An_idempotency_key_is_one_word_of_visible_ASCII(params string[] keys)
    {
        var request = ApiHost.Request(HttpMethod.Post, ApiHost.Trades, ApiHost.GoodTrade);
        request.Headers.Remove("Idempotency-Key");
        request.Headers.TryAddWithoutValidation("Idempotency-Key", keys);

        await ApiHost.ProblemAsync(await RefusedAsync(request), 400, "idempotency_key_malformed");
    }

    [Theory]
    [Trait("Rule", "O6")]
    [InlineData("a b")]
    [InlineData("<script>")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public async Task A_serial_number_that_cannot_be_used_is_refused_under_one_of_ours(string serial)
    {
        var request = ApiHost.Request(HttpMethod.Post, ApiHost.Trades, ApiHost.GoodTrade);
        request.Headers.Remove("X-Request-Id");
        request.Headers.TryAddWithoutValidation("X-Request-Id", serial);

        var problem = await ApiHost.ProblemAsync(await RefusedAsync(request), 400, "malformed_request_id");

        Assert.Matches("^[0-9a-f]{32}$", problem.GetProperty("request_id").GetString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/json")]
    [InlineData("application/json; charset=gbk")]
    [InlineData("application/jsonx")]
    public async Task Only_JSON_in_UTF_8_is_read(string? contentType)
    {
        var request = ApiHost.Request(HttpMethod.Post, ApiHost.Trades, ApiHost.GoodTrade);
        request.Content!.Headers.Remove("Content-Type");
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType is null ? [] : [contentType]);

        await ApiHost.ProblemAsync(await RefusedAsync(request), 415, "unsupported_media_type");
    }

    [Fact]
    public async Task A_compressed_body_is_not_unpacked()
    {
        var request = ApiHost.Request(HttpMethod.Post, ApiHost.Trades, ApiHost.GoodTrade);
        request.Content!.Headers.ContentEncoding.Add("gzip");

        await ApiHost.ProblemAsync(await RefusedAsync(request), 415, "unsupported_media_type");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_above_64_KB_is_refused_also_in_chunks(bool chunked)
    {
        var request = ApiHost.Request(HttpMethod.Post, ApiHost.Trades, ApiHost.GoodTrade + new string(' ', 65_537 - ApiHost.GoodTrade.Length));
        request.Headers.TransferEncodingChunked = chunked;

        await ApiHost.ProblemAsync(await RefusedAsync(request), 413, "body_too_large");
    }

    [Fact]
    public async Task Chunks_that_are_not_HTTP_are_refused()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, host.Client.BaseAddress!.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            "POST /v1/trades HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer key-of-7\r\nIdempotency-Key: k\r\n"
            + "Transfer-Encoding: chunked\r\nContent-Type: application/json\r\n\r\nzz\r\n"));

        var answer = await new StreamReader(client.GetStream()).ReadToEndAsync();

        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"malformed_request\"", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/v1/trades/T1", 404, "trade_not_found", null)]
    [InlineData("GET", "/v1/trades/P202611200000000001", 404, "trade_not_found", null)]
    [InlineData("GET", "/v1/trades/T202611200000000009", 404, "trade_not_found", null)]
    [InlineData("GET", "/v1/trades/T202611200000000009?expand=all", 404, "trade_not_found", null)]
    [InlineData("GET", "/v1/trades?merchant_order_no=B", 404, "trade_not_found", null)]
    [InlineData("POST", "/v1/trades/x/payments", 404, "trade_not_found", null)]
    [InlineData("POST", "/v1/trades/x/close", 404, "trade_not_found", null)]
    [InlineData("GET", "/v1/trades", 400, "invalid_request", null)]
    [InlineData("GET", "/v1/trades?merchant_order_no=", 400, "invalid_request", null)]
    [InlineData("GET", "/v1/trades?merchant_order_no=A&merchant_order_no=B", 400, "invalid_request", null)]
    [InlineData("GET", "/v1/trades?merchant_order_no=%00", 400, "invalid_request", null)]
    [InlineData("GET", ApiHost.Trade + "?expand=some", 400, "invalid_request", null)]
    [InlineData("GET", ApiHost.Trades + "?merchant_order_no=A-1001&expand=some", 400, "invalid_request", null)]
    [InlineData("GET", "/", 404, "not_found", null)]
    [InlineData("DELETE", "/favicon.ico", 404, "not_found", null)]
    [InlineData("DELETE", "/v1/trades", 405, "method_not_allowed", "GET, POST")]
    [InlineData("PUT", ApiHost.Trade, 405, "method_not_allowed", "GET")]
    [InlineData("GET", ApiHost.Trade + "/payments", 405, "method_not_allowed", "POST")]
    [InlineData("GET", ApiHost.Trade + "/close", 405, "method_not_allowed", "POST")]
    [InlineData("GET", "/v1", 404, "not_found", null)]
    [InlineData("POST", "/v1/trade", 404, "not_found", null)]
    [InlineData("GET", ApiHost.Trade + "/payments/P202611200000000002", 404, "not_found", null)]
    public async Task A_wrong_turn_is_a_problem_too(string method, string path, int status, string code, string? allow)
    {
        var answer = await RefusedAsync(ApiHost.Request(new HttpMethod(method), path));

        await ApiHost.ProblemAsync(answer, status, code);
        Assert.Equal(allow, answer.Content.Headers.Allow.Count == 0 ? null : string.Join(", ", answer.Content.Headers.Allow));
    }

    [Fact]
    public async Task Invalid_fields_are_listed_with_code_and_message()
    {
        var request = ApiHost.Request(
            HttpMethod.Post, ApiHost.Trades, """{"merchant_order_no":"A","amount":"1.005","currency":"CNY","payer":""}""");

        var problem = await ApiHost.ProblemAsync(await RefusedAsync(request), 400, "invalid_request");

        Assert.Equal(
            """
            [{"field":"payer","code":"wrong_length","message":"must have 1 to 64 characters"},
            {"field":"amount","code":"amount_has_fraction_of_minor_unit","message":"has more decimals than CNY, which has 2"}]
            """.Replace("\n", string.Empty, StringComparison.Ordinal),
            problem.GetProperty("errors").GetRawText());
    }

    [Fact]
    public async Task A_refusal_of_the_desk_keeps_its_status_its_detail_and_the_trade_in_the_way()
    {
        var problem = await RefusalAsync(
            new Refusal(RefusalCodes.TradeAlreadyPaid, 409, "Paid an hour ago.", Retryable: false, ApiOrders.TradeId), 409);

        Assert.Equal("Paid an hour ago.", problem.GetProperty("detail").GetString());
        Assert.Equal("T202611200000000001", problem.GetProperty("trade_no").GetString());
        Assert.False(problem.GetProperty("retryable").GetBoolean());
    }

    [Fact]
    public async Task An_overloaded_desk_says_when_to_come_again()
    {
        host.Desk.Result = _ => new DeskResult.Refused(new Refusal(RefusalCodes.Overloaded, 503, "The queue is full.", Retryable: true));

        var answer = await host.PostAsync(ApiHost.Trades, ApiHost.GoodTrade);

        host.Desk.Result = null;
        Assert.True((await ApiHost.ProblemAsync(answer, 503, "overloaded")).GetProperty("retryable").GetBoolean());
        Assert.Equal("1", answer.Headers.GetValues("Retry-After").Single());
    }

    [Fact]
    public async Task A_bug_is_a_problem_that_tells_nothing_of_our_insides()
    {
        var answer = await FailedAsync(new InvalidOperationException("password=secret"));

        Assert.True((await ApiHost.ProblemAsync(answer, 500, "internal_error")).GetProperty("retryable").GetBoolean());
        Assert.DoesNotContain("secret", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("08006", "connection failure")]
    [InlineData("53100", "could not extend file: No space left on device")]
    [InlineData("XX000", "could not write init file")]
    [InlineData("58030", "could not read block 4 in file")]
    [InlineData("57P03", "the database system is starting up")]
    [InlineData("57014", "canceling statement due to statement timeout")]
    public async Task Trouble_of_the_database_says_that_it_may_be_asked_again(string state, string message)
    {
        var answer = await FailedAsync(new PostgresException(message, "FATAL", "FATAL", state));

        Assert.True((await ApiHost.ProblemAsync(answer, 503, "unavailable")).GetProperty("retryable").GetBoolean());
        Assert.Equal("1", answer.Headers.GetValues("Retry-After").Single());
    }

    [Theory]
    [InlineData("42P01", "relation does not exist")]
    [InlineData("23505", "duplicate key value violates unique constraint")]
    [InlineData("22003", "numeric value out of range")]
    public async Task What_the_database_says_of_our_own_words_is_a_bug(string state, string message)
    {
        var answer = await FailedAsync(new PostgresException(message, "ERROR", "ERROR", state));

        await ApiHost.ProblemAsync(answer, 500, "internal_error");
    }

    private async Task<HttpResponseMessage> FailedAsync(Exception failure)
    {
        host.Desk.Result = _ => throw failure;
        var answer = await host.PostAsync(ApiHost.Trades, ApiHost.GoodTrade);
        host.Desk.Result = null;
        return answer;
    }

    private async Task<System.Text.Json.JsonElement> RefusalAsync(Refusal refusal, int status)
    {
        host.Desk.Result = _ => new DeskResult.Refused(refusal);
        var answer = await host.PostAsync(ApiHost.Trades, ApiHost.GoodTrade);
        host.Desk.Result = null;
        return await ApiHost.ProblemAsync(answer, status, refusal.Code);
    }

    private async Task<HttpResponseMessage> RefusedAsync(HttpRequestMessage request)
    {
        var asked = host.Desk.Asked.Count;
        var answer = await host.Client.SendAsync(request);
        Assert.Equal(asked, host.Desk.Asked.Count);
        return answer;
    }
}
