using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Store.Ledger;
using PaymentEngine.Tests.Support.Postgres;
using Xunit;

namespace PaymentEngine.Tests.Store.Ledger;

/// <summary>What is under way on a transit account, by order and age, and what would clear it.</summary>
[Trait("Rule", "A9")]
public sealed class TransitReadingTests(DatabaseFixture fixture) : SceneTests(fixture)
{
    private string _from = "";
    private string _to = "";
    private AccountRecord _transit = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        (_from, _to) = (await Scene.OpenAsync(), await Scene.OpenAsync());
        _transit = (await Scene.Accounts.FindAsync(await Scene.OpenAsync(AccountKind.Transit), CancellationToken.None))!;
    }

    [Fact]
    public async Task what_came_and_went_is_no_item_and_what_stayed_is_one_A9()
    {
        var arrived = await Scene.BookAsync((_from, -300, default), (_transit.Number, 300, default));
        var stayed = await Scene.BookAsync((_from, -200, default), (_transit.Number, 200, default));
        await Scene.BookAsync((_transit.Number, -300, arrived), (_to, 300, default));
        await Scene.BookAsync((_transit.Number, -50, stayed), (_to, 50, default));

        var item = Assert.Single((await ItemsAsync()).Items);

        Assert.Equal((stayed, 150L, 0, stayed, _from), (item.Item, item.Amount.Minor, item.AgeDays, item.OpenedBy, item.OtherSide));
    }

    [Fact]
    public async Task what_a_closed_day_left_open_is_older_and_is_not_read_again_A9()
    {
        var old = await Scene.BookAsync((_from, -300, default), (_transit.Number, 300, default));
        var day = await TodayAsync();
        await CloseAsync(day, (old, 300));
        await Scene.NextDayAsync();
        await Scene.NextDayAsync();
        await Scene.BookAsync((_transit.Number, -100, old), (_to, 100, default));

        var item = Assert.Single((await ItemsAsync()).Items);

        Assert.Equal((old, 200L, 2, day, old, _from), (item.Item, item.Amount.Minor, item.AgeDays, item.Since, item.OpenedBy, item.OtherSide));
    }

    [Fact]
    public async Task what_is_buffered_counts_A9()
    {
        var item = OrderId.Create(TestDatabase.Today, 424_242);
        await Scene.Database.ExecuteAsync(
            "insert into entry_pending select $1, $2, 0, 90, 'CNY', day, $2, 'Transfer', 1 from ledger_day", _transit.Id, item.Value);

        Assert.Equal((item, 90L), (await ItemsAsync()).Items.Select(open => (open.Item, open.Amount.Minor)).Single());
    }

    [Fact]
    public async Task what_is_due_to_go_out_would_be_cleared_from_where_it_went_A9()
    {
        var item = await Scene.BookAsync((_transit.Number, -80, default), (_to, 80, default));

        var open = Assert.Single((await ItemsAsync()).Items);

        Assert.Equal((item, -80L, _to), (open.Item, open.Amount.Minor, open.OtherSide));
    }

    [Theory]
    [InlineData("payment_order", "'Processing', null", "Query", true)]
    [InlineData("payment_order", "'AwaitingPosting', null", "Posting", true)]
    [InlineData("payment_order", "'Succeeded', null", "Query", false)]
    [InlineData("payment_order", "'Failed', 'declined'", "Query", false)]
    [InlineData("institution_order", "'Ready', false", "Dispatch", true)]
    [InlineData("institution_order", "'OnWorkList', false", "work list", true)]
    [InlineData("institution_order", "'Succeeded', true", "Query", false)]
    [InlineData("institution_order", "'Failed', false", "Query", false)]
    [InlineData("difference", "null", null, true)]
    [InlineData("difference", "now()", null, false)]
    [InlineData(null, null, "work list", true)]
    public async Task what_an_order_under_way_will_clear_says_so_and_nobody_else_is_to_A9(string? table, string? state, string? movedBy, bool isUnderWay)
    {
        var order = await Scene.BookAsync((_from, -300, default), (_transit.Number, 300, default));
        var other = await Scene.BookAsync((_from, -200, default), (_transit.Number, 200, default));
        string?[] rows =
        [
            table switch
            {
                "payment_order" => $"insert into payment_order (trade_id, id, kind, refund_of, method, amount_minor, revision, request_serial, created_at, expires_at, state, failure) values ($1, $1, 'refund', 1, 'quick', 300, 1, 's', now(), now(), {state})",
                "institution_order" => $"insert into institution_order (trade_id, id, instruction_id, part, channel_id, number, amount_minor, claimed_by, sends, queries, may_have_arrived, created_at, state, executed) values ($1, $1, 1, 1, 101, $1::text, 300, 0, 1, 0, true, now(), {state})",
                "difference" => $"insert into difference (trade_id, order_id, kind, detail, opened_at, closed_at) values ($1, $1, 'surplus', 'x', now(), {state})",
                _ => null,
            },
            movedBy switch
            {
                null => null,
                "work list" => "insert into work_item (order_id, trade_id, reason, since) values ($1, $1, 'x', now())",
                var kind => $"insert into timer (order_id, kind, trade_id, due_at, token) values ($1, '{kind}', $1, now(), 0)",
            },
        ];
        foreach (var row in rows.OfType<string>())
        {
            await Scene.Database.ExecuteAsync(row, order.Value);
        }

        Assert.Equal(
            [(order, isUnderWay, isUnderWay ? null : _from), (other, false, _from)],
            (await ItemsAsync()).Items.Select(item => (item.Item, item.IsUnderWay, item.OtherSide)));
    }

    [Fact]
    public async Task items_go_on_after_a_number_A9()
    {
        var items = new List<OrderId>();
        for (var i = 0; i < 5; i++)
        {
            items.Add(await Scene.BookAsync((_from, -10, default), (_transit.Number, 10, default)));
        }

        Assert.Equal(items[..3], (await Scene.Transit.ItemsAsync(_transit, default, 3, CancellationToken.None)).Items.Select(item => item.Item));
        Assert.Equal(items[3..], (await Scene.Transit.ItemsAsync(_transit, items[2], 3, CancellationToken.None)).Items.Select(item => item.Item));
    }

    private Task<TransitItems> ItemsAsync() => Scene.Transit.ItemsAsync(_transit, default, 50, CancellationToken.None);

    private Task<DateOnly> TodayAsync() => Scene.Database.ScalarAsync<DateOnly>("select day from ledger_day");

    private async Task CloseAsync(DateOnly day, (OrderId Item, long Amount) open)
    {
        await Scene.Database.ExecuteAsync("insert into transit_item values ($1, $2, $3, $4, $3)", _transit.Id, open.Item.Value, day, open.Amount);
        await Scene.Database.ExecuteAsync(
            "insert into ledger_day_close (day, closed_by, entries, postings, vouchers, sums, digest, certificate) values ($1, 'test', 0, 0, 0, '{}', sha256(''), '{}')", day);
    }
}
