using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Proposals;
using PaymentEngine.Runtime.Ledger;
using PaymentEngine.Runtime.Proposals;
using PaymentEngine.Tests.Support.Postgres;
using Xunit;

namespace PaymentEngine.Tests.Store.Ledger;

/// <summary>Bookings by hand on open items: never what an order clears by itself, and never twice.</summary>
[Trait("Rule", "A9")]
[Trait("Rule", "A10")]
public sealed class ItemAdjustmentTests(DatabaseFixture fixture) : SceneTests(fixture)
{
    private string _payer = "";
    private string _transit = "";
    private OrderId _item;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        (_payer, _transit) = (await Scene.OpenAsync(), await Scene.OpenAsync(AccountKind.Transit));
        _item = await Scene.BookAsync((_payer, -300, default), (_transit, 300, default));
    }

    [Fact]
    public async Task an_item_whose_order_is_under_way_is_not_cleared_by_hand_until_the_order_has_ended_A9()
    {
        await UnderWayAsync();
        var asked = Stored(await AskAsync(_item));
        Assert.Equal([("legs[0]", "item_under_way")], Warnings(asked));

        Assert.Equal(AdjustmentRefusals.ItemUnderWay, Refusal(await ApproveAsync(asked)));

        Assert.Equal((Verdict.None, 300), ((await FindAsync(asked)).Stored.Verdict, await Scene.BalanceAsync(_transit)));
        await Scene.Database.ExecuteAsync("update payment_order set state = 'Succeeded' where id = $1", _item.Value);
        Assert.Empty((await FindAsync(asked)).Warnings);
        Assert.False(Stored(await ApproveAsync(asked)).Stored.Posting.IsNone);
        Assert.Equal(0, await Scene.BalanceAsync(_transit));
    }

    [Fact]
    public async Task what_the_order_has_cleared_meanwhile_is_not_cleared_again_A9()
    {
        var asked = Stored(await AskAsync(_item));
        Assert.Empty(asked.Warnings);
        await Scene.BookAsync((_transit, -300, _item), (_payer, 300, default));

        Assert.Equal([("legs[0]", "item_not_open")], Warnings(await FindAsync(asked)));
        Assert.Equal(AdjustmentRefusals.ItemNotOpen, Refusal(await ApproveAsync(asked)));
        Assert.Equal(0, await Scene.BalanceAsync(_transit));
    }

    /// <summary>Each by itself would be right, and each looks before the other has booked.</summary>
    [Fact]
    public async Task of_those_that_are_agreed_to_at_one_instant_one_clears_the_item_A9()
    {
        var asked = new List<AdjustmentView>();
        for (var one = 0; one < 6; one++)
        {
            asked.Add(Stored(await AskAsync(_item)));
        }

        var results = await Task.WhenAll(asked.Select(one => Task.Run(() => ApproveAsync(one))));

        Assert.Single(results.OfType<ProposalResult<AdjustmentView>.Stored>());
        Assert.All(results.OfType<ProposalResult<AdjustmentView>.Refused>(), refused => Assert.Equal(AdjustmentRefusals.ItemNotOpen, refused.Code));
        Assert.Equal(0, await Scene.BalanceAsync(_transit));
    }

    [Fact]
    public async Task what_was_agreed_to_before_a_crash_is_not_booked_when_the_item_was_cleared_meanwhile_A9()
    {
        var left = Stored(await AskAsync(_item));
        await Scene.Database.ExecuteAsync(
            "update adjustment set verdict = 'Approved', checker = 'second', checked_at = now() where id = $1", left.Stored.Id.Value);
        Assert.False(Stored(await ApproveAsync(Stored(await AskAsync(_item)))).Stored.Posting.IsNone);

        await Scene.Desk.SweepAsync(CancellationToken.None);

        var open = (await FindAsync(left)).Stored;
        Assert.Equal((Verdict.None, "item_not_open"), (open.Verdict, open.Remark));
        Assert.Equal(("second", "item_not_open"), (Assert.Single(open.Attempts).Checker, open.Attempts[0].Refusal));
        Assert.Equal(0, await Scene.BalanceAsync(_transit));
    }

    /// <summary>It finds the item cleared, by itself.</summary>
    [Fact]
    public async Task what_the_ledger_had_booked_before_a_crash_is_known_as_booked_A9()
    {
        var asked = Stored(await AskAsync(_item));
        var posted = Stored(await ApproveAsync(asked)).Stored.Posting;
        await Scene.Database.ExecuteAsync("update adjustment set posting_id = null, posting_date = null where id = $1", asked.Stored.Id.Value);

        await Scene.Desk.SweepAsync(CancellationToken.None);

        Assert.Equal(posted, (await FindAsync(asked)).Stored.Posting);
        Assert.Equal(0, await Scene.BalanceAsync(_transit));
    }

    [Fact]
    public async Task what_was_cleared_by_hand_is_taken_back_by_hand_A9()
    {
        var cleared = Stored(await ApproveAsync(Stored(await AskAsync(_item))));
        var back = Stored(await TakeBackAsync(cleared.Stored.Posting));

        Assert.Empty(back.Warnings);
        Assert.False(Stored(await ApproveAsync(back)).Stored.Posting.IsNone);
        Assert.Equal(300, await Scene.BalanceAsync(_transit));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task what_was_cleared_meanwhile_is_not_taken_back_as_well_A9(bool dayIsClosed)
    {
        var back = Stored(await TakeBackAsync(_item));
        Assert.Empty(back.Warnings);
        var cleared = Stored(await ApproveAsync(Stored(await AskAsync(_item)))).Stored.Posting;
        if (dayIsClosed)
        {
            await CloseDayAsync();
        }

        Assert.Equal([("legs[1]", "item_not_open")], Warnings(await FindAsync(back)));
        Assert.Equal(AdjustmentRefusals.ItemNotOpen, Refusal(await ApproveAsync(back)));
        Assert.Equal((0, 0), (await Scene.BalanceAsync(_transit), await Scene.BalanceAsync(_payer)));

        Assert.False(Stored(await ApproveAsync(Stored(await TakeBackAsync(cleared)))).Stored.Posting.IsNone);
        Assert.Equal(300, await Scene.BalanceAsync(_transit));
        Assert.False(Stored(await ApproveAsync(back)).Stored.Posting.IsNone);
        Assert.Equal((0, 0), (await Scene.BalanceAsync(_transit), await Scene.BalanceAsync(_payer)));
    }

    [Fact]
    public async Task what_is_taken_back_on_suspense_is_taken_back_of_its_item_A9()
    {
        var suspense = await Scene.OpenAsync(AccountKind.Suspense);
        var aside = await Scene.BookAsync((_payer, -300, default), (suspense, 300, _item));
        await UnderWayAsync();

        var back = Stored(await TakeBackAsync(aside));

        Assert.Equal((suspense, -300, _item), (back.Stored.Content.Legs[1].Account, back.Stored.Content.Legs[1].Amount.Minor, back.Stored.Content.Legs[1].Item));
        Assert.Equal([("legs[1]", "item_under_way")], Warnings(back));
    }

    [Fact]
    public async Task what_was_open_when_a_day_closed_last_is_open_still_A9()
    {
        var day = await Scene.Database.ScalarAsync<DateOnly>("select day from ledger_day");
        await Scene.Database.ExecuteAsync(
            "insert into transit_item select id, $1, $2, 300, $2 from account where number = $3", _item.Value, day, _transit);
        await CloseDayAsync();

        Assert.False(Stored(await ApproveAsync(Stored(await AskAsync(_item)))).Stored.Posting.IsNone);
        Assert.Equal(0, await Scene.BalanceAsync(_transit));
    }

    [Fact]
    public async Task the_number_of_nothing_that_is_known_here_is_not_asked_for_A10()
    {
        var foreign = OrderId.Create(TestDatabase.Today, 777_777);

        var fault = Assert.Single(Assert.IsType<ProposalResult<AdjustmentView>.Unfit>(await AskAsync(foreign)).Faults);

        Assert.Equal(("legs[0]", "item_unknown"), (fault.Field, fault.Code));
        Assert.Contains(LedgerNumber.OfItem(foreign), fault.Message, StringComparison.Ordinal);
        var elsewhere = await Scene.BookAsync(_payer, await Scene.OpenAsync(AccountKind.Transit), 300);
        Assert.IsType<ProposalResult<AdjustmentView>.Unfit>(await AskAsync(elsewhere));
    }

    [Fact]
    public async Task an_order_is_known_also_where_nothing_is_open_of_it_A10()
    {
        _item = OrderId.Create(TestDatabase.Today, 888_888);
        await Scene.Database.ExecuteAsync(
            "insert into posting (order_id, kind, id, posting_date, posted_at) select $1, 'Payment', $1, day, now() from ledger_day", _item.Value);

        Assert.Equal([("legs[0]", "item_not_open")], Warnings(Stored(await AskAsync(_item))));
    }

    [Fact]
    public async Task an_order_that_is_under_way_is_known_before_anything_was_posted_for_it_A10()
    {
        _item = OrderId.Create(TestDatabase.Today, 999_999);
        await UnderWayAsync();

        Assert.Equal([("legs[0]", "item_under_way")], Warnings(Stored(await AskAsync(_item))));
    }

    private async Task CloseDayAsync()
    {
        await Scene.Database.ExecuteAsync(
            """
            insert into ledger_day_close (day, closed_by, entries, postings, vouchers, sums, digest, certificate)
            select day, 'test', 0, 0, 0, '{}', sha256(''), '{}' from ledger_day
            """);
        await Scene.NextDayAsync();
    }

    /// <summary>A refund that its channel is asked about.</summary>
    private async Task UnderWayAsync()
    {
        await Scene.Database.ExecuteAsync(
            """
            insert into payment_order (trade_id, id, state, kind, refund_of, method, amount_minor, revision, request_serial, created_at, expires_at)
            values ($1, $1, 'Processing', 'refund', 1, 'quick', 300, 1, 's', now(), now())
            """,
            _item.Value);
        await Scene.Database.ExecuteAsync("insert into timer (order_id, kind, trade_id, due_at, token) values ($1 + 1, 'Query', $1, now(), 0)", _item.Value);
    }

    private Task<ProposalResult<AdjustmentView>> AskAsync(OrderId item) => Scene.Desk.RequestAsync(
        new RequestAdjustment("stuck", [new(_transit, LedgerScene.Amount(-300), item), new(_payer, LedgerScene.Amount(300))], default),
        "first", LedgerScene.New("key"), new byte[32], CancellationToken.None);

    private Task<ProposalResult<AdjustmentView>> TakeBackAsync(OrderId posting) => Scene.Desk.RequestAsync(
        new RequestAdjustment("it was wrong", [], posting), "first", LedgerScene.New("key"), new byte[32], CancellationToken.None);

    private Task<ProposalResult<AdjustmentView>> ApproveAsync(AdjustmentView asked) =>
        Scene.Desk.ApproveAsync(asked.Stored.Id, asked.Stored.ContentHash, "second", CancellationToken.None);

    private async Task<AdjustmentView> FindAsync(AdjustmentView asked) => (await Scene.Desk.FindAsync(asked.Stored.Id, CancellationToken.None))!;

    private static IEnumerable<(string, string)> Warnings(AdjustmentView view) => view.Warnings.Select(warning => (warning.Field, warning.Code));

    private static AdjustmentView Stored(ProposalResult<AdjustmentView> result) => Assert.IsType<ProposalResult<AdjustmentView>.Stored>(result).View;

    private static string Refusal(ProposalResult<AdjustmentView> result) => Assert.IsType<ProposalResult<AdjustmentView>.Refused>(result).Code;
}
