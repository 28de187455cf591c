using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Orders;
using PaymentEngine.Core.Units;
using PaymentEngine.Runtime.Ledger;
using PaymentEngine.Runtime.Submit;
using PaymentEngine.Store.Closing;
using PaymentEngine.Store.GeneralLedger;
using PaymentEngine.Tests.Store.Ledger;
using PaymentEngine.Tests.Support.Engine;
using PaymentEngine.Tests.Support.Postgres;
using Xunit;

namespace PaymentEngine.Tests.Store.Audit;

/// <summary>Books in which everything has happened once, to be damaged.</summary>
public sealed class EventfulBooks : IAsyncLifetime
{
    private readonly EngineWorld _world = new();

    private string _bank = "";
    private string _hot = "";

    public TestDatabase Database => _world.Database;

    public async Task InitializeAsync()
    {
        await _world.InitializeAsync();
        _world.Choice = new LimitedChoice(LimitsOf);
        var frozen = await Merchants.AddAsync(Database);
        var engine = await _world.StartAsync();
        var merchant = engine.As();

        // Two payments of one trade succeed: the first of them too late.
        var twice = MerchantHand.Purchase(Payers.TimeoutExecuted);
        await merchant.OpenAsync(twice);
        await merchant.OpenAsync(MerchantHand.Purchase(orderNo: twice.MerchantOrderNo, amountMinor: 9_900) with
        {
            Payment = new StartPayment(PaymentMethod.Wallet, Payers.Good),
        });
        await merchant.OpenAsync(MerchantHand.Purchase(Payers.Stuck));
        await merchant.OpenAsync(MerchantHand.Purchase(payerAccount: null));
        await engine.LetPassAsync(TimeSpan.FromHours(30));

        // Of what merchants give back: all of it, a part of it, what the institution will not give back, and what is under way.
        var paid = new List<OrderId>();
        foreach (var payer in (string[])[Payers.Good, Payers.Good, Payers.RefundDecline, Payers.RefundTimeout, Payers.RefundDecline, Payers.RefundDecline])
        {
            paid.Add(await merchant.OpenedAsync(MerchantHand.Purchase(payer)));
            await engine.QuietAsync();
        }

        await merchant.RefundAsync(paid[0]);
        for (var i = 1; i < paid.Count; i++)
        {
            await merchant.RefundAsync(paid[i], amountMinor: 3_000 + i, number: $"R-{i}");
        }

        // What the institution would not give back it has given back after all: before the next refund of the trade, and behind it.
        await engine.QuietAsync();
        await AfterAllAsync(paid[^2]);
        await merchant.RefundAsync(paid[^2]);
        await merchant.RefundAsync(paid[^1], amountMinor: 8_000);
        await engine.QuietAsync();
        await AfterAllAsync(paid[^1]);

        // And at the end some of everything: paid, failed, open, under way, waiting for its posting.
        for (var i = 0; i < 3; i++)
        {
            await merchant.OpenAsync(MerchantHand.Purchase());
        }

        await merchant.OpenAsync(MerchantHand.Purchase(Payers.Decline));
        await merchant.OpenAsync(MerchantHand.Purchase(payerAccount: null));
        await merchant.OpenAsync(MerchantHand.Purchase(Payers.TimeoutExecuted));
        await Merchants.SetAccountStatusAsync(Database, frozen, "Frozen");
        await engine.As(frozen).OpenAsync(MerchantHand.Purchase());
        await engine.QuietAsync();
        await _world.StopAllAsync();
        await BesideOrdersAsync();
        await CloseAsync();
        await VoucherHand.MakeAllAsync(Database);

        async Task AfterAllAsync(OrderId trade)
        {
            foreach (var order in (await engine.FamilyAsync(trade)).InstitutionOrders.Where(order => order.State == InstitutionOrderStates.Failed))
            {
                await engine.Institution().SucceededAsync(order);
            }

            await engine.HandleCallbacksAsync();
        }
    }

    /// <summary>Postings of their own: held and captured in part, taken back, buffered.</summary>
    private async Task BesideOrdersAsync()
    {
        await using var hand = new LedgerHand(Database);
        var (bank, member) = (await hand.OwnAsync(), await hand.MemberAsync(1_000));
        var hold = await hand.PostedAsync(new LedgerRequest(LedgerHand.New("key"), PostingKind.Hold, [])
        {
            Holds = [new HoldOrder.Place(member, new Money(500, LedgerHand.Cny), "a court says so", null)],
        });
        await hand.PostedAsync(LedgerHand.Transfer(member, bank, 200) with { Holds = [new HoldOrder.Capture(hold, new Money(200, LedgerHand.Cny))] });
        var mistaken = await hand.PostedAsync(LedgerHand.Transfer(bank, member, 77));
        await hand.PostedAsync(new LedgerRequest(LedgerHand.New("key"), PostingKind.Reversal, []) { Reverses = mistaken });
        _hot = await hand.MemberAsync(mode: AccountMode.Buffered);
        _bank = bank;
    }

    /// <summary>The day ends and is closed; on the next one something is buffered.</summary>
    private async Task CloseAsync()
    {
        var day = await Database.ScalarAsync<DateOnly>("select day from ledger_day");
        await Database.ExecuteAsync("select ensure_entry_day($1)", day.AddDays(1));
        await Database.ExecuteAsync("update ledger_day set day = $1", day.AddDays(1));
        using var vouchers = new VoucherStore(Database.Sql, Database.Sql, new ChartStore(Database.Sql));
        var desk = new ClosingDesk(new DayCloser(Database.Sql), vouchers);
        while (await desk.CloseNextAsync("engine", default) is (_, var result))
        {
            Assert.IsType<ClosingResult.Closed>(result);
        }

        await using var hand = new LedgerHand(Database);
        await hand.PostedAsync(LedgerHand.Transfer(_bank, _hot, 5));
    }

    private static LimitClaim[] LimitsOf(int channel, string card) =>
    [
        new(new LimitCounter(channel, "pay", "day", "", TestDatabase.Today), IsBusy: true, MostAmount: 10_000_000, MostCount: null),
        new(new LimitCounter(channel, "pay", "card", "card:" + card, TestDatabase.Today), IsBusy: false, MostAmount: null, MostCount: 100),
    ];

    public Task DisposeAsync() => _world.DisposeAsync();
}
