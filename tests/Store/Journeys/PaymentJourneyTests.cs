using PaymentEngine.Channels.Simulator;
using PaymentEngine.Core.Orders;
using PaymentEngine.Core.Units;
using PaymentEngine.Runtime.Submit;
using PaymentEngine.Tests.Support.Engine;
using PaymentEngine.Tests.Support.Postgres;
using Xunit;

namespace PaymentEngine.Tests.Store.Journeys;

/// <summary>A payment from its submission to its end, when institutions answer as they should.</summary>
public sealed class PaymentJourneyTests(EngineWorld world) : EngineTests(world)
{
    [Fact]
    [Trait("Rule", "O1")]
    [Trait("Rule", "O12")]
    public async Task a_payment_goes_through_four_levels_in_two_commits_with_the_call_between_them_O1()
    {
        var trade = await Engine.As().OpenedAsync(MerchantHand.Purchase());
        await Engine.QuietAsync();

        Assert.Equal("Paid Succeeded Succeeded Succeeded", await Engine.StatesAsync(trade));
        var journey = await Engine.JourneyAsync(trade);
        Assert.Equal(2, journey.Family.Trade.Version);
        Assert.Equal(["M1001", "channel"], journey.Transitions.Select(transition => transition.Actor).Distinct());
        Assert.Equal(
            ["Trade Paying", "Payment Processing", "Instruction Processing", "InstitutionOrder Sending", "InstitutionOrder Succeeded", "Instruction Succeeded", "Payment Succeeded", "Trade Paid"],
            journey.Transitions.Where(transition => transition.Step.From != transition.Step.To && transition.Step.To != "AwaitingPayment")
                .Select(transition => $"{transition.Step.Level} {transition.Step.To}"));
        Assert.Empty(journey.Timers);
        Assert.Equal(journey.Family.Payments[0].Id, journey.Family.Trade.PaidBy);

        var number = journey.Family.InstitutionOrders[0].InstitutionNumber;
        Assert.Equal(
            [JournalEvent.Received, JournalEvent.Executed, JournalEvent.Answered],
            World.Journal().Of(number).Select(entry => entry.Event));
    }

    [Fact]
    [Trait("Rule", "A3")]
    public async Task it_credits_the_merchant_net_of_the_fee_and_debits_what_the_channel_owes_A3()
    {
        var number = await Merchants.AddAsync(Database, feePpm: 6_000);
        await Engine.UpkeepAsync();

        var trade = await Engine.As(number).OpenedAsync(MerchantHand.Purchase(amountMinor: 8_800));
        await Engine.QuietAsync();

        var entries = (await Engine.JourneyAsync(trade)).Entries;
        Assert.Equal([-8_800L, 8_747L, 53L], entries.Select(entry => entry.Amount.Minor));
        Assert.Equal(["receivable from channel", "merchant balance", "fee income"], entries.Select(entry => entry.AccountName));
        Assert.Equal(8_747, await Merchants.BalanceAsync(Database, number));
        Assert.All(entries, entry => Assert.Equal(TestDatabase.Today, entry.PostingDate));
    }

    [Fact]
    public async Task a_decline_fails_the_payment_and_the_trade_waits_for_another()
    {
        var merchant = Engine.As();
        var trade = await merchant.OpenedAsync(MerchantHand.Purchase(Payers.Decline));
        await Engine.QuietAsync();

        Assert.Equal("AwaitingPayment Failed Failed Failed", await Engine.StatesAsync(trade));
        var journey = await Engine.JourneyAsync(trade);
        Assert.Equal("insufficient_funds", journey.Family.Payments[0].Failure);
        Assert.Empty(journey.Entries);
        Assert.Equal([TimerKind.Expiry], journey.Timers.Select(timer => timer.Kind));

        await merchant.PayAsync(trade, new StartPayment(PaymentMethod.Wallet, Payers.Good));
        await Engine.QuietAsync();
        Assert.Equal("Paid Failed Succeeded Failed Succeeded Failed Succeeded", await Engine.StatesAsync(trade));
        var orders = (await Engine.FamilyAsync(trade)).InstitutionOrders;
        Assert.Equal([101, 103], orders.Select(order => order.ChannelId));
    }

    [Fact]
    public async Task a_trade_may_be_opened_first_and_paid_later()
    {
        var merchant = Engine.As();
        var trade = await merchant.OpenedAsync(MerchantHand.Purchase(payerAccount: null));
        Assert.Equal("AwaitingPayment", await Engine.StatesAsync(trade));

        var answer = await merchant.PayAsync(trade, new StartPayment(PaymentMethod.OnlineBanking, Payers.Good));
        await Engine.QuietAsync();

        Assert.Equal(201, Assert.IsType<DeskResult.Answered>(answer).Answer.Status);
        Assert.Equal("Paid Succeeded Succeeded Succeeded", await Engine.StatesAsync(trade));
    }

    [Fact]
    [Trait("Rule", "C12")]
    public async Task what_is_accepted_first_is_asked_for_until_it_is_executed_C12()
    {
        var trade = await Engine.As().OpenedAsync(MerchantHand.Purchase(Payers.Accept));
        await Engine.QuietAsync();
        Assert.Equal("Paying Processing Processing Accepted", await Engine.StatesAsync(trade));

        await Engine.LetPassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal("Paid Succeeded Succeeded Succeeded", await Engine.StatesAsync(trade));
    }

    [Fact]
    public async Task many_payments_at_once_all_reach_their_end_and_are_posted_one_by_one()
    {
        const int Many = 400;
        var number = await Merchants.AddAsync(Database, feePpm: 0);
        await Engine.UpkeepAsync();
        var merchant = Engine.As(number);

        var trades = await Task.WhenAll(Enumerable.Range(0, Many).Select(i => merchant.OpenedAsync(MerchantHand.Purchase(amountMinor: 100 + i))));
        await Engine.QuietAsync();

        Assert.Equal(Many, await Database.ScalarAsync<long>(
            "select count(*) from trade_order where state = 'Paid' and id = any($1)", trades.Select(trade => trade.Value).ToArray()));
        Assert.Equal(Enumerable.Range(0, Many).Sum(i => 100L + i), await Merchants.BalanceAsync(Database, number));
    }

    [Fact]
    [Trait("Rule", "O12")]
    public async Task a_payment_over_midnight_belongs_to_its_first_day_and_is_posted_on_the_second_O12()
    {
        await Engine.LetPassAsync(TestDatabase.Morning.AddHours(14).AddSeconds(-5) - World.Now);
        var trade = await Engine.As().OpenedAsync(MerchantHand.Purchase(Payers.TimeoutExecuted));

        await Engine.LetPassAsync(TimeSpan.FromSeconds(15));

        var journey = await Engine.JourneyAsync(trade);
        Assert.Equal(TradeStates.Paid, journey.Family.Trade.State);
        Assert.Equal(TestDatabase.Today, trade.Day);
        Assert.All(journey.Entries, entry => Assert.Equal(TestDatabase.Today.AddDays(1), entry.PostingDate));
        var next = await Engine.As().OpenedAsync(MerchantHand.Purchase());
        await Engine.QuietAsync();
        Assert.Equal(TestDatabase.Today.AddDays(1), next.Day);
        Assert.Equal("Paid Succeeded Succeeded Succeeded", await Engine.StatesAsync(next));
    }
}
