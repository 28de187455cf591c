namespace PaymentEngine.Core.Accounting;

/// <summary>A payment as the ledger has it, and the day which the ledger is in: whoever gives it back has to know both.</summary>
/// <param name="Fee">What was taken of it, whatever the merchant's rule says by now.</param>
public sealed record BookedPayment(DateOnly PostingDate, Money Fee, DateOnly LedgerDay);
