using PaymentEngine.Ledger.GeneralLedger;
using PaymentEngine.Store.GeneralLedger;

namespace PaymentEngine.Runtime.GeneralLedger;

/// <summary>Where finance reads the general ledger, and has redone what failed.</summary>
public sealed class GeneralLedgerDesk(GeneralLedgerStore store, ChartStore charts, FailureStore failures, VoucherStore vouchers)
{
    /// <summary>Of a list at once; the next page begins after its last.</summary>
    public const int PageSize = 100;

    public Task<Chart> ChartAsync(CancellationToken cancellation) => charts.ReadAsync(cancellation);

    /// <summary>One for each currency.</summary>
    public async Task<IReadOnlyList<TrialBalance>> TrialBalanceAsync(DateOnly day, CancellationToken cancellation) =>
        TrialBalance.Of(await charts.ReadAsync(cancellation), await store.MovementsAsync(day, cancellation));

    public async Task<IReadOnlyList<ReserveReport>> ReserveAsync(DateOnly day, CancellationToken cancellation) =>
        [.. (await TrialBalanceAsync(day, cancellation)).Select(ReserveReport.Of)];

    /// <param name="subject">Of any level; null for all.</param>
    public Task<VoucherPage> VouchersAsync(DateOnly day, long after, string? subject, CancellationToken cancellation) => subject is null
        ? store.VouchersAsync(day, after, PageSize, cancellation)
        : store.VouchersAsync(day, after, subject, PageSize, cancellation);

    public Task<StoredVoucher?> VoucherAsync(long postingId, CancellationToken cancellation) => store.VoucherAsync(postingId, cancellation);

    public Task<IReadOnlyList<VoucherFailure>> FailuresAsync(long after, CancellationToken cancellation) =>
        failures.ListAsync(after, PageSize, cancellation);

    public Task<VouchersMade> RedoAsync(string kind, CancellationToken cancellation) => vouchers.RedoAsync(kind, cancellation);

    /// <summary>Null when the posting is not among the failures.</summary>
    public Task<VouchersMade?> RedoAsync(long postingId, CancellationToken cancellation) => vouchers.RedoAsync(postingId, cancellation);
}
