using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Runtime.Alerts;
using PaymentEngine.Runtime.Ledger;
using PaymentEngine.Store.Audit;
using PaymentEngine.Store.Closing;
using PaymentEngine.Store.GeneralLedger;
using PaymentEngine.Store.Ledger;
using PaymentEngine.Store.Startup;
using PaymentEngine.Tests.Support.Postgres;
using Xunit;

namespace PaymentEngine.Tests.Store.Ledger;

/// <summary>Days of the ledger: each closes once, in its turn, with a certificate, or says why not.</summary>
[Trait("Rule", "A7")]
public sealed class ClosingTests : IAsyncLifetime, IDisposable
{
    private TestDatabase _database = null!;
    private LedgerHand _hand = null!;
    private VoucherStore _vouchers = null!;
    private ClosingDesk _desk = null!;

    private static DateOnly First => TestDatabase.Today;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _hand = new LedgerHand(_database);
        _vouchers = new VoucherStore(_database.Sql, _database.Sql, new ChartStore(_database.Sql));
        _desk = new ClosingDesk(new DayCloser(_database.Sql), _vouchers);
    }

    public void Dispose() => _vouchers.Dispose();

    public async Task DisposeAsync()
    {
        await _hand.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task each_day_opens_with_what_the_day_before_closed_with_and_has_a_certificate_A7()
    {
        var (bank, member, hot) = (await _hand.OwnAsync(), await _hand.MemberAsync(), await _hand.MemberAsync(mode: AccountMode.Buffered));
        await _hand.PostedAsync(LedgerHand.Transfer(bank, member, 100));
        await _hand.PostedAsync(LedgerHand.Transfer(member, hot, 30));
        await RollAsync();
        await _hand.PostedAsync(LedgerHand.Transfer(member, hot, 20));
        await RollAsync();

        var one = Assert.IsType<ClosingResult.Closed>((await _desk.CloseNextAsync("engine", default))!.Value.Result).Certificate;
        var two = Assert.IsType<ClosingResult.Closed>((await _desk.CloseNextAsync("engine", default))!.Value.Result).Certificate;

        Assert.Null(await _desk.CloseNextAsync("engine", default));
        Assert.Equal((First, 4L, 2L, 2L, null), (one.Day, one.Entries, one.Postings, one.Vouchers, one.Previous));
        Assert.Equal((First.AddDays(1), 2L, 1L, 1L, one.Digest), (two.Day, two.Entries, two.Postings, two.Vouchers, two.Previous));
        Assert.Equal([new CurrencySum("CNY", 130, 130)], one.Sums);
        Assert.Equal(
            [(First, 0, 30, 100, 70, 2), (First.AddDays(1), 70, 20, 0, 50, 3)],
            await _database.ReadAsync(
                "select d.day, d.opening, d.debit, d.credit, d.closing, d.last_sequence from account_day d join account a on a.id = d.account_id where a.number = $1 order by d.day",
                row => (row.GetFieldValue<DateOnly>(0), (int)row.GetInt64(1), (int)row.GetInt64(2), (int)row.GetInt64(3), (int)row.GetInt64(4), (int)row.GetInt64(5)),
                member));
        await Books.DemandCleanAsync(_database);
    }

    [Fact]
    public async Task a_day_is_not_closed_before_it_is_over_nor_twice_nor_before_the_day_before_A7()
    {
        var (bank, member) = (await _hand.OwnAsync(), await _hand.MemberAsync());
        await _hand.PostedAsync(LedgerHand.Transfer(bank, member, 100));

        Assert.IsType<ClosingResult.NotItsTurn>(await _desk.CloseAsync(First, "tester", [], null, default));
        await RollAsync();
        await RollAsync();
        Assert.IsType<ClosingResult.Closed>(await _desk.CloseAsync(First, "tester", [], null, default));
        Assert.IsType<ClosingResult.NotItsTurn>(await _desk.CloseAsync(First, "tester", [], null, default));
        Assert.IsType<ClosingResult.NotItsTurn>(await _desk.CloseAsync(First.AddDays(2), "tester", [], null, default));
    }

    [Fact]
    public async Task a_day_whose_buffer_somebody_holds_up_is_refused_by_name_and_closes_afterwards_A7()
    {
        var (bank, hot) = (await _hand.OwnAsync(), await _hand.MemberAsync(mode: AccountMode.Buffered));
        await _hand.PostedAsync(LedgerHand.Transfer(bank, hot, 100));
        await RollAsync();
        await using (var holder = await _database.Sql.OpenConnectionAsync())
        {
            await using var transaction = await holder.BeginTransactionAsync();
            await using var hold = new Npgsql.NpgsqlCommand("select from account where number = $1 for update", holder) { Parameters = { new() { Value = hot } } };
            await hold.ExecuteNonQueryAsync();

            var refused = Assert.IsType<ClosingResult.Refused>(await _desk.CloseAsync(First, "engine", [], null, default));
            Assert.Contains((ClosingRefusal.BufferNotApplied, "1 buffered entries are not on their accounts"), refused.Reasons);
        }

        Assert.Equal(["BufferNotApplied"], (await DaysAsync())[^1].Refusals.Select(refusal => refusal.Reason).Where(reason => reason.StartsWith('B')));
        Assert.IsType<ClosingResult.Closed>(await _desk.CloseAsync(First, "engine", [], null, default));
        Assert.Empty((await DaysAsync())[^1].Refusals);
    }

    [Fact]
    [Trait("Rule", "A8")]
    public async Task a_day_without_all_its_vouchers_is_refused_by_name_A8()
    {
        var (bank, member) = (await _hand.OwnAsync(), await _hand.MemberAsync());
        var posted = await _hand.PostedAsync(LedgerHand.Transfer(bank, member, 100));
        await RollAsync();

        var refused = Assert.IsType<ClosingResult.Refused>(await new DayCloser(_database.Sql).CloseAsync(First, "engine", [], null, default));

        Assert.Equal([ClosingRefusal.VoucherMissing, ClosingRefusal.GeneralLedgerDiffers], refused.Reasons.Select(reason => reason.Why));
        Assert.Equal($"1 postings have no voucher, for example {LedgerNumber.OfPosting(posted)}", refused.Reasons[0].Detail);
        Assert.IsType<ClosingResult.Closed>(await _desk.CloseAsync(First, "engine", [], null, default));
    }

    [Fact]
    [Trait("Rule", "A9")]
    public async Task what_lies_in_transit_for_nothing_that_is_under_way_is_shown_and_a_person_may_let_it_pass_A9()
    {
        var (bank, transit, member) = (await _hand.OwnAsync(), await _hand.OwnAsync(AccountKind.Transit), await _hand.MemberAsync());
        var posted = await _hand.PostedAsync(LedgerHand.Transfer(bank, transit, 100));
        await _hand.PostedAsync(new LedgerRequest(
            LedgerHand.New("key"), PostingKind.Transfer, [LedgerHand.Leg(transit, -60) with { Item = posted }, LedgerHand.Leg(member, 60)]));
        await RollAsync();

        var refused = Assert.IsType<ClosingResult.Refused>(await _desk.CloseAsync(First, "engine", [], null, default));
        var words = $"1 open items of transit accounts belong to nothing that is under way, for example {transit} {LedgerNumber.OfItem(posted)}";
        Assert.Equal((ClosingRefusal.TransitUnexplained, words), Assert.Single(refused.Reasons));

        var closed = Assert.IsType<ClosingResult.Closed>(
            await _desk.CloseAsync(First, "auditor", [ClosingRefusal.TransitUnexplained], "the bank was asked", default)).Certificate;
        Assert.Equal(("auditor", "the bank was asked", $"transit_unexplained: {words}"), (closed.ClosedBy, closed.Remark, Assert.Single(closed.Accepted)));
        Assert.Equal(
            [(posted.Value, 40L, First)],
            await _database.ReadAsync("select order_id, amount_minor, since from transit_item", row => (row.GetInt64(0), row.GetInt64(1), row.GetFieldValue<DateOnly>(2))));

        // The rest goes on the next day: the item is gone at its end.
        await _hand.PostedAsync(new LedgerRequest(
            LedgerHand.New("key"), PostingKind.Transfer, [LedgerHand.Leg(transit, -40) with { Item = posted }, LedgerHand.Leg(member, 40)]));
        await RollAsync();
        Assert.IsType<ClosingResult.Closed>(await _desk.CloseAsync(First.AddDays(1), "engine", [], null, default));
        Assert.Equal(0, await _database.ScalarAsync<long>("select count(*) from transit_item where day = $1", First.AddDays(1)));
    }

    [Fact]
    [Trait("Rule", "A9")]
    public async Task what_was_in_transit_when_the_day_turned_and_has_arrived_since_holds_no_day_up_A9()
    {
        var (bank, transit, member) = (await _hand.OwnAsync(), await _hand.OwnAsync(AccountKind.Transit), await _hand.MemberAsync());
        var (whole, half) = (await _hand.PostedAsync(LedgerHand.Transfer(bank, transit, 100)), await _hand.PostedAsync(LedgerHand.Transfer(bank, transit, 20)));
        await RollAsync();
        await ArriveAsync(whole, 100);
        await ArriveAsync(half, 10);

        var refused = Assert.IsType<ClosingResult.Refused>(await _desk.CloseAsync(First, "engine", [], null, default));
        Assert.StartsWith("1 open items", Assert.Single(refused.Reasons).Detail);
        await ArriveAsync(half, 10);
        Assert.IsType<ClosingResult.Closed>(await _desk.CloseAsync(First, "engine", [], null, default));

        Task ArriveAsync(PaymentEngine.Core.OrderId item, long minor) => _hand.PostedAsync(new LedgerRequest(
            LedgerHand.New("key"), PostingKind.Transfer, [LedgerHand.Leg(transit, -minor) with { Item = item }, LedgerHand.Leg(member, minor)]));
    }

    [Fact]
    [Trait("Rule", "A5")]
    public async Task a_posting_of_which_a_part_is_buffered_is_read_whole_also_days_after_the_day_of_its_number_A5()
    {
        var (bank, hot) = (await _hand.OwnAsync(), await _hand.MemberAsync(mode: AccountMode.Buffered));
        await RollAsync();
        await RollAsync();

        var posted = await _hand.PostedAsync(LedgerHand.Transfer(bank, hot, 100));

        Assert.Equal([-100L, 100L], (await new PostingReading(_database.Sql).FindAsync(posted, default))!.Legs.Select(leg => leg.Amount.Minor).Order());
    }

    [Theory]
    [InlineData("update entry set kind = 'TopUp' where leg = 0")]
    [InlineData("update entry set order_id = order_id + 1 where leg = 1")]
    [InlineData("update entry set amount_minor = amount_minor - 1, closing = closing - 1 where leg = 1")]
    [InlineData("delete from entry where leg = 0")]
    [InlineData("update ledger_day_close set digest = sha256('nothing')")]
    public async Task whoever_changes_a_closed_day_even_the_databases_owner_is_noticed_A7(string damage)
    {
        var (bank, member) = (await _hand.OwnAsync(), await _hand.MemberAsync());
        await _hand.PostedAsync(LedgerHand.Transfer(bank, member, 100));
        await RollAsync();
        Assert.IsType<ClosingResult.Closed>(await _desk.CloseAsync(First, "engine", [], null, default));
        Assert.DoesNotContain(await AuditAsync(), finding => finding.Wrong > 0);

        var partition = $"entry_{First:yyyyMMdd}";
        await _database.ExecuteAsync(
            $"alter table {partition} disable trigger user; alter table ledger_day_close disable trigger user; {damage}; alter table {partition} enable trigger user");

        var found = (await AuditAsync()).Single(finding => finding.Check == "the entries of a closed day are those of its certificate");
        Assert.Equal((1L, 1L, $"day {First:yyyy-MM-dd}"), (found.Examined, found.Wrong, found.Example));
    }

    [Fact]
    public async Task what_was_said_of_a_closed_day_is_under_its_seal_and_under_that_of_the_day_after_it_A7()
    {
        var (bank, member) = (await _hand.OwnAsync(), await _hand.MemberAsync());
        await _hand.PostedAsync(LedgerHand.Transfer(bank, member, 100));
        await RollAsync();
        Assert.IsType<ClosingResult.Closed>(await _desk.CloseAsync(First, "auditor", [], "looked at twice", default));
        await RollAsync();
        Assert.IsType<ClosingResult.Closed>(await _desk.CloseAsync(First.AddDays(1), "engine", [], null, default));
        Assert.DoesNotContain(await AuditAsync(), finding => finding.Wrong > 0);

        // With a seal that is right for itself.
        await _database.ExecuteAsync(
            """
            alter table ledger_day_close disable trigger user;
            update ledger_day_close set certificate = certificate - 'remark' where closed_by = 'auditor';
            update ledger_day_close set seal = ledger_day_seal(null, digest, closed_at, certificate) where closed_by = 'auditor'
            """);

        var found = (await AuditAsync()).Single(finding => finding.Wrong > 0);
        Assert.Equal((2L, 1L, $"day {First.AddDays(1):yyyy-MM-dd}"), (found.Examined, found.Wrong, found.Example));
    }

    [Fact]
    [Trait("Rule", "M1")]
    public async Task days_that_were_closed_when_there_were_no_seals_are_sealed_as_they_stand_M1()
    {
        var (bank, member) = (await _hand.OwnAsync(), await _hand.MemberAsync());
        for (var day = 0; day < 3; day++)
        {
            await _hand.PostedAsync(LedgerHand.Transfer(bank, member, 100));
            await RollAsync();
            Assert.IsType<ClosingResult.Closed>(await _desk.CloseAsync(First.AddDays(day), "engine", [], null, default));
        }

        await _database.ExecuteAsync(
            """
            drop trigger sealed on ledger_day_close;
            drop function seal_ledger_day, ledger_day_seal;
            alter table ledger_day_close drop column seal;
            delete from schema_migration where number = 27
            """);
        await new Migrator(_database.Sql, NullLogger<Migrator>.Instance).MigrateAsync(default);

        Assert.DoesNotContain(await AuditAsync(), finding => finding.Wrong > 0);
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => _database.ExecuteAsync("update ledger_day_close set seal = sha256('')"));
    }

    [Fact]
    public async Task the_log_tells_a_closed_day_as_everything_else_does()
    {
        await _hand.PostedAsync(LedgerHand.Transfer(await _hand.OwnAsync(), await _hand.MemberAsync(), 100));
        await RollAsync();
        var log = new Lines();

        await new ClosingPump(_desk, new AlertBell(), TimeProvider.System, log).StepAsync(default);

        Assert.StartsWith($"closed {First:yyyy-MM-dd} of the ledger: 2 entries", Assert.Single(log.Told), StringComparison.Ordinal);
        Assert.Contains($"{First:yyyy-MM-dd}", log.Fields);
    }

    [Fact]
    public async Task two_nodes_close_a_day_once_while_postings_go_on_A7()
    {
        var (bank, member) = (await _hand.OwnAsync(), await _hand.MemberAsync());
        for (var i = 0; i < 50; i++)
        {
            await _hand.PostedAsync(LedgerHand.Transfer(bank, member, 1));
        }

        await RollAsync();
        using var enough = new CancellationTokenSource();
        var traffic = Task.Run(async () =>
        {
            var posted = 0;
            for (; !enough.IsCancellationRequested; posted++)
            {
                await _hand.PostedAsync(LedgerHand.Transfer(bank, member, 1));
            }

            return posted;
        });

        using var others = new VoucherStore(_database.Sql, _database.Sql, new ChartStore(_database.Sql));
        var results = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(node => new ClosingDesk(new DayCloser(_database.Sql), node % 2 == 0 ? _vouchers : others).CloseAsync(First, "engine", [], null, default)));
        await enough.CancelAsync();

        Assert.Single(results.OfType<ClosingResult.Closed>());
        Assert.True(await traffic > 0);
        Assert.Equal(50, (await DaysAsync())[^1].Certificate!.Postings);
        await Books.DemandCleanAsync(_database);
    }

    private async Task RollAsync()
    {
        var next = (await _database.ScalarAsync<DateOnly>("select day from ledger_day")).AddDays(1);
        await _database.ExecuteAsync("select ensure_order_day($1), ensure_entry_day($1)", next);
        await _database.ExecuteAsync("with held as (select pg_advisory_xact_lock(hashtext('ledger_day'))) update ledger_day set day = $1 from held", next);
    }

    private Task<IReadOnlyList<LedgerDayRecord>> DaysAsync() => new LedgerDays(_database.Sql).ListAsync(null, 10, default);

    private Task<IReadOnlyList<Finding>> AuditAsync() => new BookAudit(_database.ConnectionString).RunAsync(CancellationToken.None);

    private sealed class Lines : ILogger<ClosingPump>
    {
        public List<string> Told { get; } = [];

        public List<string> Fields { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            Told.Add(formatter(state, exception));
            Fields.AddRange(((IEnumerable<KeyValuePair<string, object?>>)state!).Select(field => $"{field.Value}"));
        }
    }
}
