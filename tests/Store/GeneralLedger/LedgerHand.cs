using Npgsql;
using PaymentEngine.Ledger.GeneralLedger;
using PaymentEngine.Store.Audit;
using PaymentEngine.Store.GeneralLedger;
using PaymentEngine.Tests.Support;
using PaymentEngine.Tests.Support.Postgres;
using Xunit;
using EngineDatabase = PaymentEngine.Store.Database;

namespace PaymentEngine.Tests.Store.GeneralLedger;

/// <summary>
/// Books of a test's own, whose postings the test makes by hand: in which transaction, on which day, booked or buffered.
/// At the end everything that the audit says of vouchers must be true of them.
/// </summary>
internal sealed class LedgerHand : IAsyncDisposable
{
    public const string Receivable = "1122.01.101.CNY";
    public const string Merchant = "2241.01.M1001.CNY";
    public const string Fees = "6021.01.CNY";
    public const string Suspense = "2241.09.CNY";

    private const string Post =
        """
        with legs as (select * from unnest($1::text[], $2::bigint[]) with ordinality as u (number, amount, leg)),
        written as (
            insert into entry (account_id, sequence, posting_id, leg, amount_minor, opening, closing, currency, posting_date, order_id, kind, tx)
            select a.id, a.sequence + 1, $3, l.leg - 1, l.amount, a.balance, a.balance + l.amount, a.currency, $4, $3 + 1, $5, pg_current_xact_id()::text::bigint
            from legs l join account a on a.number = l.number
        )
        update account a set balance = a.balance + l.amount, sequence = a.sequence + 1 from legs l where a.number = l.number
        """;

    private static readonly string[] OfVouchers = ["every posting of a closed day", "every voucher", "the vouchers of a day", "the sums of a day", "ledger and general"];

    private static long _ids = 1L << 40;

    private readonly List<VoucherStore> _stores = [];
    private readonly List<NpgsqlDataSource> _sources = [];

    private LedgerHand(TestDatabase database) => Database = database;

    public TestDatabase Database { get; }

    public static DateOnly Today => TestDatabase.Today;

    public static async Task<LedgerHand> OpenAsync()
    {
        var hand = new LedgerHand(await TestDatabase.CreateAsync());
        await hand.Database.ExecuteAsync("update account set floor = -4611686018427387904");
        return hand;
    }

    /// <summary>As every node has one.</summary>
    public VoucherStore Store()
    {
        var (portions, reads) = (EngineDatabase.ForCommits(Database.ConnectionString), EngineDatabase.ForReads(Database.ConnectionString));
        _sources.AddRange([portions, reads]);
        var store = new VoucherStore(portions, reads, new ChartStore(reads));
        _stores.Add(store);
        return store;
    }

    public GeneralLedgerStore Reports() => new(Database.Sql);

    /// <summary>88.00 arrived, of which 0.53 are ours; in a transaction of its own.</summary>
    public Task<long> PayAsync(string kind = "Payment") => PostAsync(kind, (Receivable, -88_00), (Merchant, 87_47), (Fees, 53));

    public async Task<long> PostAsync(string kind, params (string Account, long Minor)[] legs)
    {
        await using var connection = await Database.Sql.OpenConnectionAsync();
        return await PostAsync(connection, Today, kind, legs);
    }

    /// <summary>In whatever transaction the connection is.</summary>
    public static async Task<long> PostAsync(NpgsqlConnection connection, DateOnly day, string kind, params (string Account, long Minor)[] legs)
    {
        var id = Interlocked.Add(ref _ids, 10);
        await using var command = new NpgsqlCommand(Post, connection)
        {
            Parameters =
            {
                new() { Value = legs.Select(leg => leg.Account).ToArray() },
                new() { Value = legs.Select(leg => leg.Minor).ToArray() },
                new() { Value = id },
                new() { Value = day },
                new() { Value = kind },
            },
        };
        await command.ExecuteNonQueryAsync();
        return id;
    }

    /// <summary>The merchant's share goes into the buffer.</summary>
    public async Task<long> PayBufferedAsync()
    {
        await using var connection = await Database.Sql.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var id = Interlocked.Increment(ref _ids) * 10;
        await using (var buffer = new NpgsqlCommand(
            """
            insert into entry_pending (account_id, posting_id, leg, amount_minor, currency, posting_date, order_id, kind, tx)
            select id, $1, 9, 8747, 'CNY', $2, $1 + 1, 'Payment', pg_current_xact_id()::text::bigint from account where number = $3
            """,
            connection) { Parameters = { new() { Value = id }, new() { Value = Today }, new() { Value = Merchant } } })
        {
            await buffer.ExecuteNonQueryAsync();
        }

        await using (var book = new NpgsqlCommand(Post, connection)
        {
            Parameters =
            {
                new() { Value = new[] { Receivable, Fees } },
                new() { Value = new[] { -88_00L, 53L } },
                new() { Value = id },
                new() { Value = Today },
                new() { Value = "Payment" },
            },
        })
        {
            await book.ExecuteNonQueryAsync();
        }

        await transaction.CommitAsync();
        return id;
    }

    public async Task ApproveAsync(string kind, params (string Side, string Subject, string Amount)[] lines)
    {
        var templates = new TemplateStore(Database.Sql);
        var draft = await templates.AddAsync(kind, [.. lines.Select(line => new TemplateLine(line.Side, line.Subject, line.Amount, "by hand"))], "maker", default);
        Assert.NotNull(await templates.ApproveAsync(kind, draft.Template.Version, "checker", default));
    }

    /// <summary>
    /// Until of so many postings vouchers were made, or could not be; returns how many were. The horizon is the server's,
    /// so that a transaction of another test may hold it up for a while.
    /// </summary>
    public static async Task<int> TakeAsync(VoucherStore store, int postings, Action<PortionResult.Made>? portion = null)
    {
        var (vouchers, seen) = (0, 0);
        await Eventually.BecomesTrueAsync(
            async () =>
            {
                while (await store.TakeAsync(default) is PortionResult.Made made)
                {
                    portion?.Invoke(made);
                    vouchers += made.Vouchers;
                    seen += made.Vouchers + made.Failures;
                }

                return seen >= postings;
            },
            $"{postings} postings have been seen to");
        Assert.Equal(postings, seen);
        return vouchers;
    }

    public Task<long> VouchersAsync() => Database.ScalarAsync<long>("select count(*) from voucher");

    public Task<List<string>> LinesAsync(long posting) => Database.ReadAsync(
        "select side || ' ' || subject || ' ' || amount_minor from voucher_line where posting_id = $1 order by line", row => row.GetString(0), posting);

    public async ValueTask DisposeAsync()
    {
        _stores.ForEach(store => store.Dispose());
        foreach (var source in _sources)
        {
            await source.DisposeAsync();
        }

        var findings = await new BookAudit(Database.ConnectionString + ";Pooling=false").RunAsync(default);
        await Database.DisposeAsync();
        var ofVouchers = findings.Where(finding => OfVouchers.Any(of => finding.Check.StartsWith(of, StringComparison.Ordinal))).ToList();
        Assert.Equal(OfVouchers.Length, ofVouchers.Count);
        Assert.All(ofVouchers, finding => Assert.Equal((finding.Check, 0L, null), (finding.Check, finding.Wrong, finding.Example)));
    }
}
