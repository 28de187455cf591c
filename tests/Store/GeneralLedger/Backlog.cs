namespace PaymentEngine.Tests.Store.GeneralLedger;

/// <summary>Postings as a busy committer leaves them: hundreds in one transaction. Their chains are not those of real accounts.</summary>
internal static class Backlog
{
    private const string Batch =
        """
        insert into entry (account_id, sequence, posting_id, leg, amount_minor, opening, closing, currency, posting_date, order_id, kind, tx)
        select a.id, $1 + p, $1 + p, l.leg, l.amount, 0, l.amount, 'CNY', $3, $1 + p, 'Payment', pg_current_xact_id()::text::bigint
        from generate_series(1, $2) as p
        cross join (values (0, '1122.01.101.CNY', -8800), (1, '2241.01.M1001.CNY', 8747), (2, '6021.01.CNY', 53)) as l (leg, number, amount)
        join account a on a.number = l.number
        """;

    public static async Task MakeAsync(LedgerHand books, int transactions, int postingsOfEach)
    {
        for (var i = 0; i < transactions; i++)
        {
            await books.Database.ExecuteAsync(Batch, 1_000_000_000L + ((long)i * postingsOfEach), postingsOfEach, LedgerHand.Today);
        }
    }
}
