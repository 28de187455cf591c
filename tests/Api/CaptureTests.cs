using System.Text.Json.Nodes;

namespace PaymentEngine.Tests.Api;

/// <summary>What is held leaves by two persons, in one posting.</summary>
[Trait("Rule", "A10")]
public sealed class CaptureTests(ApiWorld world) : IClassFixture<ApiWorld>, IAsyncLifetime
{
    private const string Adjustments = "/ops/v1/ledger/adjustments";
    private const string Accounts = "/ops/v1/ledger/accounts";
    private const string Own = "4001.01.TEST.CNY";
    private const string Merchant = "2241.01.M1001.CNY";

    [Fact]
    [Trait("Rule", "A4")]
    [Trait("Rule", "P2")]
    public async Task two_persons_capture_a_part_of_a_hold_that_is_shown_before_and_after_A10()
    {
        var hold = await HoldAsync("12.34");
        var (balance, frozen) = await StandingAsync();

        var asked = await AskAsync("2.34", Captures(hold, "2.34"));

        Assert.Equal((201, "open"), (asked.Status, Of(asked.Json, "state")));
        var captures = asked.Json["captures"]!;
        Assert.Equal((hold, Merchant, "chargeback"), (Of(captures, "hold"), Of(captures, "account"), Of(captures, "held_for")));
        Assert.Equal(("12.34", "10.00"), (Of(captures, "left_before"), Of(captures, "left_after")));
        Assert.Equal(
            ("2.34", "2.34", "贰元叁角肆分", "Two Chinese yuan and 34/100"),
            (Of(captures["amount"]!, "value"), Of(captures["amount"]!, "digits"), Of(captures["amount"]!, "words_zh"), Of(captures["amount"]!, "words_en")));
        (await ApproveAsync(world.Operations, asked)).IsRefused(403, "second_person_needed");
        Assert.Equal((balance, frozen), await StandingAsync());

        var booked = await ApproveAsync(world.SecondOperator, asked);

        Assert.Equal((200, "posted"), (booked.Status, Of(booked.Json, "state")));
        Assert.Equal((hold, null), (Of(booked.Json["captures"]!, "hold"), booked.Json["captures"]!["left_before"]));
        Assert.Equal((balance - 2.34m, frozen - 2.34m), await StandingAsync());
        Assert.Equal(hold, Of((await world.Operations.GetAsync("/ops/v1/ledger/postings/" + Of(booked.Json, "posting"))).Json, "hold"));
        Assert.Equal(booked.Text, (await ApproveAsync(world.SecondOperator, asked)).Text);
        Assert.Equal((balance - 2.34m, frozen - 2.34m), await StandingAsync());

        var rest = await AskAsync("10.00", Captures(hold));
        Assert.Equal(("10.00", "0.00"), (Of(rest.Json["captures"]!["amount"]!, "value"), Of(rest.Json["captures"]!, "left_after")));
        Assert.Equal("posted", Of((await ApproveAsync(world.SecondOperator, rest)).Json, "state"));
        Assert.Equal((balance - 12.34m, frozen - 12.34m), await StandingAsync());
    }

    [Fact]
    public async Task nothing_but_the_hold_is_no_overdraft_when_it_is_captured_A10()
    {
        var (balance, frozen) = await StandingAsync();
        var hold = await HoldAsync((balance - frozen).ToString("0.00"));

        Assert.Equal("overdraft", Of((await AskAsync("1.00", captures: null)).Json["warnings"]![0]!, "code"));
        var asked = await AskAsync("1.00", Captures(hold, "1.00"));

        Assert.Empty(asked.Json["warnings"]!.AsArray());
        Assert.Equal("posted", Of((await ApproveAsync(world.SecondOperator, asked)).Json, "state"));
        await world.ByTwoAsync($$"""{"what":"release_hold","hold":"{{hold}}","reason":"settled"}""");
    }

    [Fact]
    public async Task what_is_left_no_more_is_named_and_open_again_A10()
    {
        var hold = await HoldAsync("3.00");
        var asked = await AskAsync("3.00", Captures(hold));
        await world.ByTwoAsync($$"""{"what":"release_hold","hold":"{{hold}}","amount":{"value":"1.00","currency":"CNY"},"reason":"settled"}""");

        var now = (await world.Operations.GetAsync(PathOf(asked))).Json;
        Assert.Equal(("2.00", null), (Of(now["captures"]!, "left_before"), now["captures"]!["left_after"]));
        Assert.Equal(("captures.amount", "hold_exceeded"), (Of(now["warnings"]![0]!, "leg"), Of(now["warnings"]![0]!, "code")));
        (await ApproveAsync(world.SecondOperator, asked)).IsRefused(409, "hold_exceeded");

        var open = (await world.Operations.GetAsync(PathOf(asked))).Json;
        Assert.Equal(("open", "second-operator"), (Of(open, "state"), Of(open["attempts"]![0]!, "approved_by")));
        await world.SecondOperator.PostAsync(PathOf(asked) + "/refuse", null, """{"remark":"ask for what is left"}""");
        await world.ByTwoAsync($$"""{"what":"release_hold","hold":"{{hold}}","reason":"settled"}""");
    }

    [Fact]
    public async Task what_cannot_be_captured_is_told_field_by_field_A10()
    {
        var hold = await HoldAsync("1.00");

        Assert.Equal("captures.hold hold_unknown", await FaultAsync("1.00", Captures("H203911200000000001")));
        Assert.Equal("captures.amount hold_exceeded", await FaultAsync("1.01", Captures(hold, "1.01")));
        Assert.Equal("captures.amount currency_differs", await FaultAsync("1.00", Captures(hold, "1.00", "USD")));
        Assert.Equal("legs hold_not_spent", await FaultAsync("0.99", Captures(hold)));
        await world.ByTwoAsync($$"""{"what":"release_hold","hold":"{{hold}}","reason":"settled"}""");
    }

    [Theory]
    [InlineData(""","captures":{}""")]
    [InlineData(""","captures":{"hold":"17"}""")]
    [InlineData(""","captures":{"hold":"H202611200000000001"},"reverses":"L202611200000000001" """)]
    public async Task nonsense_about_a_hold_is_refused_A10(string captures) =>
        (await world.Operations.PostAsync(Adjustments, ApiWorld.New("key"), Body("1.00", captures))).IsRefused(400, "invalid_request");

    public async Task InitializeAsync()
    {
        await world.Operations.PostAsync(Accounts, ApiWorld.New("key"), $$"""{"number":"{{Own}}","kind":"own_funds","currency":"CNY"}""");
        await world.Merchant.PaidAsync(Requests.Trade(ApiWorld.New("order"), Payers.Good));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    private async Task<string> HoldAsync(string amount)
    {
        var held = await world.Operations.PostAsync(
            $"{Accounts}/{Merchant}/holds", ApiWorld.New("key"), $$$"""{"amount":{"value":"{{{amount}}}","currency":"CNY"},"reason":"chargeback"}""");
        Assert.True(held.Status == 201, held.ToString());
        return Of(held.Json, "hold");
    }

    private async Task<(decimal Balance, decimal Frozen)> StandingAsync()
    {
        var account = (await world.Operations.GetAsync($"{Accounts}/{Merchant}")).Json;
        return (decimal.Parse(Of(account, "balance")), decimal.Parse(Of(account, "frozen")));
    }

    private async Task<string> FaultAsync(string amount, string captures)
    {
        var unfit = await AskAsync(amount, captures);
        unfit.IsRefused(422, "adjustment_unfit");
        var fault = Assert.Single(unfit.Json["errors"]!.AsArray())!;
        return $"{Of(fault, "field")} {Of(fault, "code")}";
    }

    private Task<MerchantAnswer> AskAsync(string amount, string? captures) => world.Operations.PostAsync(Adjustments, ApiWorld.New("key"), Body(amount, captures));

    private static string Captures(string hold, string? amount = null, string currency = "CNY") => amount is null
        ? $$$""","captures":{"hold":"{{{hold}}}"}"""
        : $$$""","captures":{"hold":"{{{hold}}}","amount":{"value":"{{{amount}}}","currency":"{{{currency}}}"}}""";

    private static string Body(string amount, string? captures) =>
        $$$"""{"reason":"chargeback lost","legs":[{{{Leg(Merchant, "debit", amount)}}},{{{Leg(Own, "credit", amount)}}}]{{{captures}}} }""";

    private static string Leg(string account, string side, string amount) =>
        $$$"""{"account":"{{{account}}}","side":"{{{side}}}","amount":{"value":"{{{amount}}}","currency":"CNY"}}""";

    private static Task<MerchantAnswer> ApproveAsync(MerchantClient client, MerchantAnswer asked) =>
        client.PostAsync(PathOf(asked) + "/approve", null, $$"""{"content_hash":"{{Of(asked.Json, "content_hash")}}"}""");

    private static string PathOf(MerchantAnswer asked) => $"{Adjustments}/{Of(asked.Json, "adjustment")}";

    private static string Of(JsonNode json, string field) => (string)json[field]!;
}
