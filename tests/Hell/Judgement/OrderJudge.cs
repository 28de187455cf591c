namespace PaymentEngine.Tests.Hell.Judgement;

/// <summary>
/// Each institution order against the bank's journal: what moved there is booked here, given back, or left for a person
/// with a reason that the journal bears out; what is booked here moved there.
/// </summary>
internal sealed class OrderJudge(EngineBooks books, SimulatorJournal journal, Verdict verdict)
{
    private const string NoneLost = "none lost";
    private const string NoneDoubled = "none doubled";
    private const string NoneWronglyFailed = "none wrongly failed";
    private const string Final = "everything is final or on a work list";
    private const string Named = "what is left has a reason that the journal bears out";

    private readonly ILookup<string, JournalEntry> _givenBack = journal.Entries
        .Where(entry => entry.Event == JournalEvent.Refunded)
        .ToLookup(entry => entry.Original!);

    private readonly ILookup<long, BookedOrder> _refundsOf = books.AllOrders.Where(order => order.IsRefund).ToLookup(order => order.RefundOf);

    public void Judge()
    {
        JudgeStrangers();
        foreach (var order in books.AllOrders)
        {
            var moved = Moves(order);
            JudgeMoney(order, moved);
            JudgeEnd(order);
            JudgeLeft(order, moved);
        }
    }

    private void JudgeStrangers()
    {
        var ours = books.AllOrders.Select(order => order.Number).ToHashSet();
        foreach (var entry in journal.Entries.Where(entry => entry.Event is JournalEvent.Executed or JournalEvent.Refunded && !ours.Contains(entry.Number)))
        {
            verdict.Violates(NoneLost, $"{entry.Number} was executed, and the engine does not know it");
        }

        var subjects = books.AllOrders.SelectMany(order => new[] { order.Id, order.Payment }).ToHashSet();
        foreach (var row in books.WorkItems.Concat(books.OpenDifferences).SelectMany(rows => rows).Where(row => !subjects.Contains(row.Order)))
        {
            verdict.Violates(Named, $"{row.Order} is no institution order's: {row.Reason}");
        }
    }

    private int Moves(BookedOrder order) =>
        journal.Of(order.Number).Count(entry => entry.Event == (order.IsRefund ? JournalEvent.Refunded : JournalEvent.Executed));

    private void JudgeMoney(BookedOrder order, int moved)
    {
        var isBooked = order.IsRefund ? order.IsPosted : order.PaysItsTrade || order.IsOnTop;
        verdict.ViolatesIf(isBooked && moved == 0, NoneLost, $"{order.Number} is booked and was never executed");
        verdict.ViolatesIf(
            moved > 1 && !journal.Sufferings(order.Number).Contains(Misbehaviour.DebitedTwice), NoneDoubled, $"{order.Number} was executed {moved} times");
        verdict.ViolatesIf(order is { PaysItsTrade: true, IsOnTop: true }, NoneDoubled, $"{order.Number} is booked twice");
        verdict.ViolatesIf(
            moved > 0 && !isBooked && !IsLeft(order) && !IsSilentContradiction(order),
            order.State == "Failed" ? NoneWronglyFailed : NoneLost,
            $"{order.Number} was executed; its order is {order.State}, its payment {order.PaymentState}, its trade {order.TradeState}");
        if (order.IsOnTop)
        {
            JudgeSurplus(order);
        }

        var back = _givenBack[order.Number].Sum(entry => entry.AmountMinor!.Value);
        verdict.ViolatesIf(back > moved * order.AmountMinor, NoneDoubled, $"{back} of {order.Number} was given back, {moved} times {order.AmountMinor} taken");
        verdict.ViolatesIf(back > 0 && order.PaysItsTrade, NoneLost, $"{order.Number} pays its trade and was given back");
    }

    /// <summary>A further success: its money went back, or its difference is open.</summary>
    private void JudgeSurplus(BookedOrder order)
    {
        var isBack = _givenBack[order.Number].Any();
        var isOpen = books.OpenDifferences[order.Id].Any(row => row.Reason.StartsWith("surplus", StringComparison.Ordinal));
        verdict.ViolatesIf(!isBack && !isOpen, NoneDoubled, $"{order.Number} came on top, was not given back, and no difference is open");
        var refunds = _refundsOf[order.Id].Count();
        verdict.ViolatesIf(refunds != 1, NoneDoubled, $"{order.Number} came on top and has {refunds} refunds");
    }

    private void JudgeEnd(BookedOrder order) => verdict.ViolatesIf(
        order.State is not ("Succeeded" or "Failed") && !(order.State == "OnWorkList" && books.WorkItems.Contains(order.Id)),
        Final,
        $"{order.Number} is {order.State}");

    private void JudgeLeft(BookedOrder order, int moved)
    {
        var atEngine = ReasonsOf(order);
        if (atEngine.Count == 0 && moved > 1)
        {
            atEngine = ["it cannot know: only the statement tells"];
        }
        else if (atEngine.Count == 0 && moved > 0 && IsSilentContradiction(order))
        {
            atEngine = ["it was never told: only the statement tells"];
        }

        if (atEngine.Count == 0 || IsLeftAsItsRefund(order))
        {
            return;
        }

        if (Evidence.Of(order.Number, order.AmountMinor, journal) is { } reason)
        {
            verdict.Leave(new LeftOver(order.OrderNo, order.Number, reason, string.Join("; ", atEngine)));
        }
        else
        {
            verdict.Violates(Named, $"{order.Number} of {order.OrderNo} is left for no reason in the journal: {string.Join("; ", atEngine)}");
        }
    }

    private bool IsLeft(BookedOrder order) => books.WorkItems.Contains(order.Id) || books.WorkItems.Contains(order.Payment);

    private List<string> ReasonsOf(BookedOrder order) =>
        [.. books.WorkItems[order.Id].Concat(books.WorkItems[order.Payment]).Concat(books.OpenDifferences[order.Id]).Select(row => row.Reason)];

    /// <summary>Its surplus is open because its refund is: that one is named.</summary>
    private bool IsLeftAsItsRefund(BookedOrder order) =>
        !IsLeft(order)
        && books.OpenDifferences[order.Id].All(row => row.Reason.StartsWith("surplus", StringComparison.Ordinal))
        && _refundsOf[order.Id].Any(refund => IsLeft(refund) || IsSilentContradiction(refund));

    /// <summary>The bank said no, moved the money after all, and never said so: only its statement does (R3).</summary>
    private bool IsSilentContradiction(BookedOrder order)
    {
        var entries = journal.Of(order.Number).ToList();
        return order is { State: "Failed", Executed: false } && Evidence.IsContradicted(entries) && !Evidence.WasTold(entries, order.AmountMinor);
    }
}
