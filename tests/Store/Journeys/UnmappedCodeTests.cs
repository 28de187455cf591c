using Npgsql;
using PaymentEngine.Core;
using PaymentEngine.Core.Channels;
using PaymentEngine.Runtime.Codes;
using PaymentEngine.Store.Alerts;
using PaymentEngine.Store.Codes;
using PaymentEngine.Tests.Support.Engine;
using Xunit;

namespace PaymentEngine.Tests.Store.Journeys;

/// <summary>Codes that nobody has mapped: nothing is decided, somebody is told once, and mapping them moves what waits.</summary>
[Trait("Rule", "C11")]
public sealed class UnmappedCodeTests(EngineWorld world) : EngineTests(world)
{
    private const int Card = 101;

    [Fact]
    public async Task what_waits_for_a_code_is_asked_again_and_ends_when_the_code_is_mapped_also_from_the_work_list_C11()
    {
        var code = Answering("U7001", order => new ChannelOutcome.Succeeded(order.Amount, "ref-1", "success"));
        var onWorkList = await Engine.As().OpenedAsync(MerchantHand.Purchase(Payers.TimeoutExecuted));
        await Engine.LetPassAsync(TimeSpan.FromHours(30));
        var young = await Engine.As().OpenedAsync(MerchantHand.Purchase(Payers.TimeoutExecuted));
        await Engine.LetPassAsync(TimeSpan.FromSeconds(15));
        Assert.EndsWith(" OnWorkList", await Engine.StatesAsync(onWorkList), StringComparison.Ordinal);
        Assert.Equal("Paying Processing Processing Unknown", await Engine.StatesAsync(young));

        var seen = Assert.Single(await UnmappedAsync(code));
        Assert.Equal(("sim-card", 2), (seen.Channel, seen.Waiting));
        Assert.True(seen.Times > 2);
        Assert.Contains("62************01", seen.Sample, StringComparison.Ordinal);
        Assert.Equal((1, seen.Times), await AlertsAsync(code));

        var stored = await MapAsync(code, CodeOutcome.Succeeded, "success");
        Assert.Equal((1, "li"), (stored.Version, stored.ChangedBy));
        await Engine.HandleDueTimersAsync();

        Assert.Equal("Paid Succeeded Succeeded Succeeded", await Engine.StatesAsync(onWorkList));
        Assert.Equal("Paid Succeeded Succeeded Succeeded", await Engine.StatesAsync(young));
        Assert.Empty(await UnmappedAsync(code));
        Assert.Equal(0, await WaitingAsync());
        Assert.Equal("li", await Database.ScalarAsync<string>("select acknowledged_by from alert where subject = $1", $"sim-card query {code}"));
    }

    [Fact]
    public async Task a_code_that_is_mapped_as_failed_fails_its_orders_with_the_unified_code_C11()
    {
        var code = Answering("U7002", _ => new ChannelOutcome.Failed("card_expired", "U7002"));
        var trade = await Engine.As().OpenedAsync(MerchantHand.Purchase(Payers.TimeoutLost));
        await Engine.LetPassAsync(TimeSpan.FromSeconds(12));

        await MapAsync(code, CodeOutcome.Failed, "card_expired");
        await Engine.HandleDueTimersAsync();

        Assert.Equal("card_expired", (await Engine.FamilyAsync(trade)).Payments[0].Failure);
        Assert.Equal(0, await WaitingAsync());
    }

    [Fact]
    public async Task an_order_that_begins_to_wait_after_the_mapping_is_found_by_upkeep_C11()
    {
        var code = Answering("U7003", order => new ChannelOutcome.Succeeded(order.Amount, "ref-3", "success"), deaf: true);
        var trade = await Engine.As().OpenedAsync(MerchantHand.Purchase(Payers.TimeoutExecuted));
        await MapAsync(code, CodeOutcome.Succeeded, "success");
        await Engine.LetPassAsync(TimeSpan.FromSeconds(12));
        Assert.Equal(1, await WaitingAsync());

        Answering("U7003", order => new ChannelOutcome.Succeeded(order.Amount, "ref-3", "success"));
        await Engine.Part<ResultCodeStore>().WakeAsync(CancellationToken.None);
        await Engine.HandleDueTimersAsync();

        Assert.Equal("Paid Succeeded Succeeded Succeeded", await Engine.StatesAsync(trade));
        Assert.Equal(0, await WaitingAsync());
    }

    [Fact]
    public async Task an_order_that_ends_by_itself_waits_no_longer_C11()
    {
        Answering("U7004", order => new ChannelOutcome.Succeeded(order.Amount, "ref-4", "success"));
        var trade = await Engine.As().OpenedAsync(MerchantHand.Purchase(Payers.TimeoutExecuted));
        await Engine.LetPassAsync(TimeSpan.FromSeconds(12));
        Assert.Equal(1, await WaitingAsync());

        Engine.QueriesAreAnswered(null);
        await Engine.LetPassAsync(TimeSpan.FromSeconds(30));

        Assert.Equal("Paid Succeeded Succeeded Succeeded", await Engine.StatesAsync(trade));
        Assert.Equal(0, await WaitingAsync());
    }

    [Fact]
    public async Task many_orders_with_one_code_are_one_record_and_one_alert_C11()
    {
        var code = Answering("U7005", order => new ChannelOutcome.Succeeded(order.Amount, "ref-5", "success"));
        var trades = await Task.WhenAll(Enumerable.Range(0, 40)
            .Select(_ => Engine.As().OpenedAsync(MerchantHand.Purchase(Payers.TimeoutExecuted))));
        await Engine.LetPassAsync(TimeSpan.FromSeconds(12));

        Assert.Equal((40, 40), (Assert.Single(await UnmappedAsync(code)).Waiting, (await UnmappedAsync(code))[0].Times));
        Assert.Equal((1, 40), await AlertsAsync(code));

        await MapAsync(code, CodeOutcome.Succeeded, "success");
        await Engine.HandleDueTimersAsync();
        Assert.All(trades, trade => Assert.Equal("Paid Succeeded Succeeded Succeeded", Engine.StatesAsync(trade).Result));
    }

    [Fact]
    public async Task every_change_of_a_meaning_is_a_version_that_nobody_can_rewrite_C11()
    {
        await MapAsync("U7006", CodeOutcome.Unknown, "unclear");
        await MapAsync("U7006", CodeOutcome.Unknown, "unclear");
        Assert.Equal(2, (await MapAsync("U7006", CodeOutcome.Failed, "refused")).Version);

        Assert.Equal(
            ["1 unclear li", "2 refused li"],
            await Database.ReadAsync(
                "select version || ' ' || unified_code || ' ' || changed_by from result_code_history where code = 'U7006' order by version",
                row => row.GetString(0)));
        await Assert.ThrowsAsync<PostgresException>(() => Database.ExecuteAsync("delete from result_code_history"));
    }

    /// <summary>Queries are answered with this code, and the adapter knows no more of it than operations have said.</summary>
    /// <param name="deaf">This node has not heard of any mapping yet.</param>
    private string Answering(string code, Func<ChannelOrder, ChannelOutcome> meant, bool deaf = false)
    {
        var codes = Engine.Part<IResultCodes>();
        Engine.QueriesAreAnswered(order => deaf || codes.Find(Card, ChannelInterface.Query, code, subCode: null) is null
            ? new ChannelOutcome.Unknown(
                $"code {code} is not mapped",
                new UnmappedCode(ChannelInterface.Query, code, SubCode: null, $$"""{"code":"{{code}}","card":"6222020000000001"}"""))
            : meant(order));
        return code;
    }

    private async Task<StoredCode> MapAsync(string code, CodeOutcome outcome, string unified) =>
        await Engine.Part<IResultCodeDesk>().MapAsync(
            new MapCode("sim-card", ChannelInterface.Query, code, "", new CodeMeaning(outcome, unified, CountsAgainstHealth: false), []),
            "li",
            CancellationToken.None)
        ?? throw new InvalidOperationException("there is no such channel");

    private async Task<List<UnmappedRecord>> UnmappedAsync(string code) =>
        [.. (await Engine.Part<IResultCodeDesk>().UnmappedAsync(CancellationToken.None)).Where(record => record.Code == code)];

    /// <summary>How many alerts there are about this code, and how often they say that it came.</summary>
    private async Task<(long Alerts, long Times)> AlertsAsync(string code)
    {
        await Engine.Part<AlertStore>().FoldAsync(CancellationToken.None);
        return (await Database.ReadAsync(
            "select count(*), coalesce(sum(times), 0)::bigint from alert where kind = 'unmapped_code' and subject = $1",
            row => (row.GetInt64(0), row.GetInt64(1)),
            $"sim-card query {code}")).Single();
    }

    private Task<long> WaitingAsync() => Database.ScalarAsync<long>("select count(*) from waiting_for_code");
}
