using PaymentEngine.Store.GeneralLedger;
using EngineDatabase = PaymentEngine.Store.Database;

namespace PaymentEngine.Tests.Support.Postgres;

/// <summary>Makes the vouchers of what a test has posted, as a node's pump would.</summary>
public static class VoucherHand
{
    private const string Waiting =
        """
        select count(*) from (select posting_id from entry union select posting_id from entry_pending) e
        where not exists (select from voucher v where v.posting_id = e.posting_id) and not exists (select from voucher_failure f where f.posting_id = e.posting_id)
        """;

    public static async Task MakeAllAsync(TestDatabase database)
    {
        await using var portions = EngineDatabase.ForCommits(database.ConnectionString);
        await using var reads = EngineDatabase.ForReads(database.ConnectionString);
        using var store = new VoucherStore(portions, reads, new ChartStore(reads));
        await Eventually.BecomesTrueAsync(
            async () =>
            {
                await store.TakeAsync(CancellationToken.None);
                return await database.ScalarAsync<long>(Waiting) == 0;
            },
            "every posting has its voucher");
    }
}
