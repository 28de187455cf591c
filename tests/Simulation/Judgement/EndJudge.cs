using PaymentEngine.Workflows.Decisions;

namespace PaymentEngine.Tests.Simulation.Judgement;

/// <summary>
/// What must be true at the end of time, by the institution's journal and the merchants' log; the store is asked for its
/// named lists and postings.
/// </summary>
internal static class EndJudge
{
    public static void Judge(World world, Census? census)
    {
        var store = world.Store;
        foreach (var reply in world.Merchants.Acknowledged)
        {
            Broken.If(store.Peek(reply.Trade!.Value) is null, "every acknowledged trade exists (M1)", $"{reply.Trade}");
        }

        Broken.If(store.Timers.Count > 0, "at the end nothing is left but work lists", $"timer {store.Timers.All.FirstOrDefault()}");
        Broken.If(store.Inbox.Waiting > 0, "at the end nothing is left but work lists", $"{store.Inbox.Waiting} callbacks");
        var money = new MoneyJudge(world, census);
        foreach (var family in store.Families)
        {
            StepJudge.Judge(before: null, family, store);
            money.Judge(family);
            JudgeTold(family, store);
        }

        money.JudgeBooks();
        census?.Count(world);
    }

    /// <summary>Each final change is told once (N1).</summary>
    private static void JudgeTold(TradeFamily family, FakeStore store)
    {
        var trade = family.Trade;
        Once(trade.State == TradeStates.Paid, trade, NotificationKind.TradePaid, store);
        Once(trade.State == TradeStates.Closed, trade, NotificationKind.TradeClosed, store);
        foreach (var payment in family.Payments)
        {
            var hasFailed = payment.State == PaymentStates.Failed;
            Once(hasFailed && !payment.IsRefund, payment, NotificationKind.PaymentFailed, store);
            if (payment.Terms is not null)
            {
                JudgeTold(payment, store);
                continue;
            }

            Once(hasFailed && payment.IsRefund, payment, NotificationKind.SurplusNotRefunded, store);
            Once(store.Books.Posted.ContainsKey((payment.Id, PostingKind.Refund)), payment, NotificationKind.SurplusRefunded, store);
            Once(payment.IsRefund, payment, NotificationKind.SurplusDetected, store);
        }
    }

    private static void JudgeTold(PaymentOrder refund, FakeStore store)
    {
        var words = RefundWords.Of(refund);
        Once(Posted(words.Paid) || Posted(PostingKind.RefundAfterAll), refund, words.Done, store);
        Once(Posted(words.Returned), refund, words.NotDone, store);

        bool Posted(PostingKind kind) => store.Books.Posted.ContainsKey((refund.Id, kind));
    }

    private static void Once(bool isSo, Order order, NotificationKind kind, FakeStore store)
    {
        var told = store.Told.GetValueOrDefault((order.Id, kind));
        Broken.If(told != (isSo ? 1 : 0), "each final change is told once (N1)", $"{kind} of {order.Id}: told {told} times");
    }
}
