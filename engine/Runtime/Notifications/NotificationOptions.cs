using System.ComponentModel.DataAnnotations;

namespace PaymentEngine.Runtime.Notifications;

/// <summary>Section <c>Notifications</c>: how merchants are told.</summary>
public sealed class NotificationOptions : IValidatableObject
{
    private static readonly TimeSpan LongestRetry = TimeSpan.FromDays(7);

    /// <summary>How long after each attempt but the last the next one is made: eight attempts in 24 hours (N3).</summary>
    public static readonly IReadOnlyList<TimeSpan> UsualRetries =
    [
        TimeSpan.FromSeconds(15), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(2), TimeSpan.FromHours(6), TimeSpan.FromHours(15),
    ];

    /// <summary>Replaces the usual retries; a default in code would be added to by the binder, not replaced.</summary>
    public TimeSpan[]? Retries { get; set; }

    /// <summary>How long a merchant's system may take to acknowledge.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan TimeOut { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>When a notification that nobody delivered after its commit is found by its timer.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan SafetyNet { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Lanes that merchants are spread over.</summary>
    [Range(1, 64)]
    public int Lanes { get; set; } = 8;

    /// <summary>Attempts of one lane under way at once.</summary>
    [Range(1, 10_000)]
    public int PerLane { get; set; } = 512;

    /// <summary>Attempts of one merchant under way at once, while it acknowledges.</summary>
    [Range(1, 10_000)]
    public int PerMerchant { get; set; } = 64;

    /// <summary>And while it does not.</summary>
    [Range(1, 10_000)]
    public int PerTroubledMerchant { get; set; } = 4;

    /// <summary>Notifications of one merchant that wait in memory; the others are found by their timers.</summary>
    [Range(1, 1_000_000)]
    public int WaitingPerMerchant { get; set; } = 10_000;

    /// <summary>And while it does not acknowledge.</summary>
    [Range(1, 1_000_000)]
    public int WaitingPerTroubledMerchant { get; set; } = 200;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        (Retries ?? []).Where(wait => wait <= TimeSpan.Zero || wait > LongestRetry)
            .Select(wait => new ValidationResult($"Notifications:Retries: a wait of {wait} cannot be, it is above zero and at most {LongestRetry.TotalDays} days"));

    /// <summary>Null when that was the last attempt.</summary>
    public TimeSpan? RetryAfter(int attempts)
    {
        var retries = Retries ?? UsualRetries;
        return attempts <= retries.Count ? retries[attempts - 1] : null;
    }
}
