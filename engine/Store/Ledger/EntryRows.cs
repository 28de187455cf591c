using PaymentEngine.Ledger;
using PaymentEngine.Store.Commit;

namespace PaymentEngine.Store.Ledger;

/// <summary>Entries as columns: on their rows, and in the buffer.</summary>
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
        .Text(e => e.Currency.Code)
        .Bigint(e => e.Order.Value)
        .Text(e => e.Kind.StoredName());

    public static BulkRows<EntryRow> Buffered() => new BulkRows<EntryRow>()
        .Bigint(e => e.AccountId)
        .Bigint(e => e.PostingId.Value)
        .Smallint(e => e.Leg)
        .Bigint(e => e.AmountMinor)
        .Text(e => e.Currency.Code)
        .Bigint(e => e.Order.Value)
        .Text(e => e.Kind.StoredName());
}
