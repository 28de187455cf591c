using System.Numerics;

namespace PaymentEngine.Bench.Load;

/// <summary>Log-linear counts of microseconds: 128 buckets per power of two, so a percentile is off by under 1 %.</summary>
internal sealed class LatencyHistogram
{
    private const int SubBits = 7;
    private const int SubBuckets = 1 << SubBits;
    private const int HighestBit = 36; // 19 hours

    private readonly long[] _counts = new long[(HighestBit - SubBits + 2) * SubBuckets];
    private long _maxUs;

    public long Count { get; private set; }

    public void Record(long microseconds)
    {
        var value = Math.Clamp(microseconds, 0, (1L << HighestBit) - 1);
        _counts[IndexOf(value)]++;
        _maxUs = Math.Max(_maxUs, value);
        Count++;
    }

    public Latency Summary() => new(Count, Percentile(0.50), Percentile(0.99), Percentile(0.999), _maxUs / 1000.0);

    /// <summary>In milliseconds: the middle of the bucket in which the value of this rank lies.</summary>
    private double Percentile(double fraction)
    {
        var rank = Math.Max(1, (long)Math.Ceiling(Count * fraction));
        long seen = 0;
        for (var i = 0; i < _counts.Length; i++)
        {
            seen += _counts[i];
            if (seen >= rank)
                return Math.Min(MiddleOf(i), _maxUs) / 1000.0;
        }

        return 0;
    }

    // Below 2 × 128 a bucket is one microsecond wide; above, shifting leaves the leading 8 bits, 128 to 255.
    private static int IndexOf(long value)
    {
        var shift = ShiftOf(value);
        return shift * SubBuckets + (int)(value >> shift);
    }

    private static int ShiftOf(long value) => Math.Max(0, BitOperations.Log2((ulong)value | 1) - SubBits);

    private static double MiddleOf(int index)
    {
        var shift = Math.Max(0, index / SubBuckets - 1);
        var lowest = (long)(index - shift * SubBuckets) << shift;
        return lowest + ((1L << shift) - 1) / 2.0;
    }
}

/// <summary>Milliseconds.</summary>
internal sealed record Latency(long Count, double P50, double P99, double P999, double Max);
