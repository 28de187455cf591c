using PaymentEngine.Ledger;
using PaymentEngine.Store.Commit;

namespace PaymentEngine.Store.Ledger;

internal static class EntryRows
{
    public static BulkRows<EntryRow> Table() => new BulkRows<EntryRow>()
        .Bigint(e => e.AccountId)
        .Bigint(e => e.Sequence)
        .Bigint(e => e.PostingId.Value)
        .Smallint(e => e.Leg)
        .Bigint(e => e.AmountMinor)
        .Bigint(e => e.Opening)
        .Bigint(e => e.Closing)
        .Text(e => e.Currency.Code);
}
