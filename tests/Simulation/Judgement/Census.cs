namespace PaymentEngine.Tests.Simulation.Judgement;

/// <summary>What came up in many runs, so that one can see whether they are worth running. Runs add to it one at a time.</summary>
internal sealed class Census
{
    private readonly SortedDictionary<string, int> _work = [];

    public int Trades { get; private set; }

    public int Payments { get; private set; }

    public int Refunds { get; private set; }

    public int Voids { get; private set; }

    public int MerchantRefunds { get; private set; }

    public int Reroutes { get; private set; }

    public int Resends { get; private set; }

    /// <summary>Money that moved after the institution had said that it never would, without another word: for the statement (R3).</summary>
    public int SilentContradictions { get; private set; }

    public IReadOnlyDictionary<string, int> Work => _work;

    public void CountSilentContradiction() => SilentContradictions++;

    public void CountWork(string reason) => _work[reason] = _work.GetValueOrDefault(reason) + 1;

    public void Count(World world)
    {
        foreach (var family in world.Store.Families)
        {
            Trades++;
            Payments += family.Payments.Count;
            Refunds += family.Payments.Count(payment => payment.IsRefund && payment.Terms is null);
            Voids += family.Payments.Count(payment => payment.Terms?.Kind == RefundKind.Void);
            MerchantRefunds += family.Payments.Count(payment => payment.Terms?.Kind == RefundKind.Refund);
            Reroutes += family.InstitutionOrders.Count - family.Instructions.Count;
            Resends += family.InstitutionOrders.Sum(order => Math.Max(0, order.Sends - 1));
        }
    }

    public void Add(Census other)
    {
        Trades += other.Trades;
        Payments += other.Payments;
        Refunds += other.Refunds;
        Voids += other.Voids;
        MerchantRefunds += other.MerchantRefunds;
        Reroutes += other.Reroutes;
        Resends += other.Resends;
        SilentContradictions += other.SilentContradictions;
        foreach (var (reason, count) in other._work)
        {
            _work[reason] = _work.GetValueOrDefault(reason) + count;
        }
    }
}
