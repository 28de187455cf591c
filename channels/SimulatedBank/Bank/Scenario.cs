namespace PaymentEngine.Channels.Simulator;

/// <summary>What happens to an order; the payer account chooses it.</summary>
internal enum Scenario : byte
{
    Succeed,
    Decline,
    Accept,
    TimeoutExecuted,
    TimeoutLost,
    NotSentOnce,
    Garbage,
    OtherAmount,
    Stuck,

    // The payment succeeds; these are about its refund.
    RefundAccept,
    RefundDecline,
    RefundTimeoutExecuted,
    RefundAbnormal,

    /// <summary>A refund that was chosen to be abnormal.</summary>
    Abnormal,
}

internal static class Scenarios
{
    public static Scenario Of(string payer) => payer switch
    {
        "sim-decline" => Scenario.Decline,
        "sim-accept" => Scenario.Accept,
        "sim-timeout-executed" => Scenario.TimeoutExecuted,
        "sim-timeout-lost" => Scenario.TimeoutLost,
        "sim-notsent-once" => Scenario.NotSentOnce,
        "sim-garbage" => Scenario.Garbage,
        "sim-amount" => Scenario.OtherAmount,
        "sim-stuck" => Scenario.Stuck,
        "sim-refund-accept" => Scenario.RefundAccept,
        "sim-refund-decline" => Scenario.RefundDecline,
        "sim-refund-timeout" => Scenario.RefundTimeoutExecuted,
        "sim-refund-abnormal" => Scenario.RefundAbnormal,
        _ => Scenario.Succeed,
    };

    /// <summary>What happens to the refund of a payment; the payer account of the payment chose it.</summary>
    public static Scenario OfRefund(Scenario payment) => payment switch
    {
        Scenario.RefundAccept => Scenario.Accept,
        Scenario.RefundDecline => Scenario.Decline,
        Scenario.RefundTimeoutExecuted => Scenario.TimeoutExecuted,
        Scenario.RefundAbnormal => Scenario.Abnormal,
        _ => Scenario.Succeed,
    };
}
