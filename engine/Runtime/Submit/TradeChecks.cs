using PaymentEngine.Core.Orders;

namespace PaymentEngine.Runtime.Submit;

/// <summary>Whether a trade may still be paid or closed, as pure decisions with their refusals.</summary>
public static class TradeChecks
{
    /// <summary>A trade is a purchase, not a queue: who failed this often needs a person.</summary>
    public const int MostPayments = 50;

    private const int Conflict = 409;

    /// <summary>Null when a payment may start now (O3).</summary>
    public static Refusal? WhyNoPayment(TradeFamily family, DateTimeOffset now) => family.Trade switch
    {
        { State: TradeStates.Paid } paid => Refuse(RefusalCodes.TradeAlreadyPaid, paid, "the trade has been paid"),
        { State: TradeStates.Closed or TradeStates.Closing } closed => Refuse(RefusalCodes.TradeClosed, closed, "the trade has been closed"),
        var trade when trade.HasExpired(now) => Refuse(RefusalCodes.TradeExpired, trade, "the trade's validity is over"),
        var trade when family.Payments.Count >= MostPayments => Refuse(RefusalCodes.TooManyPayments, trade, $"a trade has at most {MostPayments} payments"),
        _ => null,
    };

    /// <summary>Null when the merchant may close it; closing twice is no mistake.</summary>
    public static Refusal? WhyNotClose(TradeOrder trade) => trade.State == TradeStates.Paid
        ? Refuse(RefusalCodes.TradeAlreadyPaid, trade, "a paid trade cannot be closed")
        : null;

    public static Refusal Refuse(string code, TradeOrder trade, string why) => new(code, Conflict, why, Retryable: false, trade.Id);
}
