namespace PaymentEngine.Ledger.GeneralLedger;

/// <summary>What the legs of one currency add up to, by kind of account. Made once and filled again for each posting.</summary>
internal sealed class LegSums(int kinds)
{
    private readonly long[] _debited = new long[kinds];
    private readonly long[] _credited = new long[kinds];

    public long Total { get; private set; }

    public long Debited(int kind) => _debited[kind];

    public long Credited(int kind) => _credited[kind];

    public long Signed(int kind) => _credited[kind] - _debited[kind];

    public void Clear()
    {
        Array.Clear(_debited);
        Array.Clear(_credited);
        Total = 0;
    }

    public void Add(int kind, long amount)
    {
        checked
        {
            if (amount < 0)
            {
                _debited[kind] += -amount;
            }
            else
            {
                _credited[kind] += amount;
                Total += amount;
            }
        }
    }
}
