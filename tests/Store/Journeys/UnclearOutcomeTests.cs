using PaymentEngine.Channels.Simulator;
using PaymentEngine.Core;
using PaymentEngine.Core.Units;
using PaymentEngine.Store.Numbers;
using PaymentEngine.Tests.Support.Engine;
using Xunit;

namespace PaymentEngine.Tests.Store.Journeys;

/// <summary>What a call left open: nothing is failed, nothing is paid twice, everything is asked for.</summary>
public sealed class UnclearOutcomeTests(EngineWorld world) : EngineTests(world)
{
    [Fact]
    [Trait("Rule", "C12")]
    public async Task a_call_without_an_answer_is_unknown_and_the_query_finds_its_success_C12()
    {
        var trade = await Engine.As().OpenedAsync(MerchantHand.Purchase(Payers.TimeoutExecuted));
        Assert.Equal("Paying Processing Processing Sending", await Engine.StatesAsync(trade));

        await Engine.LetPassAsync(TimeSpan.FromSeconds(10));
        Assert.Equal("Paying Processing Processing Unknown", await Engine.StatesAsync(trade));

        await Engine.LetPassAsync(TimeSpan.FromSeconds(2));
        Assert.Equal("Paid Succeeded Succeeded Succeeded", await Engine.StatesAsync(trade));
        Assert.Equal(["M1001", "channel", "query"], await ActorsAsync(trade));
        Assert.Equal(1, await CountAsync(trade, JournalEvent.Received));
    }

    [Fact]
    [Trait("Rule", "O6")]
    public async Task what_a_timer_or_a_query_did_stands_under_the_request_that_started_the_payment_O6()
    {
        var trade = await Engine.As().OpenedAsync(MerchantHand.Purchase(Payers.NotSentOnce));
        await Engine.LetPassAsync(TimeSpan.FromSeconds(5));

        Assert.Equal("Paid Succeeded Succeeded Succeeded", await Engine.StatesAsync(trade));
        Assert.Contains("timer", await ActorsAsync(trade));
        Assert.Equal(1, await Database.ScalarAsync<long>(
            $"select count(distinct request_serial) from order_step where trade_id = {trade.Value}"));
    }

    [Fact]
    [Trait("Rule", "C12")]
    public async Task an_answer_that_nobody_understands_decides_nothing_C12()
    {
        var trade = await Engine.As().OpenedAsync(MerchantHand.Purchase(Payers.Garbage));
        await Engine.QuietAsync();
        Assert.Equal("Paying Processing Processing Unknown", await Engine.StatesAsync(trade));

        await Engine.LetPassAsync(TimeSpan.FromSeconds(12));
        Assert.Equal("Paid Succeeded Succeeded Succeeded", await Engine.StatesAsync(trade));
    }

    [Fact]
    [Trait("Rule", "C13")]
    public async Task an_order_that_the_institution_does_not_know_is_sent_again_with_its_number_C13()
    {
        var trade = await Engine.As().OpenedAsync(MerchantHand.Purchase(Payers.TimeoutLost));

        // Asked at 12 s: not known, but the call may have been on its way until 10 s, and 10 s more must pass.
        await Engine.LetPassAsync(TimeSpan.FromSeconds(18));
        Assert.Equal("Paying Processing Processing Unknown", await Engine.StatesAsync(trade));
        Assert.Equal(1, await CountAsync(trade, JournalEvent.Received));

        await Engine.LetPassAsync(TimeSpan.FromMinutes(1));
        Assert.Equal("Paid Succeeded Succeeded Succeeded", await Engine.StatesAsync(trade));
        Assert.Equal(2, await CountAsync(trade, JournalEvent.Received));
        Assert.Equal(1, await CountAsync(trade, JournalEvent.Lost));
        Assert.Equal(1, await CountAsync(trade, JournalEvent.Executed));
        Assert.Equal(2, (await Engine.FamilyAsync(trade)).InstitutionOrders[0].Sends);
    }

    [Fact]
    [Trait("Rule", "C13")]
    public async Task without_the_promise_of_the_interface_it_is_never_sent_again_C13()
    {
        await Database.ExecuteAsync("update channel set idempotent = false where id = 101");
        await Engine.UpkeepAsync();
        try
        {
            var trade = await Engine.As().OpenedAsync(MerchantHand.Purchase(Payers.TimeoutLost));

            await Engine.LetPassAsync(TimeSpan.FromHours(27));

            Assert.Equal("Paying Processing Processing OnWorkList", await Engine.StatesAsync(trade));
            Assert.Equal(1, await CountAsync(trade, JournalEvent.Received));
        }
        finally
        {
            await Database.ExecuteAsync("update channel set idempotent = true where id = 101");
        }
    }

    [Fact]
    public async Task what_was_certainly_not_sent_is_sent_by_its_timer_a_little_later()
    {
        var trade = await Engine.As().OpenedAsync(MerchantHand.Purchase(Payers.NotSentOnce));
        await Engine.QuietAsync();
        Assert.Equal("Paying Processing Processing Ready", await Engine.StatesAsync(trade));
        Assert.Equal([TimerKind.Dispatch], (await Engine.JourneyAsync(trade)).Timers.Select(timer => timer.Kind));

        await Engine.LetPassAsync(TimeSpan.FromSeconds(1));

        Assert.Equal("Paid Succeeded Succeeded Succeeded", await Engine.StatesAsync(trade));
        Assert.Equal(1, await CountAsync(trade, JournalEvent.Received));
    }

    [Fact]
    [Trait("Rule", "C13")]
    public async Task a_restored_database_asks_about_what_it_takes_to_be_unsent_before_it_sends_it_C13()
    {
        var trade = await Engine.As().OpenedAsync(MerchantHand.Purchase(Payers.NotSentOnce));
        await Engine.QuietAsync();
        Assert.Equal("Paying Processing Processing Ready", await Engine.StatesAsync(trade));

        await Engine.Part<NumberEras>().BeginAsync("a test", CancellationToken.None);
        await Engine.LetPassAsync(TimeSpan.FromMinutes(3));

        Assert.Equal("Paid Succeeded Succeeded Succeeded", await Engine.StatesAsync(trade));
        var number = (await Engine.FamilyAsync(trade)).InstitutionOrders[0].InstitutionNumber;
        Assert.Equal(
            [JournalEvent.Queried, JournalEvent.Received],
            World.Journal().Of(number).Select(entry => entry.Event).Where(what => what is JournalEvent.Queried or JournalEvent.Received));
    }

    [Theory]
    [InlineData(Payers.Stuck)]
    [InlineData(Payers.OtherAmount)]
    [Trait("Rule", "C12")]
    public async Task what_stays_unclear_after_the_last_round_goes_to_the_work_list_and_is_never_failed_C12(string payer)
    {
        var trade = await Engine.As().OpenedAsync(MerchantHand.Purchase(payer));

        await Engine.LetPassAsync(TimeSpan.FromHours(27));

        Assert.Equal("Paying Processing Processing OnWorkList", await Engine.StatesAsync(trade));
        var journey = await Engine.JourneyAsync(trade);
        Assert.Empty(journey.Timers);
        Assert.Empty(journey.Entries);
        Assert.Contains(
            "no result after",
            await Database.ScalarAsync<string>("select reason from work_item where order_id = $1", journey.Family.InstitutionOrders[0].Id.Value),
            StringComparison.Ordinal);
        Assert.True(await CountAsync(trade, JournalEvent.Queried) > 10);
    }

    private async Task<int> CountAsync(OrderId trade, JournalEvent what)
    {
        var number = (await Engine.FamilyAsync(trade)).InstitutionOrders[0].InstitutionNumber;
        return World.Journal().Of(number).Count(entry => entry.Event == what);
    }

    private async Task<IEnumerable<string>> ActorsAsync(OrderId trade) =>
        (await Engine.JourneyAsync(trade)).Transitions.Select(transition => transition.Actor).Distinct();
}
