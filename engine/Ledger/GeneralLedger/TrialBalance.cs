using PaymentEngine.Core;

namespace PaymentEngine.Ledger.GeneralLedger;

/// <summary>The balances of a day in one currency: each subject with all that is below it, and totals in which debits are credits.</summary>
public sealed record TrialBalance(Currency Currency, IReadOnlyList<TrialBalanceLine> Lines, TrialBalanceTotals Totals)
{
    /// <param name="movements">Of subjects of the third level.</param>
    public static IReadOnlyList<TrialBalance> Of(Chart chart, IReadOnlyList<SubjectMovement> movements) =>
    [
        .. movements.GroupBy(movement => movement.Currency)
            .OrderBy(ofCurrency => ofCurrency.Key.Code, StringComparer.Ordinal)
            .Select(ofCurrency => Of(chart, ofCurrency.Key, [.. ofCurrency])),
    ];

    private static TrialBalance Of(Chart chart, Currency currency, SubjectMovement[] movements)
    {
        var lines = new List<TrialBalanceLine>();
        foreach (var subject in chart.Subjects)
        {
            var below = movements.Where(movement => movement.Subject.StartsWith(subject.Code, StringComparison.Ordinal)).ToArray();
            if (below.Length > 0)
            {
                lines.Add(LineOf(subject, currency, below));
            }
        }

        return new TrialBalance(currency, lines, TrialBalanceTotals.Of(currency, lines));
    }

    private static TrialBalanceLine LineOf(Subject subject, Currency currency, SubjectMovement[] below)
    {
        checked
        {
            var sign = subject.Side == LedgerSide.Debit ? 1 : -1;
            var opening = sign * below.Sum(movement => movement.DebitBefore - movement.CreditBefore);
            var (debit, credit) = (below.Sum(movement => movement.Debit), below.Sum(movement => movement.Credit));
            return new TrialBalanceLine(
                subject, Of(opening), Of(debit), Of(credit), Of(opening + (sign * (debit - credit))));
        }

        Money Of(long minor) => new(minor, currency);
    }
}

/// <summary>Opening and closing are on the side of the subject: negative when it stands on the other.</summary>
public sealed record TrialBalanceLine(Subject Subject, Money Opening, Money Debit, Money Credit, Money Closing);

/// <summary>Over the subjects of the third level, each on the side where it stands.</summary>
public sealed record TrialBalanceTotals(
    Money OpeningDebit, Money OpeningCredit, Money Debit, Money Credit, Money ClosingDebit, Money ClosingCredit)
{
    public bool AreBalanced => OpeningDebit == OpeningCredit && Debit == Credit && ClosingDebit == ClosingCredit;

    internal static TrialBalanceTotals Of(Currency currency, IReadOnlyList<TrialBalanceLine> lines)
    {
        var totals = new long[6];
        foreach (var line in lines.Where(line => line.Subject.Level == Subject.LevelOfAccounts))
        {
            checked
            {
                Stand(line.Subject, line.Opening.Minor, ref totals[0], ref totals[1]);
                totals[2] += line.Debit.Minor;
                totals[3] += line.Credit.Minor;
                Stand(line.Subject, line.Closing.Minor, ref totals[4], ref totals[5]);
            }
        }

        return new TrialBalanceTotals(Of(0), Of(1), Of(2), Of(3), Of(4), Of(5));

        Money Of(int total) => new(totals[total], currency);
    }

    private static void Stand(Subject subject, long balance, ref long debit, ref long credit)
    {
        var onDebit = (subject.Side == LedgerSide.Debit) == (balance >= 0);
        _ = checked(onDebit ? debit += Math.Abs(balance) : credit += Math.Abs(balance));
    }
}
