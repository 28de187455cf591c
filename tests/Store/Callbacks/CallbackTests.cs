using PaymentEngine.Core;
using PaymentEngine.Core.Channels;
using PaymentEngine.Core.Orders;
using PaymentEngine.Core.Units;
using PaymentEngine.Runtime.Callbacks;
using PaymentEngine.Runtime.Results;
using PaymentEngine.Runtime.Submit;
using PaymentEngine.Tests.Support;
using PaymentEngine.Tests.Support.Engine;
using PaymentEngine.Tests.Support.Postgres;
using Xunit;

namespace PaymentEngine.Tests.Store.Callbacks;

/// <summary>What an institution says by itself, from its signed bytes to the order.</summary>
[Trait("Rule", "C15")]
public sealed class CallbackTests(EngineWorld world) : EngineTests(world)
{
    [Fact]
    public async Task a_success_while_the_call_is_out_pays_and_the_end_of_the_call_changes_nothing_C15()
    {
        var trade = await Engine.As().OpenedAsync(MerchantHand.Purchase(Payers.TimeoutExecuted));
        Assert.Equal("Paying Processing Processing Sending", await Engine.StatesAsync(trade));

        await Engine.Institution().SucceededAsync(await OrderAsync(trade));
        await Engine.HandleCallbacksAsync();
        var version = (await Engine.FamilyAsync(trade)).Trade.Version;
        await Engine.LetPassAsync(TimeSpan.FromSeconds(10));

        Assert.Equal("Paid Succeeded Succeeded Succeeded", await Engine.StatesAsync(trade));
        Assert.Equal(version, (await Engine.FamilyAsync(trade)).Trade.Version);
    }

    [Fact]
    [Trait("Rule", "C12")]
    public async Task a_success_pays_and_nobody_is_asked_any_more_C15_C12()
    {
        var trade = await OpenedAsync();
        Assert.Contains(TimerKind.Query, (await Engine.JourneyAsync(trade)).Timers.Select(timer => timer.Kind));

        var receipt = await Engine.Institution().SucceededAsync(await OrderAsync(trade));
        Assert.Equal("Paying Processing Processing Unknown", await Engine.StatesAsync(trade));
        await Engine.HandleCallbacksAsync();

        Assert.Equal(CallbackWire.Thanks, WordsOf(receipt));
        Assert.Equal("Paid Succeeded Succeeded Succeeded", await Engine.StatesAsync(trade));
        var journey = await Engine.JourneyAsync(trade);
        Assert.Empty(journey.Timers);
        Assert.Contains("callback", journey.Transitions.Select(transition => transition.Actor));
        Assert.Single(journey.Transitions.Select(transition => transition.RequestSerial).Distinct());
        Assert.Equal(["handled"], await EndsAsync(trade));
    }

    [Fact]
    public async Task a_callback_soon_after_the_acceptance_becomes_one_commit_with_it_C15()
    {
        Engine.Part<CallbackOptions>().AcceptancePatience = TimeSpan.FromSeconds(5);
        var trade = await Engine.As().OpenedAsync(MerchantHand.Purchase(Payers.Accept));
        await Eventually.BecomesTrueAsync(() => Engine.Part<Acceptances>().Waiting == 1, "the acceptance waits");
        Assert.Equal("Paying Processing Processing Sending", await Engine.StatesAsync(trade));

        World.Clock.Advance(TimeSpan.FromSeconds(3)); // the institution executes it
        await Engine.Institution().SucceededAsync(await OrderAsync(trade));
        await Engine.HandleCallbacksAsync();

        Assert.Equal("Paid Succeeded Succeeded Succeeded", await Engine.StatesAsync(trade));
        Assert.Equal(2, (await Engine.FamilyAsync(trade)).Trade.Version);
        var journey = await Engine.JourneyAsync(trade);
        Assert.Equal(
            ["InstitutionAccepted", "InstitutionSucceeded"],
            journey.Transitions.Select(transition => transition.Step.Event).Where(name => name.StartsWith("Institution", StringComparison.Ordinal)));
        Assert.Empty(journey.Timers);
        Assert.Equal(["handled"], await EndsAsync(trade));
    }

    [Fact]
    public async Task a_failure_ends_the_attempt_and_the_trade_waits_again_C15()
    {
        var trade = await Engine.As().OpenedAsync(MerchantHand.Purchase(Payers.Stuck));
        await Engine.QuietAsync();

        await Engine.Institution().FailedAsync(await OrderAsync(trade));
        await Engine.HandleCallbacksAsync();

        Assert.Equal("AwaitingPayment Failed Failed Failed", await Engine.StatesAsync(trade));
    }

    [Fact]
    public async Task the_same_bytes_again_and_again_are_thanked_for_and_change_nothing_C15()
    {
        var trade = await OpenedAsync();
        var order = await OrderAsync(trade);
        await Engine.Institution().SucceededAsync(order);
        await Engine.HandleCallbacksAsync();
        var version = (await Engine.FamilyAsync(trade)).Trade.Version;

        for (var again = 0; again < 3; again++)
        {
            Assert.Equal(CallbackWire.Thanks, WordsOf(await Engine.Institution().SucceededAsync(order)));
            await Engine.HandleCallbacksAsync();
        }

        Assert.Equal(version, (await Engine.FamilyAsync(trade)).Trade.Version);
        Assert.Equal(["handled", "handled", "handled", "handled"], await EndsAsync(trade));
        Assert.Equal(1, await PostingsAsync(trade));
    }

    [Fact]
    public async Task what_repeats_the_answer_to_the_call_costs_the_trade_no_commit_C15()
    {
        var trade = await Engine.As().OpenedAsync(MerchantHand.Purchase());
        await Engine.QuietAsync();
        var version = (await Engine.FamilyAsync(trade)).Trade.Version;

        await Engine.Institution().SucceededAsync(await OrderAsync(trade));
        await Engine.HandleCallbacksAsync();

        Assert.Equal(version, (await Engine.FamilyAsync(trade)).Trade.Version);
        Assert.Equal(["handled"], await EndsAsync(trade));
    }

    [Fact]
    public async Task many_at_once_in_one_hand_over_all_arrive_C15()
    {
        var trades = new List<OrderId>();
        for (var i = 0; i < 50; i++)
        {
            trades.Add(await OpenedAsync());
        }

        var orders = await Task.WhenAll(trades.Select(OrderAsync));
        await Task.WhenAll(orders.Concat(orders).Select(Engine.Institution().SucceededAsync));
        await Engine.HandleCallbacksAsync();

        foreach (var trade in trades)
        {
            Assert.Equal("Paid Succeeded Succeeded Succeeded", await Engine.StatesAsync(trade));
            Assert.Equal(["handled", "handled"], await EndsAsync(trade));
        }
    }

    [Fact]
    public async Task a_failure_after_the_success_is_a_difference_and_changes_no_state_C15()
    {
        var trade = await OpenedAsync();
        var order = await OrderAsync(trade);
        await Engine.Institution().SucceededAsync(order);
        await Engine.HandleCallbacksAsync();

        await Engine.Institution().FailedAsync(order);
        await Engine.HandleCallbacksAsync();

        Assert.Equal("Paid Succeeded Succeeded Succeeded", await Engine.StatesAsync(trade));
        Assert.Equal([DifferenceKinds.Contradiction], await DifferencesAsync(trade));
    }

    [Fact]
    [Trait("Rule", "O4")]
    public async Task a_success_after_the_failure_is_a_difference_and_its_money_goes_back_C15_O4()
    {
        var trade = await OpenedAsync();
        var order = await OrderAsync(trade);
        await Engine.Institution().FailedAsync(order);
        await Engine.HandleCallbacksAsync();
        Assert.Equal("AwaitingPayment Failed Failed Failed", await Engine.StatesAsync(trade));

        await Engine.Institution().SucceededAsync(order);
        await Engine.HandleCallbacksAsync();

        var family = await Engine.FamilyAsync(trade);
        Assert.Equal((TradeStates.AwaitingPayment, InstitutionOrderStates.Failed), (family.Trade.State, family.InstitutionOrders[0].State));
        Assert.Equal([DifferenceKinds.Contradiction, DifferenceKinds.Surplus], await DifferencesAsync(trade));
        await RefundedAsync(trade);
    }

    [Fact]
    [Trait("Rule", "O3")]
    public async Task a_success_after_the_close_is_refunded_C15_O3()
    {
        var trade = await OpenedAsync();
        var order = await OrderAsync(trade);
        await Engine.Institution().FailedAsync(order);
        await Engine.HandleCallbacksAsync();
        await Engine.As().CloseAsync(trade);

        await Engine.Institution().SucceededAsync(order);
        await Engine.HandleCallbacksAsync();

        Assert.Equal(TradeStates.Closed, (await Engine.FamilyAsync(trade)).Trade.State);
        await RefundedAsync(trade);
        Assert.Equal(TradeStates.Closed, (await Engine.FamilyAsync(trade)).Trade.State);
    }

    [Fact]
    [Trait("Rule", "O4")]
    public async Task a_second_success_of_a_paid_trade_is_refunded_and_a_callback_may_say_so_first_O4()
    {
        var trade = await OpenedAsync();
        await Engine.As().PayAsync(trade, new StartPayment(PaymentMethod.Wallet, Payers.Good));
        await Engine.QuietAsync();
        Assert.Equal(TradeStates.Paid, (await Engine.FamilyAsync(trade)).Trade.State);

        await Engine.Institution().SucceededAsync(await OrderAsync(trade));
        await Engine.HandleCallbacksAsync();
        var refund = (await Engine.FamilyAsync(trade)).InstitutionOrders[^1];

        // Whether the answer to the refund's call comes first or this one: both say the same.
        await Engine.Institution().SucceededAsync(refund);
        await Engine.HandleCallbacksAsync();
        await Engine.QuietAsync();

        Assert.Equal([PaymentStates.Surplus, PaymentStates.Succeeded, PaymentStates.Succeeded], (await Engine.FamilyAsync(trade)).Payments.Select(p => p.State));
        Assert.Empty((await Engine.JourneyAsync(trade)).Timers);
    }

    [Fact]
    public async Task a_success_of_another_amount_is_a_difference_and_pays_nothing_C15()
    {
        var trade = await Engine.As().OpenedAsync(MerchantHand.Purchase(Payers.Stuck));
        await Engine.QuietAsync();
        var order = await OrderAsync(trade);

        await Engine.Institution().SucceededAsync(order.InstitutionNumber, order.Amount.Minor + 1);
        await Engine.HandleCallbacksAsync();

        Assert.Equal(TradeStates.Paying, (await Engine.FamilyAsync(trade)).Trade.State);
        Assert.Equal([DifferenceKinds.AmountDiffers], await DifferencesAsync(trade));
        Assert.Equal(0, await PostingsAsync(trade));
    }

    [Fact]
    public async Task a_word_that_nobody_understands_decides_nothing_and_the_query_finds_the_truth_C15()
    {
        var trade = await OpenedAsync();

        await Engine.Institution().SayAsync((await OrderAsync(trade)).InstitutionNumber, new ChannelOutcome.Unknown("?"));
        await Engine.HandleCallbacksAsync();

        Assert.Equal("Paying Processing Processing Unknown", await Engine.StatesAsync(trade));
        Assert.Equal(["handled"], await EndsAsync(trade));
        await Engine.LetPassAsync(TimeSpan.FromMinutes(1));
        Assert.Equal("Paid Succeeded Succeeded Succeeded", await Engine.StatesAsync(trade));
    }

    /// <summary>A trade whose payment the institution has executed, and answered with something that nobody understands.</summary>
    private async Task<OrderId> OpenedAsync()
    {
        var trade = await Engine.As().OpenedAsync(MerchantHand.Purchase(Payers.Garbage));
        await Engine.QuietAsync();
        return trade;
    }

    private async Task<InstitutionOrder> OrderAsync(OrderId trade) => (await Engine.FamilyAsync(trade)).InstitutionOrders[0];

    /// <summary>The refund is under way, and comes to its end.</summary>
    private async Task RefundedAsync(OrderId trade)
    {
        var refund = (await Engine.FamilyAsync(trade)).Payments[^1];
        Assert.Equal(PaymentKind.Refund, refund.Kind);
        await Engine.LetPassAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(PaymentStates.Succeeded, (await Engine.FamilyAsync(trade)).Payment(refund.Id).State);
    }

    private static string WordsOf(CallbackReceipt receipt) =>
        System.Text.Encoding.UTF8.GetString(Assert.IsType<CallbackReceipt.Answered>(receipt).Answer.Body.Span);

    private Task<List<string>> EndsAsync(OrderId trade) => Database.ReadAsync(
        "select case when handled_at is not null then 'handled' else 'open' end from callback where trade_id = $1",
        row => row.GetString(0),
        trade.Value);

    private Task<List<string>> DifferencesAsync(OrderId trade) => Database.ReadAsync(
        "select kind from difference where trade_id = $1 order by kind", row => row.GetString(0), trade.Value);

    private Task<long> PostingsAsync(OrderId trade) => Database.ScalarAsync<long>(
        "select count(*) from posting where order_id in (select id from payment_order where trade_id = $1)", trade.Value);
}
