namespace PaymentEngine.Core.Alerts;

public enum AlertSeverity
{
    /// <summary>Good to know; the engine settles it itself.</summary>
    Info,

    /// <summary>A person has to do something, today.</summary>
    Warning,

    /// <summary>Money that nobody can explain, or the engine cannot work: now.</summary>
    Critical,
}

/// <summary>What somebody has to be told. Of a kind and subject one is open at a time; what repeats is counted.</summary>
/// <param name="Kind">Which trouble it is: stable, for programs.</param>
/// <param name="Subject">Whose: a channel and a code, a merchant, a queue.</param>
/// <param name="Text">The latest of it, for people.</param>
public sealed record Alert(
    long Id,
    string Kind,
    AlertSeverity Severity,
    string Subject,
    string Text,
    long Times,
    DateTimeOffset RaisedAt,
    DateTimeOffset LastSeen);

/// <summary>The kinds that are raised in code; what is raised in a commit is named in its statement.</summary>
public static class AlertKinds
{
    public const string BooksUnclean = "books_unclean";
    public const string MessageParked = "message_parked";
    public const string DirectoryUnreadable = "directory_unreadable";
    public const string UpkeepFailed = "upkeep_failed";
    public const string BrokerAway = "broker_away";
    public const string DatabaseAway = "database_away";
    public const string BufferLate = "buffer_late";
    public const string DayNotClosed = "day_not_closed";
    public const string VouchersHeldUp = "vouchers_held_up";
    public const string LedgersDisagree = "ledgers_disagree";
    public const string Test = "test";
}
