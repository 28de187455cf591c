using PaymentEngine.Core;

namespace PaymentEngine.Ledger.GeneralLedger;

/// <summary>What moved on a subject of the third level before a day and on it, in minor units.</summary>
public sealed record SubjectMovement(
    string Subject, Currency Currency, long DebitBefore, long CreditBefore, long Debit, long Credit);
