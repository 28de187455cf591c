using System.Text;
using static PaymentEngine.Tests.Api.Requests;

namespace PaymentEngine.Tests.Api;

/// <summary>Whatever is not exactly as the contract wants it is refused with a reason, and nothing is written.</summary>
public sealed class BadInputTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    private const string Good = """{"merchant_order_no":"A-1","amount":"88.00","currency":"CNY","payer":"member-7"}""";

    /// <summary>A good body with one part of it replaced, and what is said about it.</summary>
    public static TheoryData<string, string, string, string> Fields => new()
    {
        { "\"A-1\"", "\"\"", "merchant_order_no", "wrong_length" },
        { "\"A-1\"", $"\"{new string('A', 65)}\"", "merchant_order_no", "wrong_length" },
        { "\"A-1\"", "\"A 1\"", "merchant_order_no", "invalid_characters" },
        { "\"A-1\"", "\"订单\"", "merchant_order_no", "invalid_characters" },
        { "\"A-1\"", "\"A\\u0000\"", "merchant_order_no", "invalid_characters" },
        { "\"A-1\"", "1", "merchant_order_no", "wrong_type" },
        { "\"A-1\"", "null", "merchant_order_no", "wrong_type" },
        { "\"merchant_order_no\":\"A-1\",", "", "merchant_order_no", "required" },
        { "\"88.00\"", "88.00", "amount", "wrong_type" },
        { "\"88.00\"", "88", "amount", "wrong_type" },
        { "\"88.00\"", "[\"88.00\"]", "amount", "wrong_type" },
        { "\"88.00\"", "{\"value\":\"88.00\"}", "amount", "wrong_type" },
        { "\"88.00\"", "true", "amount", "wrong_type" },
        { "\"88.00\"", "null", "amount", "wrong_type" },
        { "\"88.00\"", "\"0\"", "amount", "amount_not_positive" },
        { "\"88.00\"", "\"0.00\"", "amount", "amount_not_positive" },
        { "\"88.00\"", "\"-88.00\"", "amount", "amount_not_positive" },
        { "\"88.00\"", "\"+88.00\"", "amount", "amount_not_positive" },
        { "\"88.00\"", "\"88.001\"", "amount", "amount_has_fraction_of_minor_unit" },
        { "\"88.00\"", "\"88.000\"", "amount", "amount_has_fraction_of_minor_unit" },
        { "\"88.00\"", "\"0.001\"", "amount", "amount_has_fraction_of_minor_unit" },
        { "\"88.00\"", "\"10000000000.01\"", "amount", "amount_too_large" },
        { "\"88.00\"", "\"92233720368547758.08\"", "amount", "amount_too_large" },
        { "\"88.00\"", $"\"{new string('9', 4_000)}\"", "amount", "amount_too_large" },
        { "\"88.00\"", "\"\"", "amount", "amount_malformed" },
        { "\"88.00\"", "\"88,00\"", "amount", "amount_malformed" },
        { "\"88.00\"", "\"1,088.00\"", "amount", "amount_malformed" },
        { "\"88.00\"", "\"8e1\"", "amount", "amount_malformed" },
        { "\"88.00\"", "\"0x58\"", "amount", "amount_malformed" },
        { "\"88.00\"", "\" 88.00\"", "amount", "amount_malformed" },
        { "\"88.00\"", "\"88.00\\n\"", "amount", "invalid_characters" },
        { "\"88.00\"", "\"088.00\"", "amount", "amount_malformed" },
        { "\"88.00\"", "\"88.\"", "amount", "amount_malformed" },
        { "\"88.00\"", "\".88\"", "amount", "amount_malformed" },
        { "\"88.00\"", "\"８８.００\"", "amount", "amount_malformed" },
        { "\"88.00\"", "\"NaN\"", "amount", "amount_malformed" },
        { "\"amount\":\"88.00\",", "", "amount", "required" },
        { "\"CNY\"", "\"cny\"", "currency", "currency_unknown" },
        { "\"CNY\"", "\"ZZZ\"", "currency", "currency_unknown" },
        { "\"CNY\"", "\"\"", "currency", "currency_unknown" },
        { "\"CNY\"", "156", "currency", "wrong_type" },
        { "\"CNY\"", "\"JPY\"", "currency", "currency_not_enabled" },
        { "\"member-7\"", "\"\"", "payer", "wrong_length" },
        { "\"member-7\"", "\"member\\t7\"", "payer", "invalid_characters" },
        { "\"member-7\"", "\"\\ud83d\"", "payer", "invalid_characters" },
        { "}", ",\"payee\":\"\"}", "payee", "wrong_length" },
        { "}", $",\"description\":\"{new string('x', 257)}\"}}", "description", "wrong_length" },
        { "}", ",\"description\":\"line\\nbreak\"}", "description", "invalid_characters" },
        { "}", ",\"expires_in_s\":59}", "expires_in_s", "out_of_range" },
        { "}", ",\"expires_in_s\":604801}", "expires_in_s", "out_of_range" },
        { "}", ",\"expires_in_s\":-900}", "expires_in_s", "out_of_range" },
        { "}", ",\"expires_in_s\":99999999999999999999}", "expires_in_s", "out_of_range" },
        { "}", ",\"expires_in_s\":900.0}", "expires_in_s", "wrong_type" },
        { "}", ",\"expires_in_s\":9e2}", "expires_in_s", "wrong_type" },
        { "}", ",\"expires_in_s\":\"900\"}", "expires_in_s", "wrong_type" },
        { "}", ",\"state\":\"paid\"}", "state", "unknown_field" },
        { "}", ",\"Amount\":\"1.00\"}", "Amount", "unknown_field" },
        { "}", ",\"\":1}", "", "unknown_field" },
        { "}", ",\"amount\":\"1.00\"}", "amount", "duplicate_field" },
        { "}", ",\"amou\\u006et\":\"1.00\"}", "amount", "duplicate_field" },
        { "}", ",\"payment\":\"quick\"}", "payment", "wrong_type" },
        { "}", ",\"payment\":null}", "payment", "wrong_type" },
        { "}", ",\"payment\":{}}", "payment.method", "required" },
        { "}", ",\"payment\":{\"method\":\"quick\"}}", "payment.payer_account", "required" },
        { "}", ",\"payment\":{\"method\":\"cash\",\"payer_account\":\"1\"}}", "payment.method", "unknown_value" },
        { "}", ",\"payment\":{\"method\":\"quick\",\"payer_account\":\"\"}}", "payment.payer_account", "wrong_length" },
        { "}", ",\"payment\":{\"method\":\"quick\",\"payer_account\":\"1\",\"cvv\":\"123\"}}", "payment.cvv", "unknown_field" },
        { "}", ",\"payment\":{\"method\":\"quick\",\"payer_account\":\"1\",\"method\":\"wallet\"}}", "payment.method", "duplicate_field" },
        { "}", ",\"payment\":{\"method\":\"quick\",\"payer_account\":\"1\"},\"payment\":{}}", "payment", "duplicate_field" },
    };

    public static TheoryData<string> NotJson =>
    [
        "", " ", "null", "\"text\"", "[]", $"[{Good}]", "{", "{]", $"{Good}{Good}", $"{Good} x", $"{Good},", $"{Good}\0", Good.Replace("}", ",}"), Good.Replace("\"", "'"),
        $"/* why */{Good}", Good.Replace("}", ",\"a\":NaN}"), Good.Replace("}", ",\"a\":01}"), Good.Replace("member-7", "member\n7"), Good.Replace("member-7", "\\x41"),
        $"{{\"a\":{new string('[', 30_000)}{new string(']', 30_000)}}}", string.Concat(Enumerable.Repeat("{\"a\":", 10_000)),
    ];

    public static TheoryData<byte[]> NotUtf8 =>
    [
        Spoilt(0xff), Spoilt(0xc3), Spoilt(0xc0, 0x80), Spoilt(0xed, 0xa0, 0x80), Spoilt(0xf4, 0x90, 0x80, 0x80),
        Encoding.Unicode.GetBytes(Good + "\ud800")[..^1], Encoding.Latin1.GetBytes(Good.Replace("member", "müller")),
    ];

    [Theory]
    [MemberData(nameof(Fields))]
    public async Task A_field_that_is_not_as_the_contract_wants_it_is_named(string part, string instead, string field, string code)
    {
        var at = Good.LastIndexOf(part, StringComparison.Ordinal);
        var refused = await PostAsync(Good[..at] + instead + Good[(at + part.Length)..]);

        refused.IsRefused(400, "invalid_request");
        Assert.Contains((field, code), refused.Json["errors"]!.AsArray().Select(error => ((string)error!["field"]!, (string)error["code"]!)));
    }

    [Fact]
    public async Task All_that_is_wrong_is_told_at_once()
    {
        var refused = await PostAsync("""{"amount":"-1","currency":"CNY","payer":7,"colour":"red","expires_in_s":1}""");

        refused.IsRefused(400, "invalid_request");
        Assert.Equal(
            ["amount", "colour", "expires_in_s", "merchant_order_no", "payer"],
            refused.Json["errors"]!.AsArray().Select(error => (string)error!["field"]!).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(NotJson))]
    public async Task What_is_not_one_JSON_object_is_refused(string body) => (await PostAsync(body)).IsRefused(400, "malformed_json");

    [Theory]
    [MemberData(nameof(NotUtf8))]
    public async Task What_is_not_UTF_8_is_refused(byte[] body) => (await PostAsync(body)).IsRefused(400, "invalid_utf8");

    [Fact]
    public async Task A_byte_order_mark_is_refused() =>
        (await PostAsync([0xef, 0xbb, 0xbf, .. Encoding.UTF8.GetBytes(Good)])).IsRefused(400, "invalid_utf8");

    [Theory]
    [InlineData(65_537, false)]
    [InlineData(65_537, true)]
    [InlineData(1_000_000, true)]
    [InlineData(200_000_000, false)]
    public async Task A_body_of_more_than_64_KB_is_refused(int bytes, bool chunked)
    {
        var padding = Enumerable.Repeat((byte)' ', Math.Min(bytes, 1_000_000)).ToArray();
        var body = MerchantClient.Json([.. Encoding.UTF8.GetBytes(Good), .. padding.AsSpan(0, padding.Length - Good.Length)]);
        body.Headers.ContentLength = chunked ? null : bytes;

        (await NothingIsWrittenAsync(() => world.Merchant.SendAsync(
            HttpMethod.Post, Trades, body, [.. Key(), ("Expect", "100-continue"), .. chunked ? [("Transfer-Encoding", "chunked")] : Array.Empty<(string, string)>()])))
            .IsRefused(413, "body_too_large");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/jsonp")]
    [InlineData("application/json, text/plain")]
    public async Task A_body_of_another_type_is_refused(string? contentType)
    {
        var body = new ByteArrayContent(Encoding.UTF8.GetBytes(Good));
        if (contentType is not null)
        {
            body.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        (await PostAsync(body)).IsRefused(415, "unsupported_media_type");
    }

    [Fact]
    public async Task A_compressed_body_is_refused()
    {
        var body = MerchantClient.Json(Encoding.UTF8.GetBytes(Good));
        body.Headers.ContentEncoding.Add("gzip");

        (await PostAsync(body)).IsRefused(415, "unsupported_media_type");
    }

    [Theory]
    [InlineData("/payments", "", 400, "malformed_json")]
    [InlineData("/payments", "{}", 400, "invalid_request")]
    [InlineData("/payments", """{"method":"quick","payer_account":"1","amount":"1.00"}""", 400, "invalid_request")]
    [InlineData("/payments", """{"method":"quick","method":"quick","payer_account":"1"}""", 400, "invalid_request")]
    [InlineData("/payments", """{"method":1,"payer_account":"1"}""", 400, "invalid_request")]
    [InlineData("/close", """{"reason":"none"}""", 400, "invalid_request")]
    [InlineData("/close", "[]", 400, "malformed_json")]
    [InlineData("/close", "{}{}", 400, "malformed_json")]
    public async Task The_other_bodies_are_read_as_strictly(string path, string body, int status, string code)
    {
        var trade = (await world.Merchant.OpenAsync(Trade(ApiWorld.New("A")))).TradeNo;

        (await NothingIsWrittenAsync(() => world.Merchant.PostAsync($"{Trades}/{trade}{path}", ApiWorld.New("key"), body))).IsRefused(status, code);
    }

    [Theory]
    [InlineData(null, "idempotency_key_missing")]
    [InlineData("", "idempotency_key_malformed")]
    [InlineData("two words", "idempotency_key_malformed")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345", "idempotency_key_malformed")]
    [Trait("Rule", "O13")]
    public async Task A_POST_without_a_good_idempotency_key_is_refused(string? key, string code)
    {
        var trade = (await world.Merchant.OpenAsync(Trade(ApiWorld.New("A")))).TradeNo;
        foreach (var (path, body) in new[] { (Trades, Good), ($"{Trades}/{trade}/payments", Payment()), ($"{Trades}/{trade}/close", "{}") })
        {
            (await NothingIsWrittenAsync(() => world.Merchant.PostAsync(path, key, body))).IsRefused(400, code);
        }
    }

    [Fact]
    [Trait("Rule", "O13")]
    public async Task Two_idempotency_keys_are_none() => (await NothingIsWrittenAsync(
        () => world.Merchant.PostAsync(Trades, "one", Good, ("Idempotency-Key", "two")))).IsRefused(400, "idempotency_key_malformed");

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer no-such-key")]
    [InlineData("Bearer  key-M1001")]
    [InlineData("Bearer key-m1001")]
    [InlineData("Basic a2V5LU0xMDAxOg==")]
    [InlineData("key-M1001")]
    public async Task Without_a_good_API_key_everything_is_refused(string? authorization)
    {
        (string, string)[] header = authorization is null ? [] : [("Authorization", authorization)];
        foreach (var ask in new Func<Task<MerchantAnswer>>[]
        {
            () => world.WithoutKey.PostAsync(Trades, "key", Good, header),
            () => world.WithoutKey.PostAsync($"{Trades}/T202611200000000001/payments", "key", Payment(), header),
            () => world.WithoutKey.PostAsync($"{Trades}/T202611200000000001/close", "key", "{}", header),
            () => world.WithoutKey.GetAsync($"{Trades}/T202611200000000001", header),
            () => world.WithoutKey.GetAsync($"{Trades}?merchant_order_no=A-1", header),
        })
        {
            (await NothingIsWrittenAsync(ask)).IsRefused(401, "unauthorized");
        }
    }

    private static byte[] Spoilt(params byte[] bytes)
    {
        var at = Good.IndexOf("member", StringComparison.Ordinal);
        return [.. Encoding.UTF8.GetBytes(Good[..at]), .. bytes, .. Encoding.UTF8.GetBytes(Good[at..])];
    }

    private static (string, string)[] Key() => [("Idempotency-Key", ApiWorld.New("key"))];

    private Task<MerchantAnswer> PostAsync(string body) => PostAsync(Encoding.UTF8.GetBytes(body));

    private Task<MerchantAnswer> PostAsync(byte[] body) => PostAsync(MerchantClient.Json(body));

    private Task<MerchantAnswer> PostAsync(HttpContent body) =>
        NothingIsWrittenAsync(() => world.Merchant.SendAsync(HttpMethod.Post, Trades, body, Key()));

    private async Task<MerchantAnswer> NothingIsWrittenAsync(Func<Task<MerchantAnswer>> ask)
    {
        var before = await world.RowsAsync();
        var answer = await ask();
        Assert.Equal(before, await world.RowsAsync());
        return answer;
    }
}
