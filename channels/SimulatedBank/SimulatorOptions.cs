using System.ComponentModel.DataAnnotations;

namespace PaymentEngine.Channels.Simulator;

/// <summary>How the simulated institution behaves.</summary>
public sealed class SimulatorOptions : IValidatableObject
{
    public const string Section = "Simulator";

    /// <summary>How badly the institution misbehaves by itself: see <see cref="Rates"/>. `calm` does so only when a payer account asks for it.</summary>
    [AllowedValues("calm", "real", "hell", ErrorMessage = "Simulator:Profile (--profile) must be calm, real or hell")]
    public string Profile { get; init; } = "calm";

    /// <summary>The shortest time from receiving an order to answering it.</summary>
    [Range(0, 600_000)]
    public int MinLatencyMs { get; init; } = 50;

    /// <summary>The longest time from receiving an order to answering it.</summary>
    [Range(0, 600_000)]
    public int MaxLatencyMs { get; init; } = 200;

    /// <summary>How long an order of `sim-accept` stays accepted before it is executed.</summary>
    [Range(0, 86_400_000)]
    public int AcceptDelayMs { get; init; } = 2_000;

    /// <summary>Divides all of the institution's own delays except the time that a call takes: at 60 its hour lasts a minute.</summary>
    [Range(0.001, 100_000)]
    public double Speed { get; init; } = 1;

    /// <summary>Same seed and same number, same latency and same fate.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The file in which the institution keeps its truth; without one its books end with the process.</summary>
    [MinLength(1)]
    public string? JournalPath { get; init; }

    /// <summary>How long a number is known to repeats and queries, from its last change. A million numbers take 50 to 100 MB.</summary>
    [Range(1, 100_000)]
    public int RetentionMinutes { get; init; } = 48 * 60;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (MaxLatencyMs < MinLatencyMs)
        {
            yield return new ValidationResult(
                $"{nameof(MaxLatencyMs)} ({MaxLatencyMs}) is below {nameof(MinLatencyMs)} ({MinLatencyMs}).",
                [nameof(MaxLatencyMs), nameof(MinLatencyMs)]);
        }
    }
}
