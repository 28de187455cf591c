using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Runtime.Ledger;
using PaymentEngine.Store.Ledger;
using PaymentEngine.Tests.Support.Postgres;
using Xunit;

namespace PaymentEngine.Tests.Store.Ledger;

/// <summary>Promised parts of balances: placed, captured in parts, released, expired.</summary>
[Trait("Rule", "A1")]
[Trait("Rule", "A4")]
public sealed class HoldTests(DatabaseFixture fixture) : LedgerTests(fixture)
{
    [Fact]
    public async Task what_is_held_cannot_be_spent_and_is_part_of_the_balance_A1()
    {
        var (member, other) = (await Hand.MemberAsync(100), await Hand.MemberAsync());

        await PlacedAsync(member, 60);

        Assert.Equal((100, 0, 60), await Hand.StandingAsync(member));
        Assert.Equal(PostingRefusalReason.Overdraft, await Hand.RefusedAsync(LedgerHand.Transfer(member, other, 41)));
        Assert.Equal(PostingRefusalReason.Overdraft, await Hand.RefusedAsync(Place(member, 41)));
        await Hand.PostedAsync(LedgerHand.Transfer(member, other, 40));
    }

    [Fact]
    [Trait("Rule", "O13")]
    public async Task a_key_that_held_for_one_reason_does_not_hold_for_another_O13()
    {
        var member = await Hand.MemberAsync(100);
        var first = await Hand.PostedAsync(Place(member, 60) with { Key = "one-key" });

        var other = await Hand.Desk.PostAsync(
            Place(member, 60) with { Key = "one-key", Holds = [new HoldOrder.Place(member, new Money(60, LedgerHand.Cny), "order 9 of the court", null)] }, default);

        Assert.Equal(new LedgerResult.KeyConflict(first), other);
    }

    [Fact]
    [Trait("Rule", "A5")]
    public async Task a_hold_looks_at_all_of_an_account_that_is_split_A5()
    {
        await using var node = new LedgerHand(Database, node: 1);
        var (bank, split) = (await Hand.OwnAsync(), await Hand.MemberAsync(mode: AccountMode.Sharded, shards: 4));
        await Hand.PostedAsync(LedgerHand.Transfer(bank, split, 60));
        await node.PostedAsync(LedgerHand.Transfer(bank, split, 40));

        Assert.Equal(PostingRefusalReason.Overdraft, await Hand.RefusedAsync(Place(split, 101)));
        var hold = await PlacedAsync(split, 100);
        Assert.Equal((100, 0, 100), await Hand.StandingAsync(split));
        await Hand.PostedAsync(Capture(hold, 100, LedgerHand.Leg(split, -100), LedgerHand.Leg(bank, 100)));
        Assert.Equal((0, 0, 0), await Hand.StandingAsync(split));
    }

    [Fact]
    [Trait("Rule", "A5")]
    public async Task a_sub_account_that_somebody_holds_is_no_lack_of_money_A5()
    {
        var (bank, split) = (await Hand.OwnAsync(), await Hand.MemberAsync(mode: AccountMode.Sharded, shards: 4));
        await Hand.PostedAsync(LedgerHand.Transfer(bank, split, 60));
        await using (await HoldRowAsync($"account where balance = 60 and number like '{split}.%'"))
        {
            var refused = await Task.WhenAll(Hand.RefusedAsync(Place(split, 30)), Hand.RefusedAsync(LedgerHand.Transfer(split, bank, 30)));

            Assert.Equal([PostingRefusalReason.AccountBusy, PostingRefusalReason.AccountBusy], refused);
        }

        await PlacedAsync(split, 30);
        await Hand.PostedAsync(LedgerHand.Transfer(split, bank, 30));
    }

    [Fact]
    [Trait("Rule", "A5")]
    public async Task a_hold_whose_row_somebody_has_fails_those_who_need_it_and_nobody_else_A5()
    {
        var member = await Hand.MemberAsync(100);
        var (held, free) = (await PlacedAsync(member, 60), await PlacedAsync(member, 40));
        await using var holder = await HoldRowAsync($"hold where id = {held.Value}");

        var refused = Hand.RefusedAsync(Of(new HoldOrder.Release(held, null)));
        var posted = Hand.PostedAsync(Of(new HoldOrder.Release(free, null)));

        Assert.Equal(PostingRefusalReason.AccountBusy, await refused);
        await posted;
    }

    [Fact]
    public async Task unfreezing_and_paying_are_one_posting_also_in_parts_A4()
    {
        var (member, other) = (await Hand.MemberAsync(100), await Hand.MemberAsync());
        var hold = await PlacedAsync(member, 100);

        await Hand.PostedAsync(Capture(hold, 30, LedgerHand.Leg(member, -30), LedgerHand.Leg(other, 30)));
        await Hand.PostedAsync(Capture(hold, 70, LedgerHand.Leg(member, -70), LedgerHand.Leg(other, 70)));

        Assert.Equal((0, 0, 0), await Hand.StandingAsync(member));
        Assert.Equal(100, await Hand.BalanceAsync(other));
        Assert.Equal(PostingRefusalReason.HoldExceeded, await Hand.RefusedAsync(Capture(hold, 1)));
    }

    [Fact]
    public async Task a_capture_whose_legs_are_refused_leaves_the_hold_as_it_was_A4()
    {
        var (member, other) = (await Hand.MemberAsync(100), await Hand.MemberAsync());
        var hold = await PlacedAsync(member, 60);

        Assert.Equal(
            PostingRefusalReason.Overdraft,
            await Hand.RefusedAsync(Capture(hold, 60, LedgerHand.Leg(member, -101), LedgerHand.Leg(other, 101))));

        Assert.Equal((100, 0, 60), await Hand.StandingAsync(member));
        await Hand.PostedAsync(Capture(hold, 60, LedgerHand.Leg(member, -100), LedgerHand.Leg(other, 100)));
    }

    [Fact]
    public async Task captures_at_once_on_two_nodes_never_take_more_than_there_is_A4()
    {
        await using var node = new LedgerHand(Database, node: 1);
        var (member, other) = (await Hand.MemberAsync(100), await Hand.MemberAsync());
        var hold = await PlacedAsync(member, 100);

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            (i % 2 == 0 ? Hand : node).PostAsync(Capture(hold, 9, LedgerHand.Leg(member, -9), LedgerHand.Leg(other, 9)))));

        Assert.Equal(11, results.Count(result => result is LedgerResult.Posted));
        Assert.Equal((1, 0, 1), await Hand.StandingAsync(member));
    }

    [Fact]
    public async Task a_release_gives_back_a_part_or_all_that_is_left_A1()
    {
        var member = await Hand.MemberAsync(100);
        var hold = await PlacedAsync(member, 100);

        await Hand.PostedAsync(Of(new HoldOrder.Release(hold, new Money(10, LedgerHand.Cny))));
        Assert.Equal((100, 0, 90), await Hand.StandingAsync(member));
        await Hand.PostedAsync(Of(new HoldOrder.Release(hold, null)));

        Assert.Equal((100, 0, 0), await Hand.StandingAsync(member));
        Assert.Equal(PostingRefusalReason.HoldExceeded, await Hand.RefusedAsync(Of(new HoldOrder.Release(hold, null))));
        Assert.Equal(PostingRefusalReason.HoldUnknown, await Hand.RefusedAsync(Of(new HoldOrder.Release(new OrderId(77), null))));
    }

    [Fact]
    public async Task a_hold_that_would_be_over_is_refused_and_one_that_was_placed_is_told_again_A1()
    {
        var (member, now) = (await Hand.MemberAsync(100), DateTimeOffset.UtcNow);
        var account = (await Hand.Book.FindAsync(member, default))!;
        var key = LedgerHand.New("key");

        Assert.Equal(PostingRefusalReason.HoldOver, await Hand.RefusedAsync(Place(member, 60, now.AddMinutes(-1))));
        Assert.Equal((100, 0, 0), await Hand.StandingAsync(member));

        // The same request under the same key, before its moment and after it.
        Assert.IsType<LedgerResult.Refused>(await AskedAsync(71, now.AddMinutes(-1)));
        Assert.Equal(new OrderId(72), Assert.IsType<LedgerResult.Posted>(await AskedAsync(72, now.AddHours(1))).Posting);
        var again = Assert.IsType<LedgerResult.Posted>(await AskedAsync(73, now.AddMinutes(-1)));
        Assert.Equal((new OrderId(72), true), (again.Posting, again.IsRepeat));
        Assert.Equal((100, 0, 60), await Hand.StandingAsync(member));

        Task<LedgerResult> AskedAsync(long id, DateTimeOffset expires)
        {
            var hold = new HoldChange(HoldChangeKind.Placed, new OrderId(id), account, new Money(60, LedgerHand.Cny)) { ExpiresAt = expires };
            var posting = new Posting(new OrderId(id), new OrderId(id), PostingKind.Hold, []) { Holds = [hold] };
            return Hand.Committer.CommitAsync(new KeyedPosting(key, new byte[32], posting, null, "tester"));
        }
    }

    [Fact]
    public async Task a_hold_keeps_until_when_it_was_promised_and_is_not_given_back_twice_A1()
    {
        var member = await Hand.MemberAsync(100);
        var hold = await Hand.PostedAsync(Place(member, 60, DateTimeOffset.UtcNow.AddHours(1)));
        await Hand.PostedAsync(Of(new HoldOrder.Release(hold, null)));

        Assert.True(await Database.ScalarAsync<bool>("select expires_at > now() from hold where id = $1", hold.Value));
        await TurnBackAsync(hold);
        Assert.DoesNotContain(hold, await Hand.Holds.ExpiredAsync(100, default));
    }

    [Fact]
    public async Task a_hold_whose_time_is_over_is_given_back_once_however_many_nodes_see_it_A1()
    {
        await using var node = new LedgerHand(Database, node: 1);
        var member = await Hand.MemberAsync(100);
        var hold = await PlacedAsync(member, 80);
        await TurnBackAsync(hold);

        Assert.Contains(hold, await Hand.Holds.ExpiredAsync(100, default));
        await Task.WhenAll(PumpOf(Hand).WorkAsync(default), PumpOf(node).WorkAsync(default));

        Assert.Equal((100, 0, 0), await Hand.StandingAsync(member));
        Assert.Equal(
            ["Placed", "Expired"],
            await Database.ReadAsync("select what from hold_change where hold_id = $1 order by posting_id", row => row.GetString(0), hold.Value));
        Assert.DoesNotContain(hold, await Hand.Holds.ExpiredAsync(100, default));
    }

    private static LedgerRequest Of(params HoldOrder[] holds) => new(LedgerHand.New("key"), PostingKind.Hold, []) { Holds = holds };

    private static LedgerRequest Place(string account, long minor, DateTimeOffset? expiresAt = null) =>
        Of(new HoldOrder.Place(account, new Money(minor, LedgerHand.Cny), "a court says so", expiresAt));

    private Task<int> TurnBackAsync(OrderId hold) => Database.ExecuteAsync("update hold set expires_at = now() - interval '1 s' where id = $1", hold.Value);

    private static LedgerRequest Capture(OrderId hold, long minor, params RequestedLeg[] legs) =>
        new(LedgerHand.New("key"), PostingKind.Transfer, legs) { Holds = [new HoldOrder.Capture(hold, new Money(minor, LedgerHand.Cny))] };

    private static LedgerPump PumpOf(LedgerHand hand) => hand.Pump();

    private Task<OrderId> PlacedAsync(string account, long minor) => Hand.PostedAsync(Place(account, minor));
}
