using PaymentEngine.Core;

namespace PaymentEngine.Ledger.GeneralLedger;

/// <summary>What a posting moved on an account, booked or still in its buffer. Credits are positive.</summary>
/// <param name="AccountKind">As it is stored: ChannelReceivable.</param>
/// <param name="Subject">On which its account hangs.</param>
public readonly record struct PostedLeg(short Leg, string AccountKind, string Subject, long AmountMinor, Currency Currency);

/// <summary>A posting of which a voucher is to be made, whole.</summary>
/// <param name="Kind">What happened: Payment, Refund, Transfer …</param>
/// <param name="Order">Null for what belongs to no order.</param>
/// <param name="Legs">None where it moved money only between the rows of one account.</param>
public sealed record PostedLegs(long PostingId, string Kind, long? Order, IReadOnlyList<PostedLeg> Legs);
