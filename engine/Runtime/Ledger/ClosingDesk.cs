using PaymentEngine.Store.Closing;
using PaymentEngine.Store.GeneralLedger;

namespace PaymentEngine.Runtime.Ledger;

/// <summary>Closes days that are over: first every posting has its voucher, then the day is looked at as a whole.</summary>
public sealed class ClosingDesk(DayCloser closer, VoucherStore vouchers)
{
    /// <summary>The next day's turn, if there is one.</summary>
    public async Task<(DateOnly Day, ClosingResult Result)?> CloseNextAsync(string actor, CancellationToken cancellation) =>
        await closer.NextAsync(cancellation) is { } day ? (day, await CloseAsync(day, actor, [], null, cancellation)) : null;

    /// <param name="accepted">What a person lets pass.</param>
    public async Task<ClosingResult> CloseAsync(
        DateOnly day, string actor, IReadOnlyCollection<ClosingRefusal> accepted, string? remark, CancellationToken cancellation)
    {
        await closer.DrainAsync(day, cancellation);
        await vouchers.MissingAsync(day, cancellation);
        return await closer.CloseAsync(day, actor, accepted, remark, cancellation);
    }
}
