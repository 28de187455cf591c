using PaymentEngine.Core;
using PaymentEngine.Routing.Facts;

namespace PaymentEngine.Routing.Replay;

/// <summary>A transaction that was routed for real: what was known of it then, where it went first, and how that ended.</summary>
/// <param name="Channel">By its code; null when there was none for it.</param>
public sealed record PastTransaction(OrderId Trade, RouteFacts Facts, DateTimeOffset At, string? Channel, PastOutcome Outcome);

public enum PastOutcome
{
    /// <summary>Not known yet.</summary>
    Open,
    Succeeded,
    Failed,
}
