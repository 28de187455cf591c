namespace PaymentEngine.Channels.Simulator;

/// <summary>
/// FNV-1a over UTF-16 code units, in 128 bits: stands for a number where millions are kept (16 bytes, nothing for the
/// collector to trace) and is the same in every process, so that latencies and references reproduce.
/// </summary>
internal static class Fingerprint
{
    private static readonly UInt128 Basis = new(0x6c62272e07bb0142, 0x62b821756295c58d);

    private static readonly UInt128 Prime = new(0x0000000001000000, 0x000000000000013B);

    public static UInt128 Of(ReadOnlySpan<char> text)
    {
        var print = Basis;
        foreach (var unit in text)
        {
            print = (print ^ unit) * Prime;
        }

        return print;
    }

    /// <summary>A bijection that spreads every bit over all others (the finalizer of SplitMix64).</summary>
    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
        value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
        return value ^ (value >> 31);
    }
}
