using PaymentEngine.Core.Accounting;
using PaymentEngine.Store.Ledger;
using PaymentEngine.Tests.Support.Postgres;
using Xunit;

namespace PaymentEngine.Tests.Store.Ledger;

/// <summary>A statement begins with what there was, goes through every entry, and ends where it was when it began to be read.</summary>
[Trait("Rule", "A2")]
public sealed class StatementReadingTests(DatabaseFixture fixture) : SceneTests(fixture)
{
    private string _from = "";
    private AccountRecord _account = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _from = await Scene.OpenAsync();
        _account = (await Scene.Accounts.FindAsync(await Scene.OpenAsync(AccountKind.Merchant, floor: 0, shards: 1), CancellationToken.None))!;
    }

    [Fact]
    public async Task it_opens_with_what_the_days_before_left_A2()
    {
        var first = await TodayAsync();
        await Scene.BookAsync(_from, _account.Number, 100);
        await Scene.NextDayAsync();
        await Scene.BookAsync(_from, _account.Number, 30);
        await Scene.BookAsync(_account.Number, _from, 20);
        await Scene.BookAsync(_from, _account.Number + ".01", 7);
        await Scene.NextDayAsync();
        await Scene.BookAsync(_from, _account.Number, 1_000);

        await SaysAsync(first.AddDays(1), first.AddDays(1), 100, 30, -20, 7);
        await SaysAsync(first, first, 0, 100);
        await SaysAsync(first.AddDays(-5), first.AddDays(300), 0, 100, 30, -20, 7, 1_000);
        await SaysAsync(first.AddDays(3), first.AddDays(4), 1_117);
    }

    [Fact]
    public async Task what_is_booked_while_it_is_read_belongs_to_the_next_A2()
    {
        var today = await TodayAsync();
        await Scene.BookAsync(_from, _account.Number, 100);
        var rows = await Scene.Statements.RowsAsync(_account.Id, today, CancellationToken.None);
        await Scene.BookAsync(_from, _account.Number, 55);

        Assert.Equal(new[] { 100L }, await AmountsAsync(rows, today, today));
    }

    private async Task SaysAsync(DateOnly from, DateOnly to, long opening, params long[] amounts)
    {
        var rows = await Scene.Statements.RowsAsync(_account.Id, from, CancellationToken.None);
        Assert.Equal(opening, rows.Sum(row => row.Opening));
        Assert.Equal(amounts, await AmountsAsync(rows, from, to));
    }

    private async Task<long[]> AmountsAsync(IReadOnlyList<StatementRow> rows, DateOnly from, DateOnly to)
    {
        var amounts = new List<long>();
        await foreach (var (_, entry) in Scene.Statements.EntriesAsync(rows, from, to, CancellationToken.None))
        {
            amounts.Add(entry.Amount);
        }

        return [.. amounts];
    }

    private Task<DateOnly> TodayAsync() => Scene.Database.ScalarAsync<DateOnly>("select day from ledger_day");
}
