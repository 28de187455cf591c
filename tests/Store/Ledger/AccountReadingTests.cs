using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Store.Ledger;
using PaymentEngine.Tests.Support.Postgres;
using Xunit;

namespace PaymentEngine.Tests.Store.Ledger;

/// <summary>Accounts, entries, holds and postings as people read them.</summary>
public sealed class AccountReadingTests(DatabaseFixture fixture) : SceneTests(fixture)
{
    [Fact]
    [Trait("Rule", "A1")]
    public async Task the_true_balance_is_what_is_booked_and_what_is_buffered_on_all_rows_A1()
    {
        var (from, account) = (await Scene.OpenAsync(), await Scene.OpenAsync(AccountKind.Merchant, floor: -200, shards: 2));
        await Scene.BookAsync((from, -1_000, default), (account, 600, default), (account + ".01", 400, default));
        await BufferAsync(account + ".02", 50);
        await Scene.Database.ExecuteAsync("update account set frozen = 150 where number = $1", account);

        var read = (await Scene.Accounts.FindAsync(account, CancellationToken.None))!;

        Assert.Equal((1_000, 50, 1_050, 150, 2), (read.Booked, read.Buffered, read.Balance, read.Frozen, read.SubAccounts));
        Assert.Equal(1_100, read.Available);
        Assert.Equal(("Merchant", "2241.01.01", "Open"), (read.Kind, read.Subject.Code, read.Status));
        Assert.Null(await Scene.Accounts.FindAsync(account + ".01", CancellationToken.None));
        Assert.Equal(
            [(account, 600L, 0L), (account + ".01", 400L, 0L), (account + ".02", 0L, 50L)],
            (await Scene.Accounts.RowsAsync(read.Id, CancellationToken.None)).Select(row => (row.Number, row.Booked, row.Buffered)));
    }

    [Fact]
    [Trait("Rule", "A1")]
    public async Task accounts_are_listed_by_number_owner_kind_and_subject_A1()
    {
        var customer = await CustomerAsync();
        var (one, two) = (await Scene.OpenAsync(AccountKind.Member, 0, customer: customer.Id), await Scene.OpenAsync(AccountKind.Member, 0, customer: customer.Id));
        var other = await Scene.OpenAsync(AccountKind.Transit);

        Assert.Equal(new[] { one, two }.Order(StringComparer.Ordinal), await NumbersAsync(new AccountFilter(Owner: customer.Number)));
        Assert.Equal([other], await NumbersAsync(new AccountFilter(NumberPrefix: other)));
        Assert.Contains(one, await NumbersAsync(new AccountFilter(Subject: "2241.01")));
        Assert.DoesNotContain(other, await NumbersAsync(new AccountFilter(Subject: "2241.01")));
        Assert.DoesNotContain(one, await NumbersAsync(new AccountFilter(Kind: AccountKind.Transit)));
        Assert.Empty(await NumbersAsync(new AccountFilter(Owner: "nobody")));
        Assert.Equal(["2241.01.M1001.CNY"], await NumbersAsync(new AccountFilter(Owner: "M1001")));

        var all = await NumbersAsync(new AccountFilter());
        Assert.Equal(all.Order(StringComparer.Ordinal), all);
        var paged = new List<string>();
        while (await NumbersAsync(new AccountFilter(), paged.LastOrDefault(""), 3) is { Count: > 0 } page)
        {
            paged.AddRange(page);
        }

        Assert.Equal(all, paged);
    }

    [Fact]
    [Trait("Rule", "A2")]
    public async Task entries_go_on_after_a_sequence_through_days_A2()
    {
        var (from, to) = (await Scene.OpenAsync(), await Scene.OpenAsync());
        for (var i = 0; i < 3; i++)
        {
            await Scene.BookAsync(from, to, 10);
            await Scene.BookAsync(from, to, 20);
            await Scene.NextDayAsync();
        }

        var account = (await Scene.Accounts.FindAsync(to, CancellationToken.None))!;
        var first = (await EntriesAsync(account, 0, null))[0];
        Assert.Equal((1, 0, 10, 10), (first.Sequence, first.Opening, first.Amount, first.Closing));
        Assert.Equal([1, 2, 3, 4], (await Scene.Accounts.EntriesAsync(account.Id, 0, null, 4, CancellationToken.None)).Select(entry => (int)entry.Sequence));
        Assert.Equal([5, 6], (await EntriesAsync(account, 4, null)).Select(entry => (int)entry.Sequence));
        Assert.Equal([3, 4], (await EntriesAsync(account, 0, first.Day.AddDays(1))).Select(entry => (int)entry.Sequence));

        // A day that has closed says from which day on to look.
        await Scene.Database.ExecuteAsync("insert into account_day values ($1, $2, 0, 0, 30, 30, 2)", account.Id, first.Day);
        Assert.Equal([3, 4, 5, 6], (await EntriesAsync(account, 2, null)).Select(entry => (int)entry.Sequence));
        Assert.Equal([2, 3, 4, 5, 6], (await EntriesAsync(account, 1, null)).Select(entry => (int)entry.Sequence));
    }

    [Fact]
    [Trait("Rule", "A2")]
    public async Task a_posting_is_found_by_its_number_with_all_its_legs_A2()
    {
        var (from, to) = (await Scene.OpenAsync(), await Scene.OpenAsync());
        var id = await Scene.BookAsync(from, to, 500);
        await Scene.Database.ExecuteAsync("insert into voucher select $1, day, 4711, 'Transfer', null, null from ledger_day", id.Value);

        var posting = (await Scene.Postings.FindAsync(id, CancellationToken.None))!;

        Assert.Equal(("Transfer", 4711L), (posting.Kind, posting.Facts.Voucher));
        Assert.Equal([(from, -500L), (to, 500L)], posting.Legs.Select(leg => (leg.Account, leg.Amount.Minor)));
        Assert.True(posting.Order.IsNone);
        Assert.Null(await Scene.Postings.FindAsync(OrderId.Create(TestDatabase.Today, 987_654_321), CancellationToken.None));
    }

    [Fact]
    [Trait("Rule", "A2")]
    public async Task a_posting_of_a_later_day_than_its_number_is_found_A2()
    {
        var early = OrderId.Create(TestDatabase.Today.AddDays(-9), 5);
        var (from, to) = (await Scene.OpenAsync(), await Scene.OpenAsync());
        await Scene.Database.ExecuteAsync(
            """
            with moved as (
                update account set balance = balance + case number when $2 then -7 else 7 end, sequence = sequence + 1 where number in ($2, $3)
                returning id, balance, case number when $2 then -7 else 7 end as amount
            )
            insert into entry select id, 1, $1, row_number() over (), amount, balance - amount, balance, 'CNY', (select day from ledger_day), $1, 'Transfer', 1 from moved
            """,
            early.Value, from, to);

        Assert.Equal(2, (await Scene.Postings.FindAsync(early, CancellationToken.None))!.Legs.Count);
    }

    [Fact]
    [Trait("Rule", "A1")]
    public async Task holds_are_listed_until_nothing_is_left_of_them_A1()
    {
        var number = await Scene.OpenAsync();
        var account = (await Scene.Accounts.FindAsync(number, CancellationToken.None))!;
        await Scene.Database.ExecuteAsync(
            "insert into hold (id, account_id, amount_minor, captured, released, currency, reason, placed_by) values ($1, $3, 100, 60, 0, 'CNY', 'x', 'y'), ($2, $3, 100, 60, 40, 'CNY', 'x', 'y')",
            account.Id * 1_000, account.Id * 1_000 + 1, account.Id);

        var open = Assert.Single(await Scene.Accounts.HoldsAsync(account.Id, default, all: false, 50, CancellationToken.None));
        Assert.Equal((number, 40), (open.Account, open.Left.Minor));
        Assert.Equal(2, (await Scene.Accounts.HoldsAsync(account.Id, default, all: true, 50, CancellationToken.None)).Count);
        Assert.Single(await Scene.Accounts.HoldsAsync(account.Id, open.Id, all: true, 50, CancellationToken.None));
    }

    [Fact]
    [Trait("Rule", "A12")]
    public async Task a_customer_is_read_with_his_class_and_what_he_has_used_A12()
    {
        var (id, number) = await CustomerAsync();
        await Scene.Database.ExecuteAsync("update customer set class = 'II', used_life = 700, used_year = 300, use_year = 2040 where id = $1", id);
        await Scene.Database.ExecuteAsync("insert into customer_verification values ($1, 'police', now(), 'somebody')", id);

        var customer = (await Scene.Customers.FindAsync(number, CancellationToken.None))!;

        Assert.Equal(("II", "Year", 10_000_000L, 700L, 300L), (
            customer.Class.Class, customer.Class.Period, customer.Class.Limit.Minor, customer.UsedOfLife.Minor, customer.UsedOfYear.Minor));
        Assert.Equal("police", Assert.Single(customer.Verifications).Source);
        Assert.Null(await Scene.Customers.FindAsync("nobody", CancellationToken.None));
    }

    /// <summary>It comes from nowhere: these books are not audited.</summary>
    private Task<int> BufferAsync(string number, long minor) => Scene.Database.ExecuteAsync(
        "insert into entry_pending select id, $2, 0, $3, 'CNY', (select day from ledger_day), $2, 'Transfer', 1 from account where number = $1", number, 77L, minor);

    private async Task<(long Id, string Number)> CustomerAsync()
    {
        var number = LedgerScene.New("customer");
        return (await Scene.Database.ScalarAsync<long>("insert into customer (number, name, registered_by) values ($1, 'Somebody', 'test') returning id", number), number);
    }

    private async Task<List<string>> NumbersAsync(AccountFilter filter, string after = "", int limit = 1_000) =>
        [.. (await Scene.Accounts.ListAsync(filter, after, limit, CancellationToken.None)).Select(account => account.Number)];

    private Task<List<EntryRecord>> EntriesAsync(AccountRecord account, long after, DateOnly? day) =>
        Scene.Accounts.EntriesAsync(account.Id, after, day, 100, CancellationToken.None);
}
