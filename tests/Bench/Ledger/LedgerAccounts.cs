using Npgsql;
using PaymentEngine.Bench.Cluster;
using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Runtime.Ledger;

namespace PaymentEngine.Bench.Ledger;

/// <summary>Ten thousand payers, a hundred merchants of which few are chosen often, a fee account, ten partners.</summary>
internal sealed class LedgerAccounts
{
    private const int Payers = 10_000;
    private const int Merchants = 100;
    private const int Partners = 10;
    private const int FundedAtOnce = 1_000;
    private const long Funds = 1_000_000_000_00;

    private static readonly Currency Cny = Currency.Parse("CNY");

    /// <summary>Of a heavy tail: the n-th merchant is chosen in proportion to 1/n.</summary>
    private readonly double[] _cumulated = new double[Merchants];

    public LedgerAccounts()
    {
        var sum = 0.0;
        for (var i = 0; i < Merchants; i++)
        {
            _cumulated[i] = sum += 1.0 / (i + 1);
        }
    }

    public static async Task OpenAsync(NpgsqlDataSource database, ILedgerDesk desk, CancellationToken cancellation)
    {
        await database.ExecuteAsync("ledger-accounts", [Payers, Merchants, Partners], cancellation);
        for (var from = 0; from < Payers; from += FundedAtOnce)
        {
            RequestedLeg[] legs =
            [
                new("bench-bank", new Money(-Funds * FundedAtOnce, Cny)),
                .. Enumerable.Range(from + 1, FundedAtOnce).Select(payer => new RequestedLeg($"bench-payer-{payer}", new Money(Funds, Cny))),
            ];
            if (await desk.PostAsync(new LedgerRequest($"bench-funds-{from}", PostingKind.TopUp, legs), cancellation) is not LedgerResult.Posted)
            {
                throw new InvalidOperationException("the payers could not be funded");
            }
        }
    }

    public LedgerRequest Next(long serial, Random random)
    {
        var merchant = Array.BinarySearch(_cumulated, random.NextDouble() * _cumulated[^1]);
        merchant = merchant < 0 ? ~merchant : merchant;
        return new LedgerRequest(
            $"bench-{serial}",
            PostingKind.Transfer,
            [
                Leg($"bench-payer-{random.Next(Payers) + 1}", -10_000),
                Leg($"bench-merchant-{merchant + 1}", 9_800),
                Leg("bench-fees", 100),
                Leg($"bench-partner-{random.Next(Partners) + 1}", 100),
            ]);
    }

    private static RequestedLeg Leg(string account, long minor) => new(account, new Money(minor, Cny));
}
