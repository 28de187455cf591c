using Microsoft.Extensions.Logging.Abstractions;
using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Proposals;
using PaymentEngine.Runtime.Ledger;
using PaymentEngine.Runtime.Proposals;
using PaymentEngine.Store;
using PaymentEngine.Store.Ledger;
using PaymentEngine.Store.Numbers;
using PaymentEngine.Store.Proposals;
using PaymentEngine.Tests.Support.Postgres;
using Xunit;

namespace PaymentEngine.Tests.Store.Ledger;

/// <summary>Accounts of a test's own, a plain ledger that books on them, and all that reads them.</summary>
internal sealed class LedgerScene : IAsyncDisposable
{
    public static readonly Currency Yuan = Currency.Parse("CNY");

    private static int _names;

    private readonly Npgsql.NpgsqlDataSource _reads;

    private LedgerScene(TestDatabase database)
    {
        Database = database;
        _reads = PaymentEngine.Store.Database.ForReads(database.ConnectionString);
        Numbers = new NumberSource(_reads, TestDatabase.Calendar);
        Ledger = new PlainLedger(database, Numbers);
        Accounts = new AccountReading(_reads);
        Postings = new PostingReading(_reads);
        Adjustments = new AdjustmentStore(_reads);
        Transit = new TransitReading(_reads, Postings);
        Statements = new StatementReading(_reads);
        Customers = new CustomerReading(_reads);
    }

    public TestDatabase Database { get; }

    public NumberSource Numbers { get; }

    public ILedgerDesk Ledger { get; set; }

    public AccountReading Accounts { get; }

    public PostingReading Postings { get; }

    public AdjustmentStore Adjustments { get; }

    public TransitReading Transit { get; }

    public StatementReading Statements { get; }

    public CustomerReading Customers { get; }

    /// <summary>One that asks the ledger as it is set now.</summary>
    public AdjustmentDesk Desk => new(
        Adjustments, new AdjustmentFacts(Accounts, Postings, Transit), Ledger, Numbers, new MorningClock(), NullLogger<AdjustmentDesk>.Instance);

    public static LedgerScene On(TestDatabase database) => new(database);

    public static string New(string of) => $"{of}-{Interlocked.Increment(ref _names)}";

    public static Money Amount(long minor) => new(minor, Yuan);

    public async Task<string> OpenAsync(AccountKind kind = AccountKind.OwnFunds, long floor = -4_611_686_018_427_387_904, int shards = 0, long? customer = null)
    {
        var number = New("test");
        var owner = Interlocked.Increment(ref _names) + 100_000;
        var opened = await Database.ScalarAsync<long>(
            $"select open_ledger_account($1, $2, $3, 'CNY', $4, $5, {customer?.ToString() ?? "null"}, 'RealTime', false, 'test')",
            number, kind.ToString(), owner, floor, shards);
        Assert.NotEqual(0, opened);
        return number;
    }

    /// <summary>Posted and told by its number.</summary>
    public async Task<OrderId> BookAsync(params (string Account, long Minor, OrderId Item)[] legs)
    {
        var request = new LedgerRequest(New("key"), PostingKind.Transfer, [.. legs.Select(leg => new RequestedLeg(leg.Account, Amount(leg.Minor), leg.Item))]);
        return Assert.IsType<LedgerResult.Posted>(await new PlainLedger(Database, Numbers).PostAsync(request, CancellationToken.None)).Posting;
    }

    public Task<OrderId> BookAsync(string from, string to, long minor) => BookAsync((from, -minor, default), (to, minor, default));

    public Task<long> BalanceAsync(string number) => Database.ScalarAsync<long>("select balance from account where number = $1", number);

    /// <summary>From now on it is the next day, as far as the ledger is concerned.</summary>
    public Task NextDayAsync() => Database.ExecuteAsync("update ledger_day set day = day + 1; select ensure_entry_day((select day from ledger_day))");

    public ValueTask DisposeAsync() => _reads.DisposeAsync();

    private sealed class MorningClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => TestDatabase.Morning;
    }
}
