using PaymentEngine.Bench.Checks;
using PaymentEngine.Bench.Cluster;
using PaymentEngine.Bench.Load;
using PaymentEngine.Bench.Machine;

namespace PaymentEngine.Bench.Payments;

/// <summary>Everything that one run found out. The report and the JSON file are two ways to show it.</summary>
internal sealed record PaymentsFigures
{
    public required double PaymentsPerSecond { get; init; }
    public required double TpcbPerSecond { get; init; }
    public required double Ratio { get; init; }
    public required bool Clean { get; init; }
    public required double TotalSeconds { get; init; }
    public required MachineFacts Machine { get; init; }
    public required IReadOnlyDictionary<string, string> PostgresSettings { get; init; }
    public required PaymentsOptions Options { get; init; }
    public required TpcBFigures Tpcb { get; init; }
    public required PrefillFigures Prefill { get; init; }
    public required FullLoadFigures FullLoad { get; init; }
    public required OpenLoopFigures OpenLoop { get; init; }
    public required CheckFigures Checks { get; init; }

    /// <summary>Null without one.</summary>
    public required string? BrokerVersion { get; init; }
}

/// <param name="Existing">Orders in the database before the measurement at full load.</param>
internal sealed record PrefillFigures(long Existing, double AcknowledgedPerSecond, GeneratorResult Generator);

/// <param name="Done">Payments fully done in the window: commit 2 of each lies in it; with a broker, the merchant's acknowledgement.</param>
/// <param name="CreatedToPaid">Of every one that was paid in the window, by the engine's clock.</param>
/// <param name="CreatedToTold">Of every one of which the merchant was told in the window; null without a broker.</param>
/// <param name="DrainSeconds">From the last submit until nothing was under way; null when that took too long.</param>
internal sealed record LoadFigures(
    long Done,
    double Seconds,
    double DonePerSecond,
    Latency CreatedToPaid,
    Latency? CreatedToTold,
    CostPerPayment Cost,
    GeneratorResult Generator,
    double? DrainSeconds)
{
    public double OtherProcessors => Cost.OtherCpuUs * DonePerSecond / 1e6;

    public bool Clean => DrainSeconds is not null && Generator.Faultless;
}

/// <param name="CheckpointSeconds">Null when the role may not issue one.</param>
internal sealed record FullLoadFigures(LoadFigures Load, double? CheckpointSeconds);

internal sealed record OpenLoopFigures(double OfferedPerSecond, LoadFigures Load);

/// <param name="Told">Null without a broker.</param>
internal sealed record CheckFigures(
    AcknowledgedFigures Acknowledged, JournalFigures Journal, ToldFigures? Told, AuditFigures Audit, bool EngineStoppedByItself, IReadOnlyList<string> EngineErrors)
{
    public bool Clean => Acknowledged.Clean && Journal.Clean && (Told is null or { Clean: true, CallbacksClean: true }) && Audit.Clean && EngineStoppedByItself && EngineErrors.Count == 0;
}
