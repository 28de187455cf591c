namespace PaymentEngine.Channels.Simulator;

/// <summary>
/// How long the institution takes, in two parts: until it executes, and from there until it answers. Between them lies
/// the moment at which a caller who stops waiting has paid without knowing it.
/// </summary>
internal readonly record struct BankLatency(int BeforeMs, int TotalMs)
{
    public static BankLatency Of(string number, SimulatorOptions options)
    {
        var print = Fingerprint.Of(number);
        var random = Fingerprint.Mix((ulong)print ^ Fingerprint.Mix(options.Seed));
        var spread = (uint)(options.MaxLatencyMs - options.MinLatencyMs + 1);
        var total = options.MinLatencyMs + (int)((uint)random % spread);

        // The institution's own work lies between a fifth and four fifths of the time.
        return new BankLatency(total * (20 + (int)((random >> 32) % 61)) / 100, total);
    }
}
