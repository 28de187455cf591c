using PaymentEngine.Core.Accounting;

namespace PaymentEngine.Runtime.Ledger;

/// <summary>Where postings of their own are asked for.</summary>
public interface ILedgerDesk
{
    Task<LedgerResult> PostAsync(LedgerRequest request, CancellationToken cancellation);
}
