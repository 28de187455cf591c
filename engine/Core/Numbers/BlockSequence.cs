namespace PaymentEngine.Core;

/// <summary>
/// Hands out numbers of blocks that were reserved elsewhere, so that nodes need no round trip per number and still
/// never share one (O10). Each number of a block goes out at most once; a block that a node loses, by a restart or by
/// <see cref="MaximumBlocks"/>, leaves a gap and is never handed out again. Taking is lock-free, adding is not.
/// </summary>
public sealed class BlockSequence
{
    /// <summary>
    /// Takers of several numbers pass over a block that has too few left. When such leftovers pile up, the shortest is
    /// given up, so that finding a block stays a short walk.
    /// </summary>
    public const int MaximumBlocks = 64;

    private readonly Lock _adding = new();
    private volatile Block[] _blocks = [];

    /// <summary>How many numbers are left in all blocks, which is exact only while nobody takes any.</summary>
    public long Remaining
    {
        get
        {
            var remaining = 0L;
            foreach (var block in _blocks)
            {
                remaining += block.Remaining;
            }

            return remaining;
        }
    }

    public bool TryNext(out long value) => TryTake(1, out value);

    /// <summary>Takes <paramref name="count"/> numbers in a row, from one block, or nothing.</summary>
    public bool TryTake(int count, out long first)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        foreach (var block in _blocks)
        {
            if (block.TryTake(count, out first))
            {
                return true;
            }
        }

        first = 0;
        return false;
    }

    /// <summary>Appends the numbers from <paramref name="from"/> up to but not including <paramref name="to"/>.</summary>
    public void Add(long from, long to)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(to, from);
        lock (_adding)
        {
            if (_blocks.Any(block => block.From < to && from < block.To))
            {
                throw new ArgumentException($"The block [{from}, {to}) overlaps one that is here already.");
            }

            var held = _blocks.Where(block => block.Remaining > 0).Append(new Block(from, to)).ToList();
            if (held.Count > MaximumBlocks)
            {
                held.Remove(held.MinBy(block => block.Remaining)!);
            }

            _blocks = [.. held];
        }
    }

    private sealed class Block(long from, long to)
    {
        private long _next = from;

        public long From { get; } = from;

        public long To { get; } = to;

        public long Remaining => To - Volatile.Read(ref _next);

        public bool TryTake(int count, out long first)
        {
            // Compare and swap, not an addition: what does not fit must leave the block as it is.
            first = Volatile.Read(ref _next);
            while (To - first >= count)
            {
                var seen = Interlocked.CompareExchange(ref _next, first + count, first);
                if (seen == first)
                {
                    return true;
                }

                first = seen;
            }

            first = 0;
            return false;
        }
    }
}
