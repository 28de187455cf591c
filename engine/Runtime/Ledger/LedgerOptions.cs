using System.ComponentModel.DataAnnotations;

namespace PaymentEngine.Runtime.Ledger;

/// <summary>Section <c>Ledger</c>.</summary>
public sealed class LedgerOptions
{
    /// <summary>When the ledger's day turns, by the clocks of the engine's time zone: before noon of the next day, after it of the same.</summary>
    public TimeOnly DayCutAt { get; set; } = TimeOnly.MinValue;

    /// <summary>The least time from one transaction of postings to the next, unless a full one is waiting.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01")]
    public TimeSpan Pace { get; set; } = TimeSpan.FromMilliseconds(2);

    /// <summary>How long a buffered credit waits for its account (A5).</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:30")]
    public TimeSpan BufferFor { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>What has been buffered for so long is told.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan BufferAlarm { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>No credit may wait longer than this: it is told as critical. Shortly before 60 s its account stops buffering by itself.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan BufferLimit { get; set; } = TimeSpan.FromSeconds(60);
}
