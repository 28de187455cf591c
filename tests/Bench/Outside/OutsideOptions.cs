namespace PaymentEngine.Bench.Outside;

/// <summary>What the world around the engine is like; the first line of the process's standard input, as JSON.</summary>
internal sealed record OutsideOptions
{
    public required int Port { get; init; }

    public required string EngineAddress { get; init; }

    /// <summary>What the institution and the engine sign with.</summary>
    public required string Secret { get; init; }

    /// <summary>Accepts at once and tells the result by callback; otherwise the answer is the result.</summary>
    public required bool CallsBack { get; init; }

    public required string JournalPath { get; init; }

    /// <summary>The trades of which the merchant was told.</summary>
    public required string ToldPath { get; init; }

    public int CallbackConnections { get; init; } = 256;
}
