using PaymentEngine.Core;

namespace PaymentEngine.Tests.Hell.Judgement;

/// <summary>What the merchant was told against what is so: every final change, nothing else, each under one id.</summary>
internal static class NotificationJudge
{
    private const string Told = "every final state is notified";

    public static void Judge(EngineBooks books, IReadOnlyList<ReceivedNotification> received, string secret, Verdict verdict)
    {
        var told = new HashSet<(string Type, string Subject)>();
        foreach (var same in received.GroupBy(notification => notification.Id))
        {
            var first = same.First();
            verdict.ViolatesIf(same.Any(it => !it.Body.AsSpan().SequenceEqual(first.Body)), Told, $"{same.Key} has several bodies");
            verdict.ViolatesIf(same.Any(it => !it.IsSignedWith(secret)), Told, $"{same.Key} is badly signed");
            verdict.ViolatesIf(!told.Add((first.Type, SubjectOf(first))), Told, $"{first.Type} of {SubjectOf(first)} has several ids");
        }

        var expected = Expected(books).ToHashSet();
        foreach (var (type, subject) in expected.Except(told))
        {
            verdict.Violates(Told, $"{type} of {subject} was never told");
        }

        foreach (var (type, subject) in told.Except(expected))
        {
            verdict.Violates(Told, $"{type} of {subject} was told and is not so");
        }
    }

    private static string SubjectOf(ReceivedNotification told)
    {
        var data = told.Json["data"]!;
        return (string?)data["refund_no"] ?? (string?)data["payment_no"] ?? (string)data["trade"]!["trade_no"]!;
    }

    private static IEnumerable<(string Type, string Subject)> Expected(EngineBooks books)
    {
        foreach (var trade in books.AllTrades.Where(trade => trade.IsFinal))
        {
            yield return (trade.State == "Paid" ? "trade.paid" : "trade.closed", trade.Number);
        }

        foreach (var refused in books.RefusedPayments)
        {
            yield return ("payment.failed", OrderNumber.Format(OrderLevel.Payment, new OrderId(refused)));
        }

        foreach (var order in books.AllOrders.DistinctBy(order => order.Payment))
        {
            var payment = OrderNumber.Format(OrderLevel.Payment, new OrderId(order.Payment));
            if (!order.IsRefund)
            {
                if (order.PaymentState == "Failed")
                {
                    yield return ("payment.failed", payment);
                }

                continue;
            }

            yield return ("surplus.detected", payment);
            if (order.PaymentState == "Failed")
            {
                yield return ("surplus.not_refunded", payment);
            }

            if (order.IsPosted)
            {
                yield return ("surplus.refunded", payment);
            }
        }
    }
}
