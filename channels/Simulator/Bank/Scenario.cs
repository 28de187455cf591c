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
        _ => Scenario.Succeed,
    };
}
