using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Directory;
using PaymentEngine.Core.Notifications;
using PaymentEngine.Core.Units;

namespace PaymentEngine.Core.Journeys;

/// <summary>
/// Everything that happened to a trade and what will happen next, each list in the order in which it happened or will.
/// The directory names the channels.
/// </summary>
public sealed record TradeJourney(
    TradeFamily Family,
    EngineDirectory Directory,
    IReadOnlyList<JourneyTransition> Transitions,
    IReadOnlyList<JourneyEntry> Entries,
    IReadOnlyList<JourneyTimer> Timers,
    IReadOnlyList<JourneyNotification> Notifications);

public sealed record JourneyTransition(DateTimeOffset At, Transition Step, string Actor, string RequestSerial);

/// <summary>One ledger entry. Amounts are signed as accounts are: credits positive, debits negative.</summary>
public sealed record JourneyEntry(
    OrderId Payment,
    PostingKind Kind,
    string Account,
    string AccountName,
    Money Amount,
    Money Opening,
    Money Closing,
    long Sequence,
    DateOnly PostingDate);

public sealed record JourneyTimer(TimerKind Kind, OrderLevel Level, OrderId Order, DateTimeOffset DueAt);

/// <summary>What the merchant was told, or is still to be told.</summary>
public sealed record JourneyNotification(
    OrderId Id,
    NotificationKind Kind,
    NotificationState State,
    int Attempts,
    int? LastStatus,
    string? LastError,
    DateTimeOffset CreatedAt,
    DateTimeOffset? DeliveredAt);
