using System.ComponentModel.DataAnnotations;

namespace PaymentEngine.Store.Inbox;

/// <summary>Section <c>Inbox</c>: how callbacks are stored.</summary>
public sealed class InboxOptions
{
    /// <summary>The least time from one transaction to the next, unless a full one is waiting.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01")]
    public TimeSpan Pace { get; set; } = TimeSpan.FromMilliseconds(3);

    /// <summary>How many callbacks one transaction carries at most.</summary>
    [Range(1, 5_000)]
    public int MaximumBatch { get; set; } = 512;

    /// <summary>How many callbacks may wait to be stored before the next are answered 503.</summary>
    [Range(1, 1_000_000)]
    public int QueueCapacity { get; set; } = 8_192;

    /// <summary>A stored callback that is not handled after this time was lost on its way and belongs to the sweep.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(2);
}
