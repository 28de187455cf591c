using System.ComponentModel.DataAnnotations;

namespace PaymentEngine.Runtime.QueryBack;

/// <summary>Section <c>Timers</c>: how due timers are claimed and handled.</summary>
public sealed class TimerOptions
{
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan PollPeriod { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>After this time a timer that was claimed and not handled is due again.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "01:00:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(60);

    [Range(1, 10_000)]
    public int ClaimAtOnce { get; set; } = 500;

    /// <summary>In work at a time: of the questions of a line, and of everything else that is claimed at once.</summary>
    [Range(1, 1_000)]
    public int HandleAtOnce { get; set; } = 128;
}
