using PaymentEngine.Core;

namespace PaymentEngine.Ledger.GeneralLedger;

/// <summary>
/// What lies in our keeping at the end of a day, and what covers it (备付金), in one currency. Customers' money is covered
/// when the difference is not negative.
/// </summary>
/// <param name="Lines">The subjects of the third level that are held or owed.</param>
public sealed record ReserveReport(Currency Currency, IReadOnlyList<TrialBalanceLine> Lines, Money Held, Money Owed)
{
    public Money Difference => Held - Owed;

    public static ReserveReport Of(TrialBalance balance)
    {
        var lines = balance.Lines.Where(line => line.Subject is { Level: Subject.LevelOfAccounts, Reserve: not null }).ToList();
        return new ReserveReport(balance.Currency, lines, Sum(ReserveRole.Held, LedgerSide.Debit), Sum(ReserveRole.Owed, LedgerSide.Credit));

        Money Sum(ReserveRole role, LedgerSide side) => lines
            .Where(line => line.Subject.Reserve == role)
            .Aggregate(Money.Zero(balance.Currency), (sum, line) => line.Subject.Side == side ? sum + line.Closing : sum - line.Closing);
    }
}
