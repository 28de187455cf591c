using PaymentEngine.Store.GeneralLedger;
using EngineDatabase = PaymentEngine.Store.Database;

namespace PaymentEngine.Tests.Support.Postgres;

/// <summary>Makes the vouchers of what a test has posted, as a node's pump would.</summary>
public static class VoucherHand
{
    /// <summary>Entries of an older version do not say what they are of.</summary>
    private const string Name =
        """
        do $$
        declare partition regclass;
        begin
            for partition in select inhrelid::regclass from pg_inherits where inhparent = 'entry'::regclass loop
                if exists (select from entry e where e.tableoid = partition and e.tx is null) then
                    execute format('alter table %s disable trigger final', partition);
                    execute format(
                        'update %s e set tx = pg_current_xact_id()::text::bigint, order_id = p.order_id, kind = p.kind
                         from posting p where p.id = e.posting_id and p.posting_date = e.posting_date and e.tx is null', partition);
                    execute format('alter table %s enable trigger final', partition);
                end if;
            end loop;
        end
        $$
        """;

    private const string Waiting =
        """
        select count(*) from (select posting_id from entry union select posting_id from entry_pending) e
        where not exists (select from voucher v where v.posting_id = e.posting_id) and not exists (select from voucher_failure f where f.posting_id = e.posting_id)
        """;

    public static Task NameEntriesAsync(TestDatabase database) => database.ExecuteAsync(Name);

    public static async Task MakeAllAsync(TestDatabase database)
    {
        await NameEntriesAsync(database);
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
