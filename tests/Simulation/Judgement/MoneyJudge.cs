using PaymentEngine.Workflows.Decisions;

namespace PaymentEngine.Tests.Simulation.Judgement;

/// <summary>
/// Money is conserved: each execution in the institution's journal paid a trade and is posted once, or is surplus that
/// was given back or stands open, or its order stands on a named work list for a reason that the journal explains.
/// </summary>
internal sealed class MoneyJudge(World world, Census? census)
{
    private const string Conserved = "money is conserved";
    private const string InTransit = "transit holds what is on its way and nothing else (A9)";
    private const string NeverMore = "merchants never give back more than they were paid (O9)";
    private const string Explained = "each row of a work list has a reason that the journal explains (C12)";

    private readonly SimulatorJournal _journal = world.Institution.Journal;
    private long _suspense;
    private long _transit;
    private int _rows;

    public void Judge(TradeFamily family)
    {
        JudgeGivenBack(family);
        foreach (var order in family.InstitutionOrders)
        {
            var payment = family.PaymentOf(order);
            if (payment.IsRefund)
            {
                JudgeRefund(family, payment, order);
            }
            else
            {
                JudgePayment(family, payment, order);
            }

            if (world.Store.WorkList.ContainsKey(order.Id))
            {
                JudgeWork(payment, order);
            }
        }

        foreach (var payment in family.Payments)
        {
            JudgeWork(family, payment);
        }
    }

    public void JudgeBooks()
    {
        Broken.If(_rows != world.Store.WorkList.Count, Explained, $"{world.Store.WorkList.Count} rows, {_rows} of them of orders that are there");
        Broken.If(world.Store.Books.Sum != 0, Conserved, $"the books are off by {world.Store.Books.Sum}");
        var suspense = world.Store.Books.BalanceOf(AccountKind.Suspense, 0);
        Broken.If(suspense != _suspense, Conserved, $"{suspense} in suspense, {_suspense} is waiting to be given back");
        var transit = world.Store.Books.BalanceOf(AccountKind.Transit, 0);
        Broken.If(transit != _transit, InTransit, $"{transit} in transit, {_transit} is on its way");
    }

    /// <summary>Of what merchants give back, each amount is with the payer, with the merchant or in transit.</summary>
    private void JudgeGivenBack(TradeFamily family)
    {
        var (amount, fee) = (0L, 0L);
        foreach (var refund in family.Payments.FindAll(payment => payment.Terms is not null))
        {
            var words = RefundWords.Of(refund);
            var (paid, returned) = (IsPosted(refund, words.Paid), IsPosted(refund, words.Returned));
            Broken.If(!IsPosted(refund, words.Taken) || (paid && returned), InTransit, $"{refund.Id} {refund.State}: paid {paid}, returned {returned}");
            Broken.If(
                (refund.State is PaymentStates.Succeeded or PaymentStates.Failed) != (paid || returned), InTransit, $"{refund.Id} {refund.State}: paid {paid}, returned {returned}");
            _transit += paid || returned ? 0 : refund.Amount.Minor;
            var isOfItsDay = world.Store.Books.DayOf(refund.Id, words.Taken) == world.Store.Books.DayOf(family.Trade.PaidBy, PostingKind.Payment);
            Broken.If(
                refund.Terms!.Kind == RefundKind.Void && (!isOfItsDay || refund.Amount != family.Trade.Amount),
                "a void is of a whole payment and of its day (O9)", $"{refund.Id}");
            (amount, fee) = refund.State == PaymentStates.Failed ? (amount, fee) : (amount + refund.Amount.Minor, fee + refund.Terms.FeeBack.Minor);
        }

        if (amount > 0)
        {
            var taken = world.Store.Books.Booked(family.Trade.PaidBy)!.Fee.Minor;
            Broken.If(amount > family.Trade.Amount.Minor || fee > taken, NeverMore, $"{family.Trade.Id}: {amount} with {fee} of the fee {taken}");
        }
    }

    private void JudgePayment(TradeFamily family, PaymentOrder payment, InstitutionOrder order)
    {
        var number = order.InstitutionNumber;
        var executed = _journal.Executions(number);
        var paid = order.State == InstitutionOrderStates.Succeeded && IsPosted(payment, PostingKind.Payment);
        var onTop = IsPosted(order, PostingKind.Surplus);
        Broken.If(paid && onTop, Conserved, $"{number} is posted as payment and as surplus");
        Broken.If((paid || onTop) && executed == 0, Conserved, $"{number} is posted and was never executed");
        Broken.If(paid && family.Trade.PaidBy != payment.Id, Conserved, $"{number} is posted and paid no trade");
        Broken.If(_journal.Debits(number).Any(debit => debit != order.Amount), Conserved, $"{number} was executed with another amount");
        Broken.If(
            executed > 1 && !_journal.Sufferings(number).Contains(Misbehaviour.DebitedTwice), Conserved, $"{number} was executed {executed} times");
        if (executed > 0 && !paid && !onTop)
        {
            JudgeUnposted(payment, order);
        }

        var refunds = family.Payments.FindAll(it => it.RefundOf == order.Id && it.Terms is null);
        Broken.If(refunds.Count != (onTop ? 1 : 0), "a refund never exceeds what was taken (O4)", $"{number} has {refunds.Count} refunds");
        if (onTop)
        {
            var isBack = IsPosted(refunds[0], PostingKind.Refund);
            _suspense += isBack ? 0 : order.Amount.Minor;
            Broken.If(
                world.Store.DifferenceIsOpen.GetValueOrDefault((order.Id, DifferenceKinds.Surplus)) == isBack,
                Conserved, $"the surplus {number} is {(isBack ? "back and its difference open" : "not back and its difference closed")}");
        }
    }

    private void JudgeRefund(TradeFamily family, PaymentOrder refund, InstitutionOrder order)
    {
        var number = order.InstitutionNumber;
        var moved = _journal.Of(number).Count(entry => entry.Event == JournalEvent.Refunded);
        var isPosted = refund.Terms is null
            ? IsPosted(refund, PostingKind.Refund)
            : IsPosted(refund, RefundWords.Of(refund).Paid) || IsPosted(refund, PostingKind.RefundAfterAll);
        var original = family.OriginalOf(order)!;
        Broken.If(isPosted && moved == 0, Conserved, $"refund {number} is posted and was never executed");
        Broken.If(
            refund.Terms is null && _journal.Refunds(original.InstitutionNumber).Sum(back => back.Minor) > original.Amount.Minor,
            "a refund never exceeds what was taken (O4)", $"{number} of {original.InstitutionNumber}");
        if (moved > 0 && !isPosted)
        {
            JudgeUnposted(refund, order);
        }
    }

    /// <summary>Money that moved and is not in the books.</summary>
    private void JudgeUnposted(PaymentOrder payment, InstitutionOrder order)
    {
        var log = world.Wire.Of(order.InstitutionNumber);
        switch (order.State)
        {
            case InstitutionOrderStates.OnWorkList:
                break;
            case InstitutionOrderStates.Failed when order.Executed:
                Broken.If(
                    !world.Store.WorkList.ContainsKey(order.Id) && !(payment.IsRefund && world.Store.WorkList.ContainsKey(payment.Id)),
                    Conserved, $"{order.InstitutionNumber} moved money after all, which is neither posted nor on a work list");
                break;
            case InstitutionOrderStates.Failed:
                Broken.If(!log.ToldFailed, Conserved, $"{order.InstitutionNumber} moved money and has failed, which the institution never said");
                Broken.If(log.StoredSuccess == order.Amount, Conserved, $"{order.InstitutionNumber} moved money and has failed, and the engine was told");
                census?.CountSilentContradiction();
                break;
            default:
                throw new BrokenException(Conserved, $"{order.InstitutionNumber} moved money and is {order.State}, its payment {payment.State}");
        }
    }

    private void JudgeWork(PaymentOrder payment, InstitutionOrder order)
    {
        _rows++;
        var number = order.InstitutionNumber;
        if (order.State == InstitutionOrderStates.Failed)
        {
            Broken.If(!order.Executed || !WasRefused(payment, order), Explained, $"{number} has failed");
            census?.CountWork("late money that the ledger refused");
            return;
        }

        Broken.If(order.State != InstitutionOrderStates.OnWorkList, Explained, $"{number} is {order.State}");
        var log = world.Wire.Find(number) ?? throw new BrokenException(Explained, $"{number} was never sent and never asked for");
        Broken.If(log.StoredSuccess == order.Amount || log.StoredFailure, Explained, $"the engine was told of {number}");
        Broken.If(log.LastAnswer is ChannelOutcome.Succeeded or ChannelOutcome.Failed, Explained, $"{number} was asked for, and {log.LastAnswer}");
        census?.CountWork(ReasonFor(order, log));
    }

    private string ReasonFor(InstitutionOrder order, NumberLog log)
    {
        var entries = _journal.Of(order.InstitutionNumber).ToList();
        var last = entries.FindLast(entry => entry.Event is JournalEvent.Executed or JournalEvent.Refunded or JournalEvent.Declined
            or JournalEvent.Accepted or JournalEvent.Abnormal or JournalEvent.Lost);
        return log.LastAnswer switch
        {
            null => "the last question was lost",
            ChannelOutcome.NotKnown when last is null => "never received, and may not be sent again",
            ChannelOutcome.NotKnown => $"{last.Event}, and not known to questions",
            _ when entries.Exists(entry => entry.Suffered == Misbehaviour.AmountChanged) || order.PayerAccount == "sim-amount" => "told with another amount",
            ChannelOutcome.Unknown { Reason: "no answer to the question" } => "the last question was lost",
            ChannelOutcome.Unknown unknown => $"{last?.Event}: {unknown.Reason}",
            _ => $"{last?.Event}, and still so when asked last",
        };
    }

    private void JudgeWork(TradeFamily family, PaymentOrder payment)
    {
        Broken.If(payment.State == PaymentStates.AwaitingPosting, "what can be posted is posted (O12)", $"{payment.Id}");
        if (!world.Store.WorkList.TryGetValue(payment.Id, out var reason))
        {
            return;
        }

        _rows++;
        var orders = family.InstitutionOrders.FindAll(order => family.PaymentOf(order) == payment);
        var isRefused = orders.Exists(order => WasRefused(payment, order));
        var cannotGiveBack = payment is { IsRefund: true, Terms: null, State: PaymentStates.Failed } && orders.TrueForAll(order => world.Wire.Of(order.InstitutionNumber).ToldFailed);
        Broken.If(!isRefused && !cannotGiveBack, Explained, $"{payment.Id}: {reason}");
        census?.CountWork(cannotGiveBack ? "the institution takes no refund" : "late money that the ledger refused");
    }

    private bool WasRefused(PaymentOrder payment, InstitutionOrder order) =>
        world.Store.Books.Refused.Contains(payment.Id) || world.Store.Books.Refused.Contains(order.Id);

    private bool IsPosted(Order order, PostingKind kind) => world.Store.Books.Posted.ContainsKey((order.Id, kind));
}
