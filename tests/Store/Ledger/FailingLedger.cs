using PaymentEngine.Core.Accounting;
using PaymentEngine.Runtime.Ledger;

namespace PaymentEngine.Tests.Store.Ledger;

/// <summary>Dies, is away, or takes its time, when the test says so.</summary>
internal sealed class FailingLedger(ILedgerDesk ledger) : ILedgerDesk
{
    private int _times;

    public bool DiesBefore { get; init; }

    public bool DiesAfter { get; init; }

    public bool IsAway { get; init; }

    /// <summary>It answers when this is set.</summary>
    public TaskCompletionSource? Waits { get; init; }

    public TaskCompletionSource Asked { get; } = new();

    public int Times => _times;

    public async Task<LedgerResult> PostAsync(LedgerRequest request, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _times);
        Asked.TrySetResult();
        if (DiesBefore)
        {
            throw new LedgerDiedException();
        }

        if (IsAway)
        {
            return new LedgerResult.Unavailable("it is away");
        }

        await (Waits?.Task ?? Task.CompletedTask);
        var result = await ledger.PostAsync(request, cancellation);
        return DiesAfter ? throw new LedgerDiedException() : result;
    }
}

internal sealed class LedgerDiedException : Exception;
