namespace PaymentEngine.Workflows.Decisions;

/// <summary>
/// Whether a leg that failed for certain may be sent elsewhere by hand (C14). Two persons decide that it should be; what
/// makes it safe is looked at here, when they ask and again in the commit that does it.
/// </summary>
public static class HandRerouteDecision
{
    /// <summary>Money goes back the way it came, and payouts have no interface yet.</summary>
    public const string NotAPayIn = "not_a_pay_in";

    /// <summary>It may still move money, or it has.</summary>
    public const string OrderNotFailed = "order_not_failed";

    /// <summary>The order does not show what the evidence says.</summary>
    public const string EvidenceContradicted = "evidence_contradicted";

    public const string AlreadyRerouted = "already_rerouted";

    /// <summary>The merchant has changed the trade since.</summary>
    public const string TradeChanged = "trade_changed";

    /// <summary>The trade is paid, closed or being closed, or another payment of it is under way.</summary>
    public const string TradeNotWaiting = "trade_not_waiting";

    public const string TradeExpired = "trade_expired";

    /// <returns>Why it is not safe, as a stable code; null when it is.</returns>
    public static string? Refuse(TradeFamily family, InstitutionOrder failed, EvidenceKind evidence, DateTimeOffset now)
    {
        var payment = family.PaymentOf(failed);
        return family.Trade switch
        {
            _ when payment.Kind != PaymentKind.Payment => NotAPayIn,
            _ when failed.State != InstitutionOrderStates.Failed || failed.Executed => OrderNotFailed,
            _ when evidence == EvidenceKind.NotSent != NothingLeftTheBuilding(failed) => EvidenceContradicted,
            _ when WasRerouted(family, failed) => AlreadyRerouted,
            var trade when trade.Revision != payment.Revision => TradeChanged,
            { State: not TradeStates.AwaitingPayment } => TradeNotWaiting,
            var trade when trade.HasExpired(now) => TradeExpired,
            _ => null,
        };
    }

    private static bool NothingLeftTheBuilding(InstitutionOrder failed) =>
        failed is { Code: InstitutionOrderMachine.NotSent, MayHaveArrived: false };

    /// <summary>By the script within its leg, or by hand in a payment of its own.</summary>
    private static bool WasRerouted(TradeFamily family, InstitutionOrder failed) =>
        family.InstitutionOrders.Exists(order => order.Reroute?.Of == failed.Id);
}
