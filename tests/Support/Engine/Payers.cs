namespace PaymentEngine.Tests.Support.Engine;

/// <summary>Payer accounts by which the simulated institution is told how to behave.</summary>
public static class Payers
{
    public const string Good = "6222020000000001";

    /// <summary>Declined for lack of funds.</summary>
    public const string Decline = "sim-decline";

    /// <summary>Accepted at once, executed a little later.</summary>
    public const string Accept = "sim-accept";

    /// <summary>Executed, and never answered.</summary>
    public const string TimeoutExecuted = "sim-timeout-executed";

    /// <summary>Lost on the way the first time.</summary>
    public const string TimeoutLost = "sim-timeout-lost";

    /// <summary>The connection is refused the first time.</summary>
    public const string NotSentOnce = "sim-notsent-once";

    /// <summary>Executed, and answered with something that nobody understands.</summary>
    public const string Garbage = "sim-garbage";

    /// <summary>Executed with another amount.</summary>
    public const string OtherAmount = "sim-amount";

    /// <summary>Pays; what is given back to it is refused.</summary>
    public const string RefundDecline = "sim-refund-decline";

    /// <summary>Pays; what is given back to it is executed, and never answered.</summary>
    public const string RefundTimeout = "sim-refund-timeout";

    /// <summary>On the books without a result, for good.</summary>
    public const string Stuck = "sim-stuck";
}
