using PaymentEngine.Tests.Hell.Merchants;

namespace PaymentEngine.Tests.Hell.Judgement;

/// <summary>Judges a run that is over: by the merchants' log, the bank's journal, and what the merchants were told.</summary>
internal static class HellJudge
{
    /// <summary>Whoever sends nothing loses nothing: on a machine that is too slow for its load most calls find no place in time.</summary>
    private const double LeastPaid = 0.75;

    public static async Task<Verdict> JudgeAsync(
        HellWorld world, IReadOnlyList<Purchase> purchases, MerchantSystem merchants, EngineBooks books, SimulatorJournal journal)
    {
        var verdict = new Verdict();
        foreach (var strange in merchants.Strange)
        {
            verdict.Violates("no merchant gets a strange answer", strange);
        }

        var paid = books.AllTrades.Count(trade => trade.State == "Paid");
        verdict.ViolatesIf(paid < books.AllTrades.Count * LeastPaid, "a run is worth judging", $"{paid} of {books.AllTrades.Count} trades are paid");
        JudgePromises(purchases, books, verdict);
        JudgeTrades(books, verdict);
        new OrderJudge(books, journal, verdict).Judge();
        NotificationJudge.Judge(books, world.Receiver.Received, world.WebhookSecret, verdict);
        var audit = await world.AuditAsync();
        verdict.ViolatesIf(audit.ExitCode != 0, "the books are clean", audit.Output);
        return verdict;
    }

    /// <summary>Every trade that a merchant was told of is there, under the number that he was told, once.</summary>
    private static void JudgePromises(IReadOnlyList<Purchase> purchases, EngineBooks books, Verdict verdict)
    {
        var stored = books.AllTrades.ToLookup(trade => trade.OrderNo, trade => trade.Number);
        foreach (var purchase in purchases)
        {
            verdict.ViolatesIf(
                purchase.TradeNo is null || !stored[purchase.OrderNo].SequenceEqual([purchase.TradeNo]),
                "none lost",
                $"{purchase.OrderNo} was told {purchase.TradeNo}, stored: {string.Join(", ", stored[purchase.OrderNo])}");
        }
    }

    private static void JudgeTrades(EngineBooks books, Verdict verdict)
    {
        var orders = books.AllOrders.ToLookup(order => order.Trade);
        foreach (var trade in books.AllTrades)
        {
            verdict.ViolatesIf(
                !trade.IsFinal && !orders[trade.Id].Any(order => !order.IsRefund && order.State == "OnWorkList"),
                "everything is final or on a work list",
                $"trade {trade.Number} is {trade.State}");
            var paying = orders[trade.Id].Count(order => order.PaysItsTrade);
            verdict.ViolatesIf(paying != (trade.State == "Paid" ? 1 : 0), "none doubled", $"trade {trade.Number} is {trade.State} by {paying} orders");
        }
    }
}
