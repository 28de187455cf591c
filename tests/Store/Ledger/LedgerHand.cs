using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Proposals;
using PaymentEngine.Runtime.Alerts;
using PaymentEngine.Runtime.Ledger;
using PaymentEngine.Runtime.Proposals;
using PaymentEngine.Store;
using PaymentEngine.Store.Commit;
using PaymentEngine.Store.Ledger;
using PaymentEngine.Store.Numbers;
using PaymentEngine.Store.Proposals;
using PaymentEngine.Tests.Support.Postgres;
using Xunit;

namespace PaymentEngine.Tests.Store.Ledger;

/// <summary>A node's ledger on a database: its desks, its committer, and words for tests.</summary>
internal sealed class LedgerHand : IAsyncDisposable
{
    public static readonly Currency Cny = Currency.Parse("CNY");

    private static int _named;

    private readonly TestDatabase _database;
    private readonly NpgsqlDataSource _reads;
    private readonly CommitMetrics _metrics = new();
    private readonly NumberSource _numbers;

    public LedgerHand(TestDatabase database, int node = 0, string? connectionString = null, CommitterOptions? options = null)
    {
        _database = database;
        _reads = PaymentEngine.Store.Database.ForReads(connectionString ?? database.ConnectionString);
        Committer = new LedgerCommitter(
            PaymentEngine.Store.Database.ForCommits(connectionString ?? database.ConnectionString),
            options ?? new CommitterOptions { Pace = TimeSpan.Zero },
            node,
            _metrics,
            NullLogger<LedgerCommitter>.Instance);
        _numbers = new NumberSource(_reads, TestDatabase.Calendar);
        Book = new AccountBook(_reads);
        Buffers = new BufferStore(_reads);
        Holds = new HoldStore(_reads);
        Desk = new LedgerDesk(Committer, Book, Holds, new ReversibleLegs(_reads), _numbers, new Morning());
        Accounts = new AccountDesk(new AccountStore(_reads, _numbers, new Morning()), new CustomerStore(_reads));
        ChangeRequests = new ChangeRequestStore(_reads);
        Changes = ChangesWith(Desk);
    }

    public LedgerCommitter Committer { get; }

    public AccountBook Book { get; }

    public BufferStore Buffers { get; }

    public HoldStore Holds { get; }

    public LedgerDesk Desk { get; }

    public AccountDesk Accounts { get; }

    public ChangeRequestStore ChangeRequests { get; }

    public ChangeDesk Changes { get; }

    public long Batches => _metrics.Batches;

    public static string New(string what) => $"{what}-{Interlocked.Increment(ref _named)}-{Guid.NewGuid():N}"[..24];

    public static RequestedLeg Leg(string account, long minor) => new(account, new Money(minor, Cny));

    public static LedgerRequest Transfer(string from, string to, long minor, string? key = null) =>
        new(key ?? New("key"), PostingKind.Transfer, [Leg(from, -minor), Leg(to, minor)]);

    /// <summary>An account of our own that may go as far below zero as it takes.</summary>
    public async Task<string> OwnAsync(AccountKind kind = AccountKind.Bank, AccountMode mode = AccountMode.RealTime)
    {
        var number = New("own");
        Assert.IsType<AccountResult.Done>(await Accounts.OpenAsync(
            new OpenAccount(number, kind, Interlocked.Increment(ref _named) + 1_000_000, null, Cny, "tester") { Mode = mode }, default));
        return number;
    }

    /// <summary>A member's account with so much on it.</summary>
    public async Task<string> MemberAsync(
        long balance = 0, long creditLine = 0, string? customer = null, AccountMode mode = AccountMode.RealTime, int shards = 0, string? funder = null)
    {
        customer ??= await CustomerAsync();
        var number = New("acc");
        Assert.IsType<AccountResult.Done>(await Accounts.OpenAsync(
            new OpenAccount(number, AccountKind.Member, null, customer, Cny, "tester") { Mode = mode, Shards = shards, BufferAgreed = true },
            default));
        if (creditLine > 0)
        {
            await ByTwoAsync(new WantedChange.CreditLine(number, new Money(creditLine, Cny), "trusted"));
        }

        if (balance > 0)
        {
            await PostedAsync(Transfer(funder ?? await OwnAsync(), number, balance));
            await ApplyAsync();
        }

        return number;
    }

    public async Task<string> CustomerAsync()
    {
        var number = New("cust");
        Assert.IsType<AccountResult.Done>(await Accounts.RegisterCustomerAsync(number, "Somebody", faceToFace: true, "tester", default));
        await ByTwoAsync(new WantedChange.CustomerClass(number, "III", "was met"));
        return number;
    }

    public ChangeDesk ChangesWith(ILedgerDesk ledger) => new(
        ChangeRequests,
        new ChangeFacts(new AccountReading(_reads), new CustomerReading(_reads)),
        new AccountStore(_reads, _numbers, new Morning()),
        new CustomerStore(_reads),
        ledger,
        _numbers,
        new Morning(),
        NullLogger<ChangeDesk>.Instance);

    public AdjustmentDesk AdjustmentsWith(ILedgerDesk ledger) => new(
        new AdjustmentStore(_reads),
        new AdjustmentFacts(new AccountReading(_reads), new PostingReading(_reads), new TransitReading(_reads, new PostingReading(_reads))),
        ledger,
        _numbers,
        new Morning(),
        NullLogger<AdjustmentDesk>.Instance);

    /// <summary>Asked for by one person and agreed to by another.</summary>
    public async Task<ProposalResult<ChangeView>> TryByTwoAsync(WantedChange wanted) =>
        await Changes.RequestAsync(wanted, "first", New("key"), new byte[32], default) is ProposalResult<ChangeView>.Stored(var asked)
            ? await Changes.ApproveAsync(asked.Stored.Id, asked.Stored.ContentHash, "second", default)
            : new ProposalResult<ChangeView>.Refused("not_asked_for");

    public async Task<Proposal<ChangeContent>> ByTwoAsync(WantedChange wanted)
    {
        var stored = Assert.IsType<ProposalResult<ChangeView>.Stored>(await TryByTwoAsync(wanted)).View.Stored;
        Assert.NotNull(stored.Done?.At);
        return stored;
    }

    public Task<LedgerResult> PostAsync(LedgerRequest request) => Desk.PostAsync(request, default);

    public async Task<OrderId> PostedAsync(LedgerRequest request) => Assert.IsType<LedgerResult.Posted>(await PostAsync(request)).Posting;

    public async Task<PostingRefusalReason> RefusedAsync(LedgerRequest request) => Assert.IsType<LedgerResult.Refused>(await PostAsync(request)).Reason;

    public LedgerPump Pump() => new(
        Buffers, Holds, Desk, new LedgerOptions(), new AlertBell(), TimeProvider.System, NullLogger<LedgerPump>.Instance);

    public Task<int> ApplyAsync() => Buffers.ApplyAsync(TimeSpan.Zero, default);

    /// <summary>Booked, buffered, frozen: over all sub-accounts.</summary>
    public async Task<(long Booked, long Buffered, long Frozen)> StandingAsync(string account) => (await _database.ReadAsync(
        "select booked, buffered, frozen from account_balance where number = $1", row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)), account))[0];

    public async Task<long> BalanceAsync(string account) => (await StandingAsync(account)) is var (booked, buffered, _) ? booked + buffered : 0;

    public async ValueTask DisposeAsync()
    {
        await Committer.DisposeAsync();
        await _reads.DisposeAsync();
        _metrics.Dispose();
    }

    private sealed class Morning : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => TestDatabase.Morning;
    }
}
