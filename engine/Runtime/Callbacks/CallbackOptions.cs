using System.ComponentModel.DataAnnotations;

namespace PaymentEngine.Runtime.Callbacks;

/// <summary>Section <c>Callbacks</c>: how stored callbacks are handled.</summary>
public sealed class CallbackOptions
{
    /// <summary>How often callbacks are looked for that nobody has handled.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan SweepPeriod { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>After this time a callback that was claimed and not handled is claimed again; one that waits long, after a quarter of its age.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>A callback may come before its order is visible; after this time its order will not come any more.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan UnmatchedAfter { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long an acceptance waits for the result, so that both are committed together; zero for not at all.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:05")]
    public TimeSpan AcceptancePatience { get; set; } = TimeSpan.FromSeconds(1);

    [Range(1, 10_000)]
    public int ClaimAtOnce { get; set; } = 500;

    /// <summary>Leased lines; the channels that have one are not listened to on the public network.</summary>
    public CallbackLine[] Lines { get; set; } = [];
}

/// <summary>A line to a private network.</summary>
public sealed class CallbackLine
{
    /// <summary>Where the line ends at this machine, as <c>http://ADDRESS:PORT</c>.</summary>
    public string Address { get; set; } = string.Empty;

    /// <summary>The codes of the channels whose callbacks come in by it.</summary>
    public string[] Channels { get; set; } = [];
}
