namespace PaymentEngine.Bench.Load;

/// <summary>What one run of the generator does; the first line of its standard input, as JSON.</summary>
internal sealed record GeneratorOptions
{
    public required string Address { get; init; }
    public required string ApiKey { get; init; }

    /// <summary>Keys and order numbers begin with it; two runs on one database need two names.</summary>
    public required string RunName { get; init; }

    public required int Connections { get; init; }

    /// <summary>The trade numbers that the engine acknowledged, one per line.</summary>
    public required string AcknowledgedPath { get; init; }

    /// <summary>Open loop at this rate; closed loop when absent.</summary>
    public double? PerSecond { get; init; }

    /// <summary>The closed loop ends by itself after as many payments.</summary>
    public long Count { get; init; } = long.MaxValue;

    /// <summary>Where the merchant wants to be told; he is not when absent.</summary>
    public string? NotifyUrl { get; init; }

    /// <summary>Six digits follow.</summary>
    public string PayerAccount { get; init; } = "6222020000";

    public IReadOnlyList<string> Methods { get; init; } = ["quick", "online_banking", "wallet"];

    /// <summary>How long a payment waits after an answer 503 before the same request is sent again.</summary>
    public int RetryPauseMs { get; init; } = 50;

    /// <summary>Every so many acknowledged trades one is polled until it is paid; 0 for none.</summary>
    public int WatchEvery { get; init; }

    public int WatchConnections { get; init; } = 8;
}
