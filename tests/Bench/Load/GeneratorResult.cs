namespace PaymentEngine.Bench.Load;

/// <summary>What one run of the generator saw; its only line of standard output, as JSON.</summary>
internal sealed record GeneratorResult
{
    /// <summary>Since the start of the measurement.</summary>
    public required double MeasuredSeconds { get; init; }
    public required long MeasuredAcknowledged { get; init; }
    public required long MeasuredBusy { get; init; }
    public required Latency Submit { get; init; }

    /// <summary>How long payments waited in the generator itself, for a free connection or for the CPU. Part of their latency.</summary>
    public required Latency Unsent { get; init; }
    public required Latency EndToEnd { get; init; }

    /// <summary>In the whole run.</summary>
    public required long Acknowledged { get; init; }
    public required long Reconnected { get; init; }
    public required long Refused { get; init; }
    public required string? FirstRefusal { get; init; }

    /// <summary>Still without an answer, or watched and not yet paid, when the patience at the end was over.</summary>
    public required int Unanswered { get; init; }
    public required int WatchedUnpaid { get; init; }

    public bool Faultless => Refused == 0 && Unanswered == 0 && WatchedUnpaid == 0;
}
