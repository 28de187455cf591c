using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Proposals;
using PaymentEngine.Runtime.Ledger;
using PaymentEngine.Runtime.Proposals;
using PaymentEngine.Store.Ledger;
using PaymentEngine.Tests.Support.Postgres;
using Xunit;

namespace PaymentEngine.Tests.Store.Ledger;

/// <summary>Bookings by hand: asked for by one person, agreed to by another, booked once whatever dies in between.</summary>
[Trait("Rule", "A10")]
[Trait("Rule", "P2")]
public sealed class AdjustmentTests(DatabaseFixture fixture) : SceneTests(fixture)
{
    private string _from = "";
    private string _to = "";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _from = await Scene.OpenAsync();
        _to = await Scene.OpenAsync(AccountKind.Merchant, floor: 0);
    }

    public override async Task DisposeAsync()
    {
        await Books.DemandCleanAsync(Scene.Database);
        await base.DisposeAsync();
    }

    [Fact]
    public async Task what_one_asks_for_and_another_approves_is_booked_A10()
    {
        var asked = await AskAsync(1_000);
        Assert.Equal((0, Verdict.None), (await Scene.BalanceAsync(_to), asked.Stored.Verdict));

        var approved = Stored(await ApproveAsync(asked));

        Assert.Equal((1_000, -1_000), (await Scene.BalanceAsync(_to), await Scene.BalanceAsync(_from)));
        Assert.Equal(("first, approved by second", "give back"), (approved.Posting!.Facts.MadeBy, approved.Posting.Facts.Narrative));
        Assert.Equal((asked.Stored.Id, "adjustment:" + asked.Stored.Id.Value), (approved.Posting.Facts.Adjustment, approved.Posting.Facts.Key));
        Assert.Equal(approved.Stored.Posting, Stored(await ApproveAsync(asked)).Stored.Posting);
        Assert.Equal(1_000, await Scene.BalanceAsync(_to));
    }

    [Fact]
    public async Task who_asked_can_neither_approve_nor_refuse_A10()
    {
        var asked = await AskAsync(1_000);

        Assert.Equal(ProposalRefusals.SecondPersonNeeded, Refusal(await ApproveAsync(asked, "first")));
        Assert.Equal(ProposalRefusals.SecondPersonNeeded, Refusal(await Scene.Desk.RefuseAsync(asked.Stored.Id, "no", "first", CancellationToken.None)));
        Assert.Equal(0, await Scene.BalanceAsync(_to));
    }

    [Fact]
    public async Task only_what_was_seen_is_agreed_to_A10()
    {
        var asked = await AskAsync(1_000);
        var other = await AskAsync(1_000);

        Assert.Equal(ProposalRefusals.ContentDiffers, Refusal(await Scene.Desk.ApproveAsync(asked.Stored.Id, other.Stored.ContentHash, "second", CancellationToken.None)));
        await Scene.Database.ExecuteAsync("update adjustment set content = replace(content::text, '1000', '9000')::jsonb where id = $1", asked.Stored.Id.Value);
        Assert.Equal(ProposalRefusals.ContentChanged, Refusal(await ApproveAsync(asked)));
        Assert.Equal(0, await Scene.BalanceAsync(_to));
    }

    [Fact]
    public async Task what_was_changed_after_it_was_agreed_to_is_not_booked_A10()
    {
        var asked = await AskAsync(1_000);
        Scene.Ledger = new FailingLedger(Scene.Ledger) { DiesBefore = true };
        await Assert.ThrowsAsync<LedgerDiedException>(() => ApproveAsync(asked));
        await Scene.Database.ExecuteAsync("update adjustment set content = replace(content::text, '1000', '9000')::jsonb where id = $1", asked.Stored.Id.Value);

        Scene.Ledger = new PlainLedger(Scene.Database, Scene.Numbers);
        await Scene.Desk.SweepAsync(CancellationToken.None);

        Assert.Equal((0, "content_changed"), (await Scene.BalanceAsync(_to), (await FindAsync(asked)).Stored.Remark));
    }

    [Fact]
    public async Task many_who_approve_at_once_book_it_once_A10()
    {
        var asked = await AskAsync(1_000);

        var results = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => ApproveAsync(asked, i % 2 == 0 ? "second" : "third")));

        Assert.Single(results.Select(result => Stored(result).Stored.Posting).Distinct());
        Assert.Equal(1_000, await Scene.BalanceAsync(_to));
    }

    [Fact]
    public async Task many_words_about_many_adjustments_leave_connections_to_everybody_else_A10()
    {
        var asked = new List<AdjustmentView>();
        for (var count = 0; count < 24; count++)
        {
            asked.Add(await AskAsync(10));
        }

        var slow = new FailingLedger(Scene.Ledger) { Waits = new TaskCompletionSource() };
        Scene.Ledger = slow;
        var approved = Task.WhenAll(asked.Select(one => ApproveAsync(one)));
        Assert.NotNull(await Scene.Accounts.FindAsync(_to, CancellationToken.None));
        await slow.Asked.Task;
        Assert.NotNull(await Scene.Accounts.FindAsync(_to, CancellationToken.None));
        slow.Waits.SetResult();

        Assert.All(await approved, result => Assert.NotNull(Stored(result).Posting));
        Assert.Equal(240, await Scene.BalanceAsync(_to));
    }

    [Fact]
    public async Task one_word_is_heard_at_a_time_A10()
    {
        var asked = await AskAsync(1_000);
        var slow = new FailingLedger(Scene.Ledger) { Waits = new TaskCompletionSource() };
        Scene.Ledger = slow;
        var first = ApproveAsync(asked, "second");
        await slow.Asked.Task;

        var second = ApproveAsync(asked, "third");
        var refusal = Scene.Desk.RefuseAsync(asked.Stored.Id, "no", "third", CancellationToken.None);
        Assert.Null(await Scene.Adjustments.TryHearAsync(asked.Stored.Id, CancellationToken.None));
        slow.Waits.SetResult();

        Assert.Equal(Stored(await first).Stored.Posting, Stored(await second).Stored.Posting);
        Assert.Equal(ProposalRefusals.IsApproved(ProposalKind.Adjustment), Refusal(await refusal));
        Assert.Equal(1, slow.Times);
    }

    [Fact]
    public async Task an_engine_that_dies_before_it_is_booked_leaves_it_to_the_next_A10()
    {
        var asked = await AskAsync(1_000);
        Scene.Ledger = new FailingLedger(Scene.Ledger) { DiesBefore = true };
        await Assert.ThrowsAsync<LedgerDiedException>(() => ApproveAsync(asked));
        Assert.Equal((Verdict.Approved, 0), ((await FindAsync(asked)).Stored.Verdict, await Scene.BalanceAsync(_to)));

        Scene.Ledger = new PlainLedger(Scene.Database, Scene.Numbers);
        await Task.WhenAll(Scene.Desk.SweepAsync(CancellationToken.None), Scene.Desk.SweepAsync(CancellationToken.None));

        var booked = await FindAsync(asked);
        Assert.Equal((1_000, "second"), (await Scene.BalanceAsync(_to), booked.Stored.Checker));
        Assert.Equal("first, approved by second", booked.Posting!.Facts.MadeBy);
    }

    [Fact]
    public async Task an_engine_that_dies_after_it_is_booked_leaves_nothing_to_book_A10()
    {
        var asked = await AskAsync(1_000);
        Scene.Ledger = new FailingLedger(Scene.Ledger) { DiesAfter = true };
        await Assert.ThrowsAsync<LedgerDiedException>(() => ApproveAsync(asked));
        Assert.Equal((true, 1_000), ((await FindAsync(asked)).Stored.Posting.IsNone, await Scene.BalanceAsync(_to)));
        Assert.Equal(ProposalRefusals.IsApproved(ProposalKind.Adjustment), Refusal(await Scene.Desk.RefuseAsync(asked.Stored.Id, "no", "third", CancellationToken.None)));

        Scene.Ledger = new PlainLedger(Scene.Database, Scene.Numbers);
        await Scene.Desk.SweepAsync(CancellationToken.None);

        Assert.Equal((false, 1_000), ((await FindAsync(asked)).Stored.Posting.IsNone, await Scene.BalanceAsync(_to)));
    }

    [Fact]
    public async Task what_the_ledger_cannot_take_now_is_booked_when_it_can_A10()
    {
        var asked = await AskAsync(1_000);
        Scene.Ledger = new FailingLedger(Scene.Ledger) { IsAway = true };
        var answer = Stored(await ApproveAsync(asked));
        Assert.Equal((Verdict.Approved, true), (answer.Stored.Verdict, answer.Stored.Posting.IsNone));

        Scene.Ledger = new PlainLedger(Scene.Database, Scene.Numbers);
        await Scene.Desk.SweepAsync(CancellationToken.None);

        Assert.Equal(1_000, await Scene.BalanceAsync(_to));
    }

    [Fact]
    public async Task what_the_ledger_refuses_is_open_again_and_says_why_A10()
    {
        var asked = await AskAsync(-700);
        Assert.Equal([AdjustmentChecks.Overdraft], asked.Warnings.Select(warning => warning.Code));

        var refused = Assert.IsType<ProposalResult<AdjustmentView>.RefusedByLedger>(await ApproveAsync(asked));

        Assert.Equal(PostingRefusalReason.Overdraft, refused.Reason);
        var open = (await FindAsync(asked)).Stored;
        Assert.Equal((Verdict.None, null), (open.Verdict, open.Checker));
        Assert.StartsWith("overdraft: ", open.Remark, StringComparison.Ordinal);
        Assert.IsType<ProposalResult<AdjustmentView>.RefusedByLedger>(await ApproveAsync(asked, "third"));
        var attempts = (await FindAsync(asked)).Stored.Attempts;
        Assert.Equal(["second", "third"], attempts.Select(attempt => attempt.Checker));
        Assert.All(attempts, attempt => Assert.Equal(open.Remark, attempt.Refusal));

        await Scene.BookAsync(_from, _to, 700);
        var booked = Stored(await ApproveAsync(asked, "third")).Stored;
        Assert.Equal((null, "third", 2), (booked.Remark, booked.Checker, booked.Attempts.Count));
        Assert.Equal(0, await Scene.BalanceAsync(_to));
    }

    [Fact]
    public async Task what_nobody_approved_cannot_be_stored_as_posted_A10()
    {
        var asked = await AskAsync(1_000);

        var refused = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => Scene.Database.ExecuteAsync(
            "update adjustment set posting_id = 1, posting_date = current_date where id = $1", asked.Stored.Id.Value));

        Assert.Equal(Npgsql.PostgresErrorCodes.CheckViolation, refused.SqlState);
    }

    [Fact]
    public async Task what_was_refused_stays_so_A10()
    {
        var asked = await AskAsync(1_000);
        var refused = Stored(await Scene.Desk.RefuseAsync(asked.Stored.Id, "wrong account", "second", CancellationToken.None));

        Assert.Equal((Verdict.Refused, "second", "wrong account"), (refused.Stored.Verdict, refused.Stored.Checker, refused.Stored.Remark));
        Assert.Equal(ProposalRefusals.IsRefused(ProposalKind.Adjustment), Refusal(await ApproveAsync(asked)));
        Assert.Equal("wrong account", Stored(await Scene.Desk.RefuseAsync(asked.Stored.Id, "other words", "third", CancellationToken.None)).Stored.Remark);
        await Scene.Desk.SweepAsync(CancellationToken.None);
        Assert.Equal(0, await Scene.BalanceAsync(_to));
    }

    [Fact]
    public async Task what_the_ledger_has_booked_cannot_be_refused_A10()
    {
        var asked = await AskAsync(1_000);
        // The ledger has it, and the row lost what it knew.
        await Scene.Ledger.PostAsync(asked.Stored.Content.ToRequest(asked.Stored.Id, "first, approved by second"), CancellationToken.None);

        Assert.Equal(ProposalRefusals.IsApproved(ProposalKind.Adjustment), Refusal(await Scene.Desk.RefuseAsync(asked.Stored.Id, "no", "second", CancellationToken.None)));
    }

    [Fact]
    [Trait("Rule", "O13")]
    public async Task the_same_key_is_the_same_adjustment_O13()
    {
        var key = LedgerScene.New("key");
        var at_once = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => RequestAsync(1_000, key)));

        Assert.Single(at_once.Select(result => Stored(result).Stored.Id).Distinct());
        Assert.Equal(ProposalRefusals.KeyReused, Refusal(await RequestAsync(2_000, key)));
        Assert.NotEqual(Stored(at_once[0]).Stored.Id, Stored(await RequestAsync(2_000, key, "third")).Stored.Id);
    }

    [Fact]
    public async Task what_can_never_be_booked_is_not_asked_for_A10()
    {
        var closed = await Scene.OpenAsync();
        await Scene.Database.ExecuteAsync("update account set status = 'Closed' where number = $1", closed);
        RequestedLeg[] legs =
        [
            new(_from, LedgerScene.Amount(-5)), new("nobody", LedgerScene.Amount(1)), new(closed, LedgerScene.Amount(1)),
            new(_to, new Money(1, Currency.Parse("USD"))),
        ];

        var faults = Assert.IsType<ProposalResult<AdjustmentView>.Unfit>(
            await Scene.Desk.RequestAsync(new RequestAdjustment("x", legs, default), "first", LedgerScene.New("key"), new byte[32], CancellationToken.None)).Faults;

        Assert.Equal(
            [("legs[1]", "account_unknown"), ("legs[2]", "account_closed"), ("legs[3]", "currency_differs"), ("legs", "unbalanced"), ("legs", "unbalanced")],
            faults.Select(fault => (fault.Field, fault.Code)));
    }

    [Fact]
    public async Task what_a_posting_did_is_taken_back_by_its_legs_turned_around_A10()
    {
        var transit = await Scene.OpenAsync(AccountKind.Transit);
        var posting = await Scene.BookAsync((_from, -300, default), (transit, 300, default));

        var asked = Stored(await Scene.Desk.RequestAsync(new RequestAdjustment("twice", [], posting), "first", LedgerScene.New("key"), new byte[32], CancellationToken.None));

        Assert.Equal(
            [(_from, 300L, default), (transit, -300L, posting)], asked.Stored.Content.Legs.Select(leg => (leg.Account, leg.Amount.Minor, leg.Item)));
        Assert.Equal(posting, Stored(await ApproveAsync(asked)).Posting!.Facts.Reverses);
        Assert.Equal(0, await Scene.BalanceAsync(transit));
        Assert.Equal(AdjustmentRefusals.AlreadyReversed, Refusal(
            await Scene.Desk.RequestAsync(new RequestAdjustment("twice", [], posting), "first", LedgerScene.New("key"), new byte[32], CancellationToken.None)));
        Assert.IsType<ProposalResult<AdjustmentView>.Refused>(
            await Scene.Desk.RequestAsync(new RequestAdjustment("x", [], OrderId.Create(TestDatabase.Today, 999)), "first", LedgerScene.New("key"), new byte[32], CancellationToken.None));
    }

    [Fact]
    public async Task legs_that_are_not_those_of_the_posting_take_nothing_back_A10()
    {
        var posting = await Scene.BookAsync(_from, _to, 300);
        RequestedLeg[] legs = [new(_from, LedgerScene.Amount(200)), new(_to, LedgerScene.Amount(-200))];

        var unfit = Assert.IsType<ProposalResult<AdjustmentView>.Unfit>(
            await Scene.Desk.RequestAsync(new RequestAdjustment("x", legs, posting), "first", LedgerScene.New("key"), new byte[32], CancellationToken.None));

        Assert.Equal(AdjustmentChecks.NotTheReversal, Assert.Single(unfit.Faults).Code);
    }

    [Fact]
    public async Task the_list_goes_on_after_a_number_and_shows_what_is_open_A10()
    {
        var before = await Scene.Desk.ListAsync(all: true, default, 500, CancellationToken.None);
        var after = before.Count == 0 ? default : before[^1].Stored.Id;
        var (one, two, three) = (await AskAsync(1), await AskAsync(2), await AskAsync(3));
        await ApproveAsync(two);

        Assert.Equal(Ids(one, three), (await Scene.Desk.ListAsync(all: false, after, 500, CancellationToken.None)).Select(view => view.Stored.Id));
        Assert.Equal(Ids(one, two), (await Scene.Desk.ListAsync(all: true, after, 2, CancellationToken.None)).Select(view => view.Stored.Id));
        Assert.Equal(Ids(three), (await Scene.Desk.ListAsync(all: true, two.Stored.Id, 2, CancellationToken.None)).Select(view => view.Stored.Id));

        static IEnumerable<OrderId> Ids(params AdjustmentView[] views) => views.Select(view => view.Stored.Id);
    }

    private async Task<AdjustmentView> AskAsync(long minor) => Stored(await RequestAsync(minor, LedgerScene.New("key")));

    private Task<ProposalResult<AdjustmentView>> RequestAsync(long minor, string key, string actor = "first")
    {
        var hash = new byte[32];
        BitConverter.TryWriteBytes(hash, minor);
        RequestedLeg[] legs = [new(_from, LedgerScene.Amount(-minor)), new(_to, LedgerScene.Amount(minor))];
        return Scene.Desk.RequestAsync(new RequestAdjustment("give back", legs, default), actor, key, hash, CancellationToken.None);
    }

    private Task<ProposalResult<AdjustmentView>> ApproveAsync(AdjustmentView asked, string actor = "second") =>
        Scene.Desk.ApproveAsync(asked.Stored.Id, asked.Stored.ContentHash, actor, CancellationToken.None);

    private async Task<AdjustmentView> FindAsync(AdjustmentView asked) => (await Scene.Desk.FindAsync(asked.Stored.Id, CancellationToken.None))!;

    private static AdjustmentView Stored(ProposalResult<AdjustmentView> result) => Assert.IsType<ProposalResult<AdjustmentView>.Stored>(result).View;

    private static string Refusal(ProposalResult<AdjustmentView> result) => Assert.IsType<ProposalResult<AdjustmentView>.Refused>(result).Code;
}
