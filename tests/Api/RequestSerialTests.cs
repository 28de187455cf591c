using static PaymentEngine.Tests.Api.Requests;

namespace PaymentEngine.Tests.Api;

/// <summary>Every request carries a serial number, its own or ours, by which it is followed.</summary>
[Trait("Rule", "O6")]
public sealed class RequestSerialTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    private readonly MerchantClient _merchant = world.Merchant;

    [Fact]
    public async Task The_merchants_serial_number_is_in_the_answer_and_in_every_transition_that_it_led_to()
    {
        var serial = ApiWorld.New("Serial.no_");

        var answer = await _merchant.PostAsync(Trades, ApiWorld.New("key"), Trade(ApiWorld.New("A"), Payers.Good), ("X-Request-Id", serial));

        Assert.Equal((serial, serial), (answer.RequestId, (string)answer.Json["request_id"]!));
        var paid = (await _merchant.BecomesAsync(answer.TradeNo, "paid")).Json;
        var serials = paid["transitions"]!.AsArray().Select(step => ((string)step!["actor"]!, (string)step["request_id"]!)).Distinct();

        // What the institution's answer made is told under the request that started it.
        Assert.Equal([("M1001", serial), ("channel", serial)], serials);
    }

    [Fact]
    public async Task Without_one_each_request_gets_a_serial_number_of_ours()
    {
        var (one, other) = (await _merchant.OpenAsync(Trade(ApiWorld.New("A"))), await _merchant.OpenAsync(Trade(ApiWorld.New("A"))));

        Assert.All(new[] { one, other }, answer => Assert.Equal(answer.RequestId, (string)answer.Json["request_id"]!));
        Assert.NotEqual(one.RequestId, other.RequestId);
        Assert.Matches("^[A-Za-z0-9._-]{1,64}$", one.RequestId);
    }

    [Fact]
    public async Task A_repeat_has_its_own_serial_number_in_the_header_and_the_first_one_in_the_body()
    {
        var (key, body) = (ApiWorld.New("key"), Trade(ApiWorld.New("A")));
        await _merchant.PostAsync(Trades, key, body, ("X-Request-Id", "the-first"));

        var again = await _merchant.PostAsync(Trades, key, body, ("X-Request-Id", "the-second"));

        Assert.Equal(("the-second", "the-first"), (again.RequestId, (string)again.Json["request_id"]!));
    }

    [Fact]
    public async Task A_refusal_carries_it_wherever_it_is_made()
    {
        var serial = ("X-Request-Id", "r-1");
        var refusals = new[]
        {
            await world.WithoutKey.GetAsync(Trades, serial),
            await _merchant.GetAsync(Trades, serial),
            await _merchant.GetAsync("/v1/nothing", serial),
            await _merchant.GetAsync("/v1/trades/T202001010000000001", serial),
            await _merchant.SendAsync(HttpMethod.Delete, Trades, null, serial),
            await _merchant.PostAsync(Trades, null, Trade("A-1"), serial),
            await _merchant.PostAsync(Trades, "key", "{", serial),
        };

        Assert.Equal([401, 400, 404, 404, 405, 400, 400], refusals.Select(refusal => refusal.Status));
        Assert.All(refusals, refusal => Assert.Equal(("r-1", "r-1"), (refusal.RequestId, (string)refusal.Json["request_id"]!)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    [InlineData("semi;colon")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public async Task One_that_cannot_be_used_is_refused_under_one_of_ours(string serial)
    {
        var refused = await _merchant.PostAsync(Trades, ApiWorld.New("key"), Trade(ApiWorld.New("A")), ("X-Request-Id", serial));

        refused.IsRefused(400, "malformed_request_id");
        Assert.NotEqual(serial, refused.RequestId);
    }
}
