using System.Diagnostics.Metrics;
using PaymentEngine.Core.Units;
using PaymentEngine.Runtime.Upkeep;
using PaymentEngine.Tests.Support.Engine;
using PaymentEngine.Tests.Support.Postgres;
using Xunit;

namespace PaymentEngine.Tests.Store.Journeys;

/// <summary>The institution said yes and the ledger says no: success means posted.</summary>
[Trait("Rule", "O12")]
public sealed class PostingRefusedTests(EngineWorld world) : EngineTests(world)
{
    [Fact]
    public async Task the_payment_waits_visibly_and_is_posted_when_the_account_is_open_again_O12()
    {
        var number = await Merchants.AddAsync(Database);
        await Engine.UpkeepAsync();
        await Merchants.SetAccountStatusAsync(Database, number, "Frozen");

        var trade = await Engine.As(number).OpenedAsync(MerchantHand.Purchase());
        await Engine.QuietAsync();

        Assert.Equal("Paying AwaitingPosting Succeeded Succeeded", await Engine.StatesAsync(trade));
        var journey = await Engine.JourneyAsync(trade);
        Assert.Equal([TimerKind.Posting], journey.Timers.Select(timer => timer.Kind));
        Assert.Empty(journey.Entries);
        Assert.StartsWith("posting refused: AccountFrozen", await WorkItemAsync(journey.Family.Payments[0].Id.Value), StringComparison.Ordinal);
        await Books.DemandCleanAsync(Database);

        // However often it is refused, it is tried again.
        await Engine.LetPassAsync(TimeSpan.FromMinutes(5));
        Assert.Equal("Paying AwaitingPosting Succeeded Succeeded", await Engine.StatesAsync(trade));

        await Merchants.SetAccountStatusAsync(Database, number, "Open");
        await Engine.LetPassAsync(TimeSpan.FromMinutes(5));

        Assert.Equal("Paid Succeeded Succeeded Succeeded", await Engine.StatesAsync(trade));
        Assert.Null(await WorkItemAsync(journey.Family.Payments[0].Id.Value));
        Assert.Equal(8_747, await Merchants.BalanceAsync(Database, number));
        Assert.Single(World.Journal().Of(journey.Family.InstitutionOrders[0].InstitutionNumber), entry => entry.Event == Channels.Simulator.JournalEvent.Executed);
    }

    [Fact]
    public async Task payments_of_other_merchants_in_the_same_batches_do_not_notice_O12()
    {
        var number = await Merchants.AddAsync(Database);
        await Engine.UpkeepAsync();
        await Merchants.SetAccountStatusAsync(Database, number, "Frozen");
        var (frozen, good) = (Engine.As(number), Engine.As());

        var trades = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => (i % 3 == 0 ? frozen : good).OpenedAsync(MerchantHand.Purchase())));
        await Engine.QuietAsync();

        for (var i = 0; i < trades.Length; i++)
        {
            Assert.Equal(
                i % 3 == 0 ? "Paying AwaitingPosting Succeeded Succeeded" : "Paid Succeeded Succeeded Succeeded", await Engine.StatesAsync(trades[i]));
        }

        await Merchants.SetAccountStatusAsync(Database, number, "Open");
        await Engine.LetPassAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(20 * 8_747, await Merchants.BalanceAsync(Database, number));
    }

    [Fact]
    public async Task a_trade_that_is_closed_meanwhile_is_still_paid_when_the_posting_succeeds_O12()
    {
        var number = await Merchants.AddAsync(Database);
        await Engine.UpkeepAsync();
        await Merchants.SetAccountStatusAsync(Database, number, "Frozen");
        var trade = await Engine.As(number).OpenedAsync(MerchantHand.Purchase());
        await Engine.QuietAsync();

        await Engine.As(number).CloseAsync(trade);
        Assert.Equal("Closing AwaitingPosting Succeeded Succeeded", await Engine.StatesAsync(trade));
        await Merchants.SetAccountStatusAsync(Database, number, "Open");
        await Engine.LetPassAsync(TimeSpan.FromSeconds(30));

        Assert.Equal("Paid Succeeded Succeeded Succeeded", await Engine.StatesAsync(trade));
    }

    [Fact]
    public async Task money_that_is_stuck_is_said_aloud_and_counted_O12()
    {
        var number = await Merchants.AddAsync(Database);
        await Engine.UpkeepAsync();
        await Merchants.SetAccountStatusAsync(Database, number, "Frozen");
        var trade = await Engine.As(number).OpenedAsync(MerchantHand.Purchase());
        await Engine.QuietAsync();

        var payment = (await Engine.FamilyAsync(trade)).Payments[0];
        var warning = Assert.Single(World.Log.Warnings, line => line.Contains(payment.Number, StringComparison.Ordinal));
        Assert.StartsWith(
            $"order {payment.Number} of request {payment.RequestSerial} is on the work list: posting refused: AccountFrozen, account ", warning, StringComparison.Ordinal);
        Assert.Contains((1L, "posting refused"), await GaugeAsync("payment_engine.work_items.open"));

        await Merchants.SetAccountStatusAsync(Database, number, "Open");
        await Engine.LetPassAsync(TimeSpan.FromSeconds(30));
        Assert.Equal("Paid Succeeded Succeeded Succeeded", await Engine.StatesAsync(trade));
        Assert.Contains((0L, "posting refused"), await GaugeAsync("payment_engine.work_items.open"));
    }

    /// <summary>What a collector would be told now.</summary>
    private async Task<List<(long Count, string? Kind)>> GaugeAsync(string name)
    {
        await Engine.Part<WorkWatch>().LookAsync(CancellationToken.None);
        var told = new List<(long, string?)>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, to) =>
        {
            if (instrument.Name == name)
            {
                to.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, count, tags, _) => told.Add((count, (string?)tags[0].Value)));
        listener.Start();
        listener.RecordObservableInstruments();
        return told;
    }

    private Task<string?> WorkItemAsync(long order) => Database.ScalarAsync<string>("select reason from work_item where order_id = $1", order);
}
