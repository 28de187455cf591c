namespace PaymentEngine.Tests.Simulation.Judgement;

/// <summary>What must be true of a family after every commit.</summary>
internal static class StepJudge
{
    public static void Judge(TradeFamily? before, TradeFamily after, FakeStore store)
    {
        if (before is not null)
        {
            JudgeChange(before.Trade, after.Trade);
            before.Payments.ForEach(order => JudgeChange(order, after.Payment(order.Id)));
            before.Instructions.ForEach(order => JudgeChange(order, after.Instruction(order.Id)));
            before.InstitutionOrders.ForEach(order => JudgeChange(order, after.InstitutionOrder(order.Id)));
            Broken.If(
                !before.Trade.PaidBy.IsNone && before.Trade.PaidBy != after.Trade.PaidBy,
                "a trade is paid once (O4)", $"{after.Trade.Id} by {before.Trade.PaidBy}, then by {after.Trade.PaidBy}");
        }

        JudgeTrade(after, store);
        after.Payments.ForEach(payment => JudgePayment(after, payment, store));
        after.Instructions.ForEach(instruction => JudgeInstruction(after, instruction));
        after.InstitutionOrders.ForEach(order => JudgeOrder(order, store));
    }

    private static void JudgeChange(Order before, Order after) => Broken.If(
        IsFinal(before) && before.State != after.State,
        "no final state ever changes (C15)", $"{before.Level} {before.Id} was {before.State} and is {after.State}");

    private static bool IsFinal(Order order) => (order.Level, order.State) is
        (OrderLevel.Trade, TradeStates.Paid or TradeStates.Closed)
        or (OrderLevel.Payment, PaymentStates.Succeeded or PaymentStates.Surplus or PaymentStates.Failed)
        or (OrderLevel.Instruction, InstructionStates.Succeeded or InstructionStates.Failed)
        or (OrderLevel.InstitutionOrder, InstitutionOrderStates.Succeeded or InstitutionOrderStates.Failed);

    private static void JudgeTrade(TradeFamily family, FakeStore store)
    {
        var trade = family.Trade;
        Stands(trade.State is not TradeStates.AwaitingPayment || store.Timers.Has(trade.Id, TimerKind.Expiry), trade);
        Stands(trade.State is not (TradeStates.Paying or TradeStates.Closing) || family.HasPaymentInFlight, trade);
        Broken.If(
            trade.State == TradeStates.Closed && family.HasPaymentInFlight, "a trade closes when nothing is in flight (O3)", $"{trade.Id}");
        Broken.If(
            (trade.State == TradeStates.Paid) == trade.PaidBy.IsNone, "a paid trade names its payment", $"{trade.Id} {trade.State} {trade.PaidBy}");
        if (trade.State == TradeStates.Paid)
        {
            var payment = family.Payment(trade.PaidBy);
            Broken.If(
                payment.State != PaymentStates.Succeeded || payment.Amount != trade.Amount || payment.Revision != trade.Revision,
                "a trade is paid at its latest facts (O2)", $"{trade.Id}");
        }
    }

    private static void JudgePayment(TradeFamily family, PaymentOrder payment, FakeStore store)
    {
        Stands(payment.State != PaymentStates.AwaitingPosting
            || (store.Timers.Has(payment.Id, TimerKind.Posting) && store.WorkList.ContainsKey(payment.Id)), payment);
        Stands(payment.State != PaymentStates.Processing
            || family.Instructions.Exists(leg => leg.PaymentId == payment.Id && leg.State == InstructionStates.Processing), payment);
        Broken.If(payment.State == Order.Initial, "everything has begun", $"{payment.Id}");
    }

    private static void JudgeInstruction(TradeFamily family, PaymentInstruction instruction)
    {
        var won = 0;
        var isOpen = false;
        foreach (var order in family.InstitutionOrders)
        {
            if (order.InstructionId == instruction.Id)
            {
                won += order.State == InstitutionOrderStates.Succeeded ? 1 : 0;
                isOpen |= !IsFinal(order);
            }
        }

        Broken.If(won > 1 || won != instruction.PartsWon, "at most one success per instruction part (O8)", $"{instruction.Id}: {won}");
        Stands(instruction.State != InstructionStates.Processing || isOpen, instruction);
    }

    private static void JudgeOrder(InstitutionOrder order, FakeStore store)
    {
        switch (order.State)
        {
            case InstitutionOrderStates.Ready:
                Stands(store.Timers.Has(order.Id, TimerKind.Dispatch), order);

                // Nobody may ever run the application that it waits for.
                Stands(!store.IsApart(order) || store.Timers.Has(order.Id, TimerKind.Expiry), order);
                break;
            case InstitutionOrderStates.Sending or InstitutionOrderStates.Accepted or InstitutionOrderStates.Unknown:
                Stands(store.Timers.Has(order.Id, TimerKind.Query), order);
                break;
            default:
                Stands(IsFinal(order) || store.WorkList.ContainsKey(order.Id), order);
                break;
        }
    }

    private static void Stands(bool somewhere, Order order) => Broken.If(
        !somewhere, "everything is final, has a timer, or stands on a work list (C12)", $"{order.Level} {order.Id} is {order.State}");
}
