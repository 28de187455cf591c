using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Store.Ledger;
using PaymentEngine.Tests.Support.Postgres;
using Xunit;

namespace PaymentEngine.Tests.Store.Ledger;

/// <summary>What is under way on a transit account, by order and age, and what would clear it.</summary>
[Trait("Rule", "A9")]
public sealed class TransitReadingTests(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>, IAsyncLifetime
{
    private readonly LedgerScene _scene = new(fixture.Database);
    private string _from = "";
    private string _to = "";
    private AccountRecord _transit = null!;

    public async Task InitializeAsync()
    {
        (_from, _to) = (await _scene.OpenAsync(), await _scene.OpenAsync());
        _transit = (await _scene.Accounts.FindAsync(await _scene.OpenAsync(AccountKind.Transit), CancellationToken.None))!;
    }

    public async Task DisposeAsync() => await _scene.DisposeAsync();

    [Fact]
    public async Task what_came_and_went_is_no_item_and_what_stayed_is_one_A9()
    {
        var arrived = await _scene.BookAsync((_from, -300, default), (_transit.Number, 300, default));
        var stayed = await _scene.BookAsync((_from, -200, default), (_transit.Number, 200, default));
        await _scene.BookAsync((_transit.Number, -300, arrived), (_to, 300, default));
        await _scene.BookAsync((_transit.Number, -50, stayed), (_to, 50, default));

        var item = Assert.Single((await ItemsAsync()).Items);

        Assert.Equal((stayed, 150L, 0, stayed, _from), (item.Item, item.Amount.Minor, item.AgeDays, item.OpenedBy, item.OtherSide));
    }

    [Fact]
    public async Task what_a_closed_day_left_open_is_older_and_is_not_read_again_A9()
    {
        var old = await _scene.BookAsync((_from, -300, default), (_transit.Number, 300, default));
        var day = await TodayAsync();
        await CloseAsync(day, (old, 300));
        await _scene.NextDayAsync();
        await _scene.NextDayAsync();
        await _scene.BookAsync((_transit.Number, -100, old), (_to, 100, default));

        var item = Assert.Single((await ItemsAsync()).Items);

        Assert.Equal((old, 200L, 2, day, old, _from), (item.Item, item.Amount.Minor, item.AgeDays, item.Since, item.OpenedBy, item.OtherSide));
    }

    [Fact]
    public async Task what_is_buffered_counts_A9()
    {
        var item = OrderId.Create(TestDatabase.Today, 424_242);
        await _scene.Database.ExecuteAsync(
            "insert into entry_pending select $1, $2, 0, 90, 'CNY', day, $2, 'Transfer', 1 from ledger_day", _transit.Id, item.Value);

        Assert.Equal((item, 90L), (await ItemsAsync()).Items.Select(open => (open.Item, open.Amount.Minor)).Single());
    }

    [Fact]
    public async Task what_is_due_to_go_out_would_be_cleared_from_where_it_went_A9()
    {
        var item = await _scene.BookAsync((_transit.Number, -80, default), (_to, 80, default));

        var open = Assert.Single((await ItemsAsync()).Items);

        Assert.Equal((item, -80L, _to), (open.Item, open.Amount.Minor, open.OtherSide));
    }

    [Fact]
    public async Task items_go_on_after_a_number_A9()
    {
        var items = new List<OrderId>();
        for (var i = 0; i < 5; i++)
        {
            items.Add(await _scene.BookAsync((_from, -10, default), (_transit.Number, 10, default)));
        }

        Assert.Equal(items[..3], (await _scene.Transit.ItemsAsync(_transit, default, 3, CancellationToken.None)).Items.Select(item => item.Item));
        Assert.Equal(items[3..], (await _scene.Transit.ItemsAsync(_transit, items[2], 3, CancellationToken.None)).Items.Select(item => item.Item));
    }

    private Task<TransitItems> ItemsAsync() => _scene.Transit.ItemsAsync(_transit, default, 50, CancellationToken.None);

    private Task<DateOnly> TodayAsync() => _scene.Database.ScalarAsync<DateOnly>("select day from ledger_day");

    private async Task CloseAsync(DateOnly day, (OrderId Item, long Amount) open)
    {
        await _scene.Database.ExecuteAsync("insert into transit_item values ($1, $2, $3, $4, $3)", _transit.Id, open.Item.Value, day, open.Amount);
        await _scene.Database.ExecuteAsync(
            "insert into ledger_day_close (day, closed_by, entries, postings, vouchers, sums, digest, certificate) values ($1, 'test', 0, 0, 0, '{}', sha256(''), '{}')", day);
    }
}
