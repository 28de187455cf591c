using PaymentEngine.Core;

namespace PaymentEngine.Ledger;

/// <summary>
/// One change of one account (A2): its opening is the closing of the sequence before, its closing is opening plus amount.
/// </summary>
public readonly record struct EntryRow(
    long AccountId,
    long Sequence,
    OrderId PostingId,
    short Leg,
    long AmountMinor,
    long Opening,
    long Closing,
    Currency Currency);
