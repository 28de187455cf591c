using System.Text.Json.Nodes;

namespace PaymentEngine.Tests.Api;

/// <summary>Operations see which days of the ledger are closed, and close one by hand.</summary>
[Trait("Rule", "A7")]
public sealed class LedgerDayEndpointTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    private const string Days = "/ops/v1/ledger/days";

    [Fact]
    public async Task the_current_day_is_shown_and_cannot_be_closed_A7()
    {
        await world.Merchant.PaidAsync(Requests.Trade(ApiWorld.New("order"), Payers.Good));

        var current = (await world.Operations.GetAsync(Days)).Json["days"]!.AsArray().Single(day => (string)day!["state"]! == "current")!;
        var day = (string)current["day"]!;

        Assert.Equal(day, (string)(await world.Operations.GetAsync($"{Days}/{day}")).Json["day"]!);
        (await CloseAsync(day, "{}")).IsRefused(409, "day_not_its_turn");
        (await CloseAsync("2019-01-01", "{}")).IsRefused(404, "day_not_found");
        (await CloseAsync("yesterday", "{}")).IsRefused(404, "day_not_found");
        (await world.Operations.GetAsync($"{Days}?before=soon")).IsRefused(400, "invalid_request");
    }

    [Fact]
    public async Task what_is_let_pass_is_named_and_has_a_reason_A7()
    {
        var day = (string)(await world.Operations.GetAsync(Days)).Json["days"]![0]!["day"]!;

        (await CloseAsync(day, """{"accept":"voucher_missing","remark":"we know"}""")).IsRefused(400, "invalid_request");
        (await CloseAsync(day, """{"accept":"transit_unexplained"}""")).IsRefused(400, "invalid_request");
        (await CloseAsync(day, """{"accept":"transit_unexplained","remark":"we know","hurry":true}""")).IsRefused(400, "invalid_request");
    }

    private Task<MerchantAnswer> CloseAsync(string day, string body) =>
        world.SecondOperator.PostAsync($"{Days}/{day}/close", ApiWorld.New("key"), body);
}
