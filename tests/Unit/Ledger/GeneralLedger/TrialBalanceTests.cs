using PaymentEngine.Core;
using PaymentEngine.Ledger.GeneralLedger;
using Xunit;

namespace PaymentEngine.Tests.Unit.Ledger.GeneralLedger;

/// <summary>The reports of a day are sums of what moved, and nothing else.</summary>
[Trait("Rule", "A8")]
public sealed class TrialBalanceTests
{
    private static readonly Currency Cny = Currency.Parse("CNY");

    private static readonly SubjectMovement[] Movements =
    [
        new(Charts.Receivable, Cny, 100_00, 40_00, 88_00, 0),
        new(Charts.Merchants, Cny, 10_00, 60_00, 5_00, 87_47),
        new(Charts.Members, Cny, 0, 9_00, 0, 5_00),
        new(Charts.Fees, Cny, 0, 1_00, 0, 53),
    ];

    [Fact]
    public void each_subject_has_what_is_below_it_on_its_own_side_A8() => Assert.Equal(
        [
            "1122 60.00 88.00 0.00 148.00", "1122.01 60.00 88.00 0.00 148.00", "1122.01.01 60.00 88.00 0.00 148.00",
            "2241 59.00 5.00 92.47 146.47", "2241.01 59.00 5.00 92.47 146.47", "2241.01.01 50.00 5.00 87.47 132.47", "2241.01.02 9.00 0.00 5.00 14.00",
            "6021 1.00 0.00 0.53 1.53", "6021.01 1.00 0.00 0.53 1.53", "6021.01.01 1.00 0.00 0.53 1.53",
        ],
        Balance(Movements).Lines.Select(line => $"{line.Subject.Code} {line.Opening} {line.Debit} {line.Credit} {line.Closing}"));

    [Fact]
    public void debits_are_credits_in_all_totals_A8()
    {
        var totals = Balance(Movements).Totals;
        Assert.Equal(
            ("60.00", "60.00", "93.00", "93.00", "148.00", "148.00", true),
            ($"{totals.OpeningDebit}", $"{totals.OpeningCredit}", $"{totals.Debit}", $"{totals.Credit}", $"{totals.ClosingDebit}", $"{totals.ClosingCredit}", totals.AreBalanced));
        Assert.False(Balance([.. Movements.Skip(1)]).Totals.AreBalanced);
    }

    /// <summary>A merchant account with a credit line may owe us.</summary>
    [Fact]
    public void what_stands_on_the_other_side_is_negative_and_counts_there_A8()
    {
        var balance = Balance([new(Charts.Merchants, Cny, 0, 0, 7_00, 0), new(Charts.Fees, Cny, 0, 0, 0, 7_00)]);
        Assert.Equal("-7.00", balance.Lines.Single(line => line.Subject.Code == Charts.Merchants).Closing.ToString());
        Assert.Equal(("7.00", "7.00"), ($"{balance.Totals.ClosingDebit}", $"{balance.Totals.ClosingCredit}"));
    }

    [Fact]
    public void each_currency_has_a_balance_of_its_own_A8() => Assert.Equal(
        ["CNY", "JPY"],
        TrialBalance.Of(Charts.Some, [Movements[0] with { Currency = Currency.Parse("JPY") }, .. Movements]).Select(balance => balance.Currency.Code));

    [Fact]
    public void the_reserve_is_what_is_held_against_what_is_owed_A8()
    {
        var chart = new Chart(
            [.. Charts.Some.Subjects.Select(subject => subject with
            {
                Reserve = subject.Code.StartsWith("1122.01", StringComparison.Ordinal) ? ReserveRole.Held
                    : subject.Code.StartsWith("2241.01", StringComparison.Ordinal) ? ReserveRole.Owed : null,
            })],
            Charts.Some.AccountKinds);

        var report = ReserveReport.Of(TrialBalance.Of(chart, Movements)[0]);

        Assert.Equal(("148.00", "146.47", "1.53"), ($"{report.Held}", $"{report.Owed}", $"{report.Difference}"));
        Assert.Equal([Charts.Receivable, Charts.Merchants, Charts.Members], report.Lines.Select(line => line.Subject.Code));
    }

    private static TrialBalance Balance(SubjectMovement[] movements) => TrialBalance.Of(Charts.Some, movements)[0];
}
