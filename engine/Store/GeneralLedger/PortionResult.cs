namespace PaymentEngine.Store.GeneralLedger;

/// <summary>What came of an attempt to make the next vouchers.</summary>
public abstract record PortionResult
{
    private PortionResult()
    {
    }

    /// <summary>Another node makes them.</summary>
    public sealed record Busy : PortionResult
    {
        public static readonly Busy Instance = new();
    }

    /// <summary>Every posting below the horizon has its voucher.</summary>
    /// <param name="Horizon">The first transaction that still runs.</param>
    /// <param name="Newest">The next one to begin; what lies between waits for the first.</param>
    public sealed record Idle(long Horizon, long Newest) : PortionResult;

    /// <summary>The database counts its transactions anew; each open day has to be asked for what is missing.</summary>
    public sealed record Restored(IReadOnlyList<DateOnly> OpenDays) : PortionResult;

    /// <param name="IsMore">There were more than fit into one portion.</param>
    public sealed record Made(int Vouchers, int Failures, int Legs, bool IsMore) : PortionResult;
}

/// <summary>What became of postings that were asked for by name.</summary>
public sealed record VouchersMade(int Vouchers, int Failures);

/// <param name="Open">Postings of the day that have no voucher yet.</param>
/// <param name="Failed">Postings of which none can be made before somebody mends something.</param>
public sealed record VoucherBacklog(long Open, long Failed);
