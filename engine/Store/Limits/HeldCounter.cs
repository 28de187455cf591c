using PaymentEngine.Core.Units;

namespace PaymentEngine.Store.Limits;

/// <summary>
/// A counter as far as a transaction has locked it: the lane's own portion, or all of them. Whoever has all knows what
/// is left; whoever has one knows only that what fits into its share fits, since the shares add up to the limit.
/// </summary>
/// <param name="own">The portion that this lane takes of, and returns to: which one it is makes no difference to the sum.</param>
internal sealed class HeldCounter(long id, int portions, int own)
{
    private readonly List<LimitPortion> _held = new(1);
    private LimitPortion? _own;

    public long Id => id;

    public IReadOnlyList<LimitPortion> Held => _held;

    /// <summary>The limit when the shares were dealt.</summary>
    public long? MostAmount { get; private set; }

    public long? MostCount { get; private set; }

    public bool IsChanged { get; private set; }

    public bool IsWhole => _held.Count == portions;

    private LimitPortion Own => _own ?? throw new InvalidOperationException($"portion {own} of limit counter {id} is not there");

    public void Hold(LimitPortion portion, long? mostAmount, long? mostCount)
    {
        // It is read twice when the batch both takes of it and returns to it.
        if (!_held.Exists(held => held.Number == portion.Number))
        {
            _held.Add(portion);
            _own = portion.Number == own ? portion : _own;
            (MostAmount, MostCount) = (mostAmount, mostCount);
        }
    }

    /// <summary>Whether one more order of this amount fits; null when only the whole counter can tell.</summary>
    public bool? Fits(long amount, LimitClaim claim)
    {
        if (!IsWhole)
        {
            // Shares of another limit than the claim's say nothing: operations have changed it since.
            return claim.MostAmount == MostAmount && claim.MostCount == MostCount && Own.HasRoomFor(amount) ? true : null;
        }

        IsChanged |= claim.MostAmount != MostAmount || claim.MostCount != MostCount;
        (MostAmount, MostCount) = (claim.MostAmount, claim.MostCount);
        return !(amount > claim.MostAmount - AmountUsed()) && !(CountUsed() >= claim.MostCount);
    }

    public void Take(long amount, int count)
    {
        Own.AmountUsed += amount;
        Own.CountUsed += count;
        IsChanged = true;
    }

    /// <summary>
    /// What comes back belongs to the whole, not to this share: of a limit that is exceeded, because it was lowered or
    /// because of late successes, it leaves no room. Whoever deals next hands it out.
    /// </summary>
    public void Return(long amount, int count)
    {
        Own.AmountShare -= amount;
        Own.CountShare -= count;
        Take(-amount, -count);
    }

    /// <summary>Hands out what is left in even shares, when all of it is held.</summary>
    public void Deal()
    {
        if (!IsWhole)
        {
            return;
        }

        var (amount, count) = (MostAmount - AmountUsed(), MostCount - CountUsed());
        foreach (var portion in _held)
        {
            portion.AmountShare = portion.AmountUsed + PartOf(amount, portion);
            portion.CountShare = portion.CountUsed + PartOf(count, portion);
        }
    }

    /// <summary>What cannot be divided is for whoever deals. Of a limit that is exceeded nothing is left.</summary>
    private long? PartOf(long? rest, LimitPortion portion) => rest switch
    {
        null => null,
        <= 0 => 0,
        { } left => (left / portions) + (portion.Number == own ? left % portions : 0),
    };

    private long AmountUsed()
    {
        var sum = 0L;
        foreach (var portion in _held)
        {
            sum += portion.AmountUsed;
        }

        return sum;
    }

    private long CountUsed()
    {
        var sum = 0L;
        foreach (var portion in _held)
        {
            sum += portion.CountUsed;
        }

        return sum;
    }
}
