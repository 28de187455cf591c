using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;

namespace PaymentEngine.Ledger;

/// <summary>
/// One change of one account (A2): its opening is the closing of the sequence before, its closing is opening plus amount.
/// One that went into the buffer has neither yet, and no sequence.
/// </summary>
/// <param name="Order">The order of which it is; on a transit account the one whose open item it changes.</param>
public readonly record struct EntryRow(
    long AccountId,
    long Sequence,
    OrderId PostingId,
    short Leg,
    long AmountMinor,
    long Opening,
    long Closing,
    Currency Currency,
    OrderId Order,
    PostingKind Kind);
