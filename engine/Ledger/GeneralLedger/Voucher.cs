using PaymentEngine.Core;

namespace PaymentEngine.Ledger.GeneralLedger;

/// <summary>A posting as the general ledger has it: debits and credits of subjects, in balance; none of either where it moved nothing between accounts.</summary>
/// <param name="TemplateVersion">Null when each leg became a line.</param>
public sealed record Voucher(PostedLegs Posting, int? TemplateVersion, IReadOnlyList<VoucherLine> Lines);

public readonly record struct VoucherLine(LedgerSide Side, string Subject, Money Amount, string? Summary)
{
    /// <summary>As the ledger signs it: credits are positive.</summary>
    public long SignedMinor => Side == LedgerSide.Credit ? Amount.Minor : -Amount.Minor;
}

/// <summary>What came of a posting: a voucher, or the reason why there is none yet.</summary>
public abstract record VoucherResult
{
    private VoucherResult()
    {
    }

    public sealed record Made(Voucher Voucher) : VoucherResult;

    public sealed record Fault(PostedLegs Posting, string Reason) : VoucherResult;
}
