using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Proposals;
using PaymentEngine.Runtime.Ledger;
using PaymentEngine.Runtime.Proposals;
using PaymentEngine.Store.Ledger;
using PaymentEngine.Tests.Support.Postgres;
using Xunit;

namespace PaymentEngine.Tests.Store.Ledger;

/// <summary>What is held leaves by a booking by hand, in one posting: nobody can spend it in between.</summary>
[Trait("Rule", "A4")]
[Trait("Rule", "A10")]
[Trait("Rule", "P2")]
public sealed class CaptureByTwoTests(DatabaseFixture fixture) : LedgerTests(fixture)
{
    private string _shop = "";
    private string _bank = "";
    private OrderId _hold;

    private AdjustmentDesk Desk => Hand.AdjustmentsWith(Hand.Desk);

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        (_shop, _bank) = (await Hand.MemberAsync(100), await Hand.OwnAsync());
        _hold = await HoldAsync(60);
    }

    [Fact]
    public async Task a_part_and_then_what_is_left_leave_with_their_legs_A4()
    {
        var part = await AskAsync(25, captured: 25);
        Assert.Equal((25, 60, 0), (part.Stored.Content.Captures!.Amount.Minor, part.Hold!.Left.Minor, part.Warnings.Count));
        Assert.Equal((100, 0, 60), await Hand.StandingAsync(_shop));

        var booked = await BookedAsync(part);

        Assert.Equal((75, 0, 35), await Hand.StandingAsync(_shop));
        Assert.Equal((_hold, 2), (booked.Posting!.Facts.Hold, booked.Posting.Legs.Count));
        Assert.Equal(("first, approved by second", part.Stored.Id), (booked.Posting.Facts.MadeBy, booked.Posting.Facts.Adjustment));

        var rest = await AskAsync(75, captured: null);
        Assert.Equal((35, 0), (rest.Stored.Content.Captures!.Amount.Minor, rest.Warnings.Count));
        Assert.Equal(0, (await BookedAsync(rest)).Hold!.Left.Minor);
        Assert.Equal((0, 0, 0), await Hand.StandingAsync(_shop));
        Assert.Equal((60, 0), await CapturedAsync());
    }

    [Fact]
    public async Task every_posting_names_the_hold_that_it_moved_A4()
    {
        var reading = new PostingReading(Database.Sql);
        var released = await Hand.ByTwoAsync(new WantedChange.ReleaseHold(_hold, new Money(10, LedgerHand.Cny), "settled"));
        var captured = (await BookedAsync(await AskAsync(25, captured: 25))).Stored;

        foreach (var posting in new[] { _hold, released.Posting, captured.Posting })
        {
            Assert.Equal(_hold, (await reading.FindAsync(posting, default))!.Facts.Hold);
        }
    }

    [Fact]
    public async Task what_was_captured_by_another_meanwhile_is_refused_by_name_and_is_open_again_A10()
    {
        var (one, other) = (await AskAsync(60, captured: null), await AskAsync(60, captured: null));
        await BookedAsync(one);

        Assert.Equal(["hold_exceeded", "overdraft"], (await FindAsync(other)).Warnings.Select(warning => warning.Code));
        Assert.Equal(PostingRefusalReason.HoldExceeded, Assert.IsType<ProposalResult<AdjustmentView>.RefusedByLedger>(await ApproveAsync(other)).Reason);

        var open = (await FindAsync(other)).Stored;
        Assert.Equal((Verdict.None, null, true), (open.Verdict, open.Checker, open.Posting.IsNone));
        Assert.Equal(("second", open.Remark), (Assert.Single(open.Attempts).Checker, open.Attempts[0].Refusal));
        Assert.StartsWith("hold_exceeded: ", open.Remark, StringComparison.Ordinal);
        Assert.Equal((40, 0, 0), await Hand.StandingAsync(_shop));
    }

    [Fact]
    public async Task what_ended_by_itself_meanwhile_is_not_captured_A10()
    {
        var asked = await AskAsync(60, captured: null);
        await Database.ExecuteAsync("update hold set expires_at = now() - interval '1 s' where id = $1", _hold.Value);
        await Hand.Pump().WorkAsync(default);

        Assert.Equal(PostingRefusalReason.HoldExceeded, Assert.IsType<ProposalResult<AdjustmentView>.RefusedByLedger>(await ApproveAsync(asked)).Reason);

        Assert.Equal((100, 0, 0), await Hand.StandingAsync(_shop));
    }

    [Fact]
    public async Task an_engine_that_dies_before_or_after_it_is_booked_leaves_it_to_the_next_once_A10()
    {
        foreach (var dying in new[] { new FailingLedger(Hand.Desk) { DiesBefore = true }, new FailingLedger(Hand.Desk) { DiesAfter = true } })
        {
            var asked = await AskAsync(20, captured: 20);
            await Assert.ThrowsAsync<LedgerDiedException>(() => ApproveAsync(asked, dying));

            await using var node = new LedgerHand(Database, node: 1);
            await Task.WhenAll(Desk.SweepAsync(default), node.AdjustmentsWith(node.Desk).SweepAsync(default));

            Assert.False((await FindAsync(asked)).Stored.Posting.IsNone);
        }

        Assert.Equal((60, 0, 20), await Hand.StandingAsync(_shop));
        Assert.Equal((40, 0), await CapturedAsync());
    }

    [Fact]
    public async Task what_is_captured_is_part_of_what_is_agreed_to_A10()
    {
        foreach (var (from, to) in new[] { ("\"amount_minor\": 25}", "\"amount_minor\": 24}"), ("\"captures\"", "\"forgotten\"") })
        {
            var asked = await AskAsync(30, captured: 25);
            Assert.Equal(1, await Database.ExecuteAsync(
                "update adjustment set content = replace(content::text, $2, $3)::jsonb where id = $1 and strpos(content::text, $2) > 0", asked.Stored.Id.Value, from, to));

            Assert.Equal("content_changed", Assert.IsType<ProposalResult<AdjustmentView>.Refused>(await ApproveAsync(asked)).Code);
        }

        Assert.Equal((100, 0, 60), await Hand.StandingAsync(_shop));
    }

    [Fact]
    public async Task what_cannot_be_captured_is_not_asked_for_A10()
    {
        Assert.Equal(["captures.hold hold_unknown"], await FaultsAsync(25, new WantedCapture(new OrderId(77), null)));
        Assert.Equal(["captures.amount hold_exceeded"], await FaultsAsync(61, new WantedCapture(_hold, Yuan(61))));
        Assert.Equal(["captures.amount currency_differs"], await FaultsAsync(25, new WantedCapture(_hold, new Money(25, Currency.Parse("USD")))));
        Assert.Equal(["legs hold_not_spent"], await FaultsAsync(24, new WantedCapture(_hold, Yuan(25))));
        Assert.Equal(["legs hold_not_spent"], await FaultsAsync(-25, new WantedCapture(_hold, Yuan(25))));

        await Hand.ByTwoAsync(new WantedChange.ReleaseHold(_hold, null, "settled"));
        Assert.Equal(["captures.amount hold_exceeded"], await FaultsAsync(25, new WantedCapture(_hold, null)));
    }

    [Fact]
    public async Task what_is_taken_back_is_not_held_again_A10()
    {
        var captured = await BookedAsync(await AskAsync(60, captured: null));

        var back = new RequestAdjustment("not his fault", [], captured.Stored.Posting);
        await BookedAsync(Stored(await Desk.RequestAsync(back, "first", LedgerHand.New("key"), new byte[32], default)));

        Assert.Equal((100, 0, 0), await Hand.StandingAsync(_shop));
        Assert.Equal((60, 0), await CapturedAsync());
    }

    private static Money Yuan(long minor) => new(minor, LedgerHand.Cny);

    private Task<OrderId> HoldAsync(long minor) => Hand.PostedAsync(
        new LedgerRequest(LedgerHand.New("key"), PostingKind.Hold, []) { Holds = [new HoldOrder.Place(_shop, Yuan(minor), "chargeback", null)] });

    private Task<ProposalResult<AdjustmentView>> RequestAsync(long minor, WantedCapture captures) => Desk.RequestAsync(
        new RequestAdjustment("chargeback lost", [LedgerHand.Leg(_shop, -minor), LedgerHand.Leg(_bank, minor)], default) { Captures = captures },
        "first", LedgerHand.New("key"), new byte[32], default);

    private async Task<AdjustmentView> AskAsync(long minor, long? captured) =>
        Stored(await RequestAsync(minor, new WantedCapture(_hold, captured is { } part ? Yuan(part) : null)));

    private async Task<IEnumerable<string>> FaultsAsync(long minor, WantedCapture captures) =>
        Assert.IsType<ProposalResult<AdjustmentView>.Unfit>(await RequestAsync(minor, captures)).Faults.Select(fault => $"{fault.Field} {fault.Code}");

    private Task<ProposalResult<AdjustmentView>> ApproveAsync(AdjustmentView asked, ILedgerDesk? ledger = null) =>
        Hand.AdjustmentsWith(ledger ?? Hand.Desk).ApproveAsync(asked.Stored.Id, asked.Stored.ContentHash, "second", default);

    private async Task<AdjustmentView> BookedAsync(AdjustmentView asked)
    {
        var booked = Stored(await ApproveAsync(asked));
        Assert.NotNull(booked.Posting);
        return booked;
    }

    private async Task<AdjustmentView> FindAsync(AdjustmentView asked) => (await Desk.FindAsync(asked.Stored.Id, default))!;

    /// <summary>Of the hold: what was captured and what was released.</summary>
    private async Task<(long Captured, long Released)> CapturedAsync() => (await Database.ReadAsync(
        "select captured, released from hold where id = $1", row => (row.GetInt64(0), row.GetInt64(1)), _hold.Value))[0];

    private static AdjustmentView Stored(ProposalResult<AdjustmentView> result) => Assert.IsType<ProposalResult<AdjustmentView>.Stored>(result).View;
}
