using System.ComponentModel.DataAnnotations;

namespace PaymentEngine.Store.Commit;

/// <summary>Section <c>Committer</c>: how units of work are gathered into transactions.</summary>
public sealed class CommitterOptions
{
    /// <summary>Committers that work side by side, each with a connection of its own.</summary>
    [Range(1, 16)]
    public int Lanes { get; set; } = 2;

    /// <summary>The least time from one transaction of a lane to its next, unless a full one is waiting.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01")]
    public TimeSpan Pace { get; set; } = TimeSpan.FromMilliseconds(5);

    /// <summary>How many units one transaction carries at most.</summary>
    [Range(1, 5_000)]
    public int MaximumBatch { get; set; } = 512;

    /// <summary>How many units may wait in a lane before new ones are turned away unwritten.</summary>
    [Range(1, 1_000_000)]
    public int QueueCapacity { get; set; } = 8_192;
}
