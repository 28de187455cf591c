using PaymentEngine.Channels.Simulator;
using PaymentEngine.Core;

namespace PaymentEngine.Tests.Faults;

/// <summary>
/// Judges the engine from outside: by what merchants were told, by the institution's own journal, and by the database
/// in statements of its own.
/// </summary>
/// <param name="journals">Of institutions with an address of their own; each node's own is read in any case.</param>
internal sealed class Judge(TestDatabase database, IReadOnlyList<EngineSettings> nodes, IReadOnlyList<string> journals)
{
    /// <summary>Every trade that a merchant was told of is there, under the number it was told, once per order number.</summary>
    public async Task EveryAcknowledgedTradeExistsAsync(Crowd crowd)
    {
        var stored = (await TradesAsync()).ToLookup(trade => trade.OrderNo, trade => trade.Number);
        var wrong = crowd.Acknowledged
            .Where(promised => !stored[promised.OrderNo].SequenceEqual([promised.Answer!.TradeNo]))
            .Select(promised => $"{promised.OrderNo} was told {promised.Answer!.TradeNo}, stored: {string.Join(", ", stored[promised.OrderNo])}");
        Assert.Empty(wrong);
    }

    /// <summary>Nothing is left over: whatever was submitted reaches its end.</summary>
    public async Task EveryTradeIsPaidAsync()
    {
        IReadOnlySet<string> unpaid = new HashSet<string>();
        try
        {
            await Eventually.BecomesTrueAsync(async () => (unpaid = await UnpaidAsync()).Count == 0, "every trade is paid");
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{unpaid.Count} trades are not paid: {string.Join(", ", unpaid.Take(10))}");
        }
    }

    /// <summary>The order numbers of the trades that are not paid.</summary>
    public async Task<IReadOnlySet<string>> UnpaidAsync() => (await database.ReadAsync(
        "select merchant_order_no from trade_order where state <> 'Paid'", row => row.GetString(0))).ToHashSet();

    public async Task EveryOrderNumberHasOneTradeWithOnePaymentAsync() => Assert.Empty(await database.ReadAsync(
        """
        select t.merchant_order_no from trade_order t left join payment_order p on p.trade_id = t.id
        group by t.merchant_order_no having count(*) <> 1
        """,
        row => row.GetString(0)));

    /// <summary>Money moved once for every institution order that the engine calls succeeded, and for no other.</summary>
    public async Task TheBankExecutedEachOrderOnceAsync()
    {
        var executed = nodes.Select(node => node.JournalPath).Concat(journals)
            .SelectMany(SimulatorJournal.Stream)
            .Where(line => line.Event is JournalEvent.Executed or JournalEvent.Refunded)
            .Select(line => line.Number)
            .Order(StringComparer.Ordinal)
            .ToList();
        Assert.NotEmpty(executed);
        Assert.Equal((await SucceededNumbersAsync()).Order(StringComparer.Ordinal), executed);
    }

    public async Task TheBooksAreCleanAsync()
    {
        var audit = await EngineProgram.RunAsync(nodes[0], "audit");
        Assert.True(audit.ExitCode == 0, audit.Output);
    }

    private Task<List<StoredTrade>> TradesAsync() => database.ReadAsync(
        "select merchant_order_no, id from trade_order",
        row => new StoredTrade(row.GetString(0), OrderNumber.Format(OrderLevel.Trade, new OrderId(row.GetInt64(1)))));

    private Task<List<string>> SucceededNumbersAsync() => database.ReadAsync(
        "select number from institution_order where state = 'Succeeded'", row => row.GetString(0));

    private sealed record StoredTrade(string OrderNo, string Number);
}
