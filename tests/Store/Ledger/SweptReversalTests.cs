using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Proposals;
using PaymentEngine.Runtime.Ledger;
using PaymentEngine.Runtime.Proposals;
using PaymentEngine.Tests.Support.Postgres;
using Xunit;

namespace PaymentEngine.Tests.Store.Ledger;

/// <summary>What is taken back is shown as it will be booked, whatever the ledger moved between the rows of one account.</summary>
[Trait("Rule", "A5")]
[Trait("Rule", "A10")]
public sealed class SweptReversalTests(DatabaseFixture fixture) : LedgerTests(fixture)
{
    private string _split = "";
    private string _bank = "";

    private AdjustmentDesk Desk => Hand.AdjustmentsWith(Hand.Desk);

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await using var node = new LedgerHand(Database, node: 1);
        (_split, _bank) = (await Hand.MemberAsync(mode: AccountMode.Sharded, shards: 4), await Hand.OwnAsync());
        await Hand.PostedAsync(LedgerHand.Transfer(_bank, _split, 60));
        await node.PostedAsync(LedgerHand.Transfer(_bank, _split, 40));
    }

    [Fact]
    public async Task what_was_swept_for_a_debit_is_no_leg_of_what_takes_it_back_A10()
    {
        var swept = await Hand.PostedAsync(LedgerHand.Transfer(_split, _bank, 100));
        Assert.True(await Database.ScalarAsync<long>("select count(*) from entry where posting_id = $1", swept.Value) > 2);

        var asked = Stored(await AskAsync(swept));
        Assert.Equal([LedgerHand.Leg(_split, 100), LedgerHand.Leg(_bank, -100)], asked.Stored.Content.Legs);
        Stored(await AskAsync(swept, LedgerHand.Leg(_bank, -100), LedgerHand.Leg(_split, 100)));

        var booked = Stored(await Desk.ApproveAsync(asked.Stored.Id, asked.Stored.ContentHash, "second", default));
        Assert.Equal(2, booked.Posting!.Legs.Count);
        Assert.Equal(100, await Hand.BalanceAsync(_split));
    }

    [Fact]
    public async Task a_hold_that_swept_has_nothing_to_be_taken_back_A10()
    {
        var hold = await Hand.PostedAsync(new LedgerRequest(LedgerHand.New("key"), PostingKind.Hold, [])
        {
            Holds = [new HoldOrder.Place(_split, new Money(100, LedgerHand.Cny), "chargeback", null)],
        });
        Assert.True(await Database.ScalarAsync<long>("select count(*) from entry where posting_id = $1", hold.Value) > 0);

        Assert.Equal(AdjustmentRefusals.NotReversible, Assert.IsType<ProposalResult<AdjustmentView>.Refused>(await AskAsync(hold)).Code);
    }

    private Task<ProposalResult<AdjustmentView>> AskAsync(OrderId reverses, params RequestedLeg[] legs) => Desk.RequestAsync(
        new RequestAdjustment("twice", legs, reverses), "first", LedgerHand.New("key"), new byte[32], default);

    private static AdjustmentView Stored(ProposalResult<AdjustmentView> result) => Assert.IsType<ProposalResult<AdjustmentView>.Stored>(result).View;
}
