using Npgsql;
using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Proposals;
using PaymentEngine.Runtime.Ledger;
using PaymentEngine.Runtime.Proposals;
using PaymentEngine.Store.Ledger;
using PaymentEngine.Tests.Support.Postgres;
using Xunit;

namespace PaymentEngine.Tests.Store.Ledger;

/// <summary>What gives somebody more to spend: asked for by one person, agreed to by another, done once whatever dies in between.</summary>
[Trait("Rule", "P2")]
[Trait("Rule", "A1")]
public sealed class ChangeRequestTests(DatabaseFixture fixture) : LedgerTests(fixture)
{
    [Fact]
    public async Task a_credit_line_is_enlarged_by_two_and_says_by_whom_P2()
    {
        var account = await Hand.MemberAsync(creditLine: 100);
        var asked = await AskAsync(new WantedChange.CreditLine(account, Yuan(500), "grown"));
        Assert.Equal((100, Verdict.None), (await LineAsync(account), asked.Verdict));

        var done = Stored(await ApproveAsync(asked));

        Assert.Equal((500, "second", true), (await LineAsync(account), done.Checker, done.Done?.At is not null));
        Assert.Equal(
            ("100", "500", "grown", "first, approved by second"),
            (await Database.ReadAsync(
                "select from_value, to_value, reason, changed_by from account_change order by id desc limit 1",
                row => (row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3))))[0]);
        Assert.Equal(done.Done?.At, Stored(await ApproveAsync(asked)).Done?.At);
        Assert.Equal(2, await ChangesAsync(account, "CreditLine"));
    }

    [Fact]
    public async Task one_person_lowers_a_line_freezes_and_holds_at_once_P2()
    {
        var account = await Hand.MemberAsync(balance: 100, creditLine: 100);

        Assert.IsType<AccountResult.Done>(await Hand.Accounts.LowerCreditLineAsync(account, 40, "less trust", "first", default));
        Assert.IsType<AccountResult.SecondPersonNeeded>(await Hand.Accounts.LowerCreditLineAsync(account, 41, "more trust", "first", default));
        await HoldAsync(account, 30);
        Assert.IsType<AccountResult.Done>(await Hand.Accounts.FreezeAsync(account, "a court says so", "first", default));

        Assert.Equal(40, await LineAsync(account));
    }

    [Fact]
    public async Task a_hold_is_released_by_two_in_one_posting_P2()
    {
        var account = await Hand.MemberAsync(balance: 100);
        var hold = await HoldAsync(account, 60);

        var part = await Hand.ByTwoAsync(new WantedChange.ReleaseHold(hold, Yuan(20), "settled in part"));
        Assert.Equal((100, 0, 40), await Hand.StandingAsync(account));
        await Hand.ByTwoAsync(new WantedChange.ReleaseHold(hold, null, "settled"));

        Assert.Equal((100, 0, 0), await Hand.StandingAsync(account));
        Assert.Equal(
            ("first, approved by second", "settled in part"),
            (await Database.ReadAsync(
                "select made_by, narrative from ledger_request where posting_id = $1", row => (row.GetString(0), row.GetString(1)), part.Posting.Value))[0]);
    }

    [Fact]
    public async Task who_asked_can_neither_approve_nor_refuse_P2()
    {
        foreach (var asked in await OfEachKindAsync())
        {
            Assert.Equal("second_person_needed", Refusal(await ApproveAsync(asked, "first")));
            Assert.Equal("second_person_needed", Refusal(await Hand.Changes.RefuseAsync(asked.Id, "no", "first", default)));
            Assert.Null((await FindAsync(asked)).Done?.At);
        }
    }

    [Fact]
    public async Task only_what_was_seen_is_agreed_to_P2()
    {
        var (account, other) = (await Hand.MemberAsync(), await Hand.MemberAsync());
        var asked = await AskAsync(new WantedChange.CreditLine(account, Yuan(500), "grown"));
        var similar = await AskAsync(new WantedChange.CreditLine(other, Yuan(500), "grown"));

        Assert.Equal("content_differs", Refusal(await Hand.Changes.ApproveAsync(asked.Id, similar.ContentHash, "second", default)));
        await Database.ExecuteAsync("update change_request set to_minor = 9000 where id = $1", asked.Id.Value);
        Assert.Equal("content_changed", Refusal(await ApproveAsync(asked)));
        Assert.Equal(0, await LineAsync(account));
    }

    [Fact]
    public async Task what_was_changed_after_it_was_agreed_to_is_not_done_P2()
    {
        var account = await Hand.MemberAsync();
        var asked = await AskAsync(new WantedChange.CreditLine(account, Yuan(500), "grown"));
        await AgreedToAndDiedAsync(asked);
        await Database.ExecuteAsync("update change_request set to_minor = 9000 where id = $1", asked.Id.Value);

        await Hand.Changes.SweepAsync(default);

        Assert.Equal((0, "content_changed"), (await LineAsync(account), (await FindAsync(asked)).Remark));
    }

    [Fact]
    public async Task many_who_approve_at_once_do_it_once_P2()
    {
        await using var node = new LedgerHand(Database, node: 1);
        foreach (var asked in await OfEachKindAsync())
        {
            var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(
                i => (i % 2 == 0 ? Hand : node).Changes.ApproveAsync(asked.Id, asked.ContentHash, i % 3 == 0 ? "second" : "third", default)));

            Assert.Single(results.Select(result => (Stored(result).Done?.At, Stored(result).Checker)).Distinct());
        }

        Assert.Equal(0, await Database.ScalarAsync<long>("select count(*) from change_request where verdict = 'Approved' and applied_at is null"));
    }

    [Fact]
    public async Task an_engine_that_dies_before_it_is_done_leaves_it_to_the_next_P2()
    {
        var all = await OfEachKindAsync();
        foreach (var asked in all)
        {
            await AgreedToAndDiedAsync(asked);
        }

        await using var node = new LedgerHand(Database, node: 1);
        await Task.WhenAll(Hand.Changes.SweepAsync(default), node.Changes.SweepAsync(default));
        await Hand.Changes.SweepAsync(default);

        foreach (var asked in all)
        {
            Assert.Equal(("second", true), ((await FindAsync(asked)).Checker, (await FindAsync(asked)).Done?.At is not null));
        }
    }

    [Fact]
    public async Task an_engine_that_dies_after_the_ledger_has_it_leaves_nothing_to_do_P2()
    {
        var account = await Hand.MemberAsync(balance: 100);
        var asked = await AskAsync(new WantedChange.ReleaseHold(await HoldAsync(account, 60), Yuan(20), "settled"));
        var dying = Hand.ChangesWith(new FailingLedger(Hand.Desk) { DiesAfter = true });
        await Assert.ThrowsAsync<LedgerDiedException>(() => dying.ApproveAsync(asked.Id, asked.ContentHash, "second", default));
        Assert.Equal((100, 0, 40), await Hand.StandingAsync(account));
        Assert.Equal("change_approved", Refusal(await Hand.Changes.RefuseAsync(asked.Id, "no", "third", default)));

        await Hand.Changes.SweepAsync(default);

        Assert.Equal((100, 0, 40), await Hand.StandingAsync(account));
        Assert.False((await FindAsync(asked)).Posting.IsNone);
    }

    [Fact]
    public async Task what_the_ledger_cannot_take_now_is_done_when_it_can_P2()
    {
        var account = await Hand.MemberAsync(balance: 100);
        var asked = await AskAsync(new WantedChange.ReleaseHold(await HoldAsync(account, 60), null, "settled"));
        var away = Stored(await Hand.ChangesWith(new FailingLedger(Hand.Desk) { IsAway = true }).ApproveAsync(asked.Id, asked.ContentHash, "second", default));
        Assert.Equal((Verdict.Approved, null), (away.Verdict, away.Done?.At));

        await Hand.Changes.SweepAsync(default);

        Assert.Equal((100, 0, 0), await Hand.StandingAsync(account));
    }

    [Fact]
    public async Task what_the_ledger_refuses_is_open_again_with_the_name_of_who_agreed_P2()
    {
        var account = await Hand.MemberAsync(balance: 100);
        var asked = await AskAsync(new WantedChange.ReleaseHold(await HoldAsync(account, 60), null, "settled"));
        var refusing = Hand.ChangesWith(new RefusingLedger());

        Assert.IsType<ProposalResult<ChangeView>.RefusedByLedger>(await refusing.ApproveAsync(asked.Id, asked.ContentHash, "second", default));

        var open = await FindAsync(asked);
        Assert.Equal((Verdict.None, null), (open.Verdict, open.Checker));
        Assert.Equal(("second", "account_busy: somebody has it"), (Assert.Single(open.Attempts).Checker, open.Attempts[0].Refusal));
        Assert.NotNull(Stored(await ApproveAsync(asked, "third")).Done?.At);
    }

    [Fact]
    public async Task a_line_that_was_lowered_meanwhile_is_not_enlarged_P2()
    {
        var account = await Hand.MemberAsync(creditLine: 100);
        var asked = await AskAsync(new WantedChange.CreditLine(account, Yuan(500), "grown"));
        await Hand.Accounts.LowerCreditLineAsync(account, 0, "strange payments", "watch", default);
        await Hand.ByTwoAsync(new WantedChange.CreditLine(account, Yuan(100), "as it was"));

        await IsStaleAsync(asked);
        Assert.Equal(100, await LineAsync(account));
    }

    [Fact]
    public async Task a_freeze_that_was_not_seen_is_not_lifted_P2()
    {
        var account = await Hand.MemberAsync();
        await Hand.Accounts.FreezeAsync(account, "court A", "watch", default);
        var asked = await AskAsync(new WantedChange.Unfreeze(account, "court A is done"));
        await Hand.Accounts.FreezeAsync(account, "court B", "watch", default);

        await IsStaleAsync(asked);
        Assert.Equal("Frozen", await Database.ScalarAsync<string>("select status from account where number = $1", account));
        Assert.Equal(2, await ChangesAsync(account, "Frozen"));
        await Hand.ByTwoAsync(new WantedChange.Unfreeze(account, "both are done"));
    }

    [Fact]
    public async Task two_requests_to_lift_one_freeze_lift_it_once_P2()
    {
        var account = await Hand.MemberAsync();
        await Hand.Accounts.FreezeAsync(account, "court A", "watch", default);
        var (one, other) = (await AskAsync(new WantedChange.Unfreeze(account, "done")), await AskAsync(new WantedChange.Unfreeze(account, "done")));

        Assert.NotNull(Stored(await ApproveAsync(one)).Done?.At);

        Assert.Equal(ChangeDecision.AccountStatus, (await Hand.Changes.FindAsync(other.Id, default))!.Obstacle);
        Assert.Equal("account_status", Refusal(await ApproveAsync(other)));
        Assert.Equal(1, await ChangesAsync(account, "Unfrozen"));
    }

    [Fact]
    [Trait("Rule", "A12")]
    public async Task a_class_that_was_lowered_meanwhile_is_not_raised_A12()
    {
        var customer = await Hand.CustomerAsync();
        await Hand.Accounts.LowerClassAsync(customer, "II", "strange payments", "watch", default);
        var asked = await AskAsync(new WantedChange.CustomerClass(customer, "III", "they were not"));
        await Hand.Accounts.LowerClassAsync(customer, "I", "they were indeed", "watch", default);
        await Hand.ByTwoAsync(new WantedChange.CustomerClass(customer, "II", "enough for now"));

        await IsStaleAsync(asked);
        Assert.Equal("II", await Database.ScalarAsync<string>("select class from customer where number = $1", customer));
    }

    [Fact]
    public async Task two_requests_for_one_hold_never_release_it_twice_P2()
    {
        var account = await Hand.MemberAsync(balance: 100);
        var hold = await HoldAsync(account, 60);
        await using var node = new LedgerHand(Database, node: 1);
        var asked = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => AskAsync(new WantedChange.ReleaseHold(hold, Yuan(20), "settled"))));

        var results = await Task.WhenAll(asked.Select((one, i) => (i % 2 == 0 ? Hand : node).Changes.ApproveAsync(one.Id, one.ContentHash, "second", default)));

        Assert.Single(results.OfType<ProposalResult<ChangeView>.Stored>());
        Assert.All(results.OfType<ProposalResult<ChangeView>.Refused>(), refused => Assert.Equal("changed_meanwhile", refused.Code));
        Assert.Equal((100, 0, 40), await Hand.StandingAsync(account));
    }

    [Fact]
    public async Task what_was_refused_stays_so_P2()
    {
        var asked = await AskAsync(new WantedChange.CreditLine(await Hand.MemberAsync(), Yuan(500), "grown"));
        var refused = Stored(await Hand.Changes.RefuseAsync(asked.Id, "too much", "second", default));

        Assert.Equal((Verdict.Refused, "second", "too much"), (refused.Verdict, refused.Checker, refused.Remark));
        Assert.Equal("change_refused", Refusal(await ApproveAsync(asked)));
        Assert.Equal("too much", Stored(await Hand.Changes.RefuseAsync(asked.Id, "other words", "third", default)).Remark);
        await Hand.Changes.SweepAsync(default);
        Assert.Null((await FindAsync(asked)).Done?.At);
    }

    [Fact]
    [Trait("Rule", "O13")]
    public async Task the_same_key_is_the_same_request_O13()
    {
        var (account, key) = (await Hand.MemberAsync(), LedgerHand.New("key"));
        var wanted = new WantedChange.CreditLine(account, Yuan(500), "grown");
        var atOnce = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Hand.Changes.RequestAsync(wanted, "first", key, new byte[32], default)));

        Assert.Single(atOnce.Select(result => Stored(result).Id).Distinct());
        Assert.Equal("idempotency_key_reused", Refusal(await Hand.Changes.RequestAsync(wanted, "first", key, [.. Enumerable.Repeat((byte)1, 32)], default)));
        Assert.NotEqual(Stored(atOnce[0]).Id, Stored(await Hand.Changes.RequestAsync(wanted, "third", key, new byte[32], default)).Id);
    }

    [Fact]
    public async Task the_list_goes_on_after_a_number_and_shows_what_is_open_P2()
    {
        var all = await OfEachKindAsync();
        var before = all[0].Id;
        await ApproveAsync(all[1]);

        Assert.Equal([all[2].Id, all[3].Id], (await Hand.Changes.ListAsync(all: false, before, 500, default)).Select(view => view.Stored.Id));
        Assert.Equal([all[1].Id, all[2].Id], (await Hand.Changes.ListAsync(all: true, before, 2, default)).Select(view => view.Stored.Id));
    }

    [Theory]
    [InlineData("checker = maker, verdict = 'Approved', checked_at = now()")]
    [InlineData("verdict = 'Approved'")]
    [InlineData("applied_at = now()")]
    [InlineData("to_minor = from_minor")]
    [InlineData("to_minor = null")]
    [InlineData("from_minor = -1")]
    [InlineData("customer = account")]
    [InlineData("from_class = 'I', to_class = 'II'")]
    [InlineData("what = 'Unfreeze'")]
    [InlineData("what = 'Anything'")]
    [InlineData("reason = ''")]
    [InlineData("verdict = 'Approved', checker = 'x', checked_at = now(), applied_at = now(), posting_id = 1")]
    [InlineData("account = 'nobody'")]
    public async Task what_must_not_be_cannot_be_stored_P2(string nonsense)
    {
        var asked = await AskAsync(new WantedChange.CreditLine(await Hand.MemberAsync(), Yuan(500), "grown"));

        var refused = await Assert.ThrowsAsync<PostgresException>(
            () => Database.ExecuteAsync($"update change_request set {nonsense} where id = $1", asked.Id.Value));

        Assert.Contains(refused.SqlState, new[] { PostgresErrorCodes.CheckViolation, PostgresErrorCodes.ForeignKeyViolation });
        await Assert.ThrowsAsync<PostgresException>(() => Database.ExecuteAsync("delete from change_request where id = $1", asked.Id.Value));
    }

    [Theory]
    [InlineData("class", "from_class = to_class")]
    [InlineData("class", "from_class = 'III'")]
    [InlineData("class", "account = (select min(number) from account)")]
    [InlineData("hold", "to_minor = from_minor")]
    [InlineData("hold", "to_minor = -1")]
    [InlineData("hold", "hold_id = null")]
    [InlineData("hold", "verdict = 'Approved', checker = 'x', checked_at = now(), applied_at = now()")]
    [InlineData("freeze", "from_minor = 1, to_minor = 2, currency = 'CNY'")]
    public async Task nor_what_gives_nothing_or_two_things_at_once_P2(string kind, string nonsense)
    {
        var asked = (await OfEachKindAsync())[Array.IndexOf(["line", "freeze", "class", "hold"], kind)];

        var refused = await Assert.ThrowsAsync<PostgresException>(
            () => Database.ExecuteAsync($"update change_request set {nonsense} where id = $1", asked.Id.Value));

        Assert.Equal(PostgresErrorCodes.CheckViolation, refused.SqlState);
    }

    /// <summary>The state is another one than whoever asked had seen: nothing is done, and it stays with the request who agreed in vain.</summary>
    private async Task IsStaleAsync(Proposal<ChangeContent> asked)
    {
        Assert.Equal("changed_meanwhile", (await Hand.Changes.FindAsync(asked.Id, default))!.Obstacle);
        Assert.Equal("changed_meanwhile", Refusal(await ApproveAsync(asked)));
        var open = await FindAsync(asked);
        Assert.Equal((Verdict.None, "changed_meanwhile"), (open.Verdict, open.Remark));
        Assert.Equal(("second", "changed_meanwhile"), (Assert.Single(open.Attempts).Checker, open.Attempts[0].Refusal));
    }

    /// <summary>A line, a freeze, a class and a hold.</summary>
    private async Task<Proposal<ChangeContent>[]> OfEachKindAsync()
    {
        var frozen = await Hand.MemberAsync();
        await Hand.Accounts.FreezeAsync(frozen, "a court says so", "watch", default);
        var customer = await Hand.CustomerAsync();
        await Hand.Accounts.LowerClassAsync(customer, "I", "strange payments", "watch", default);
        return
        [
            await AskAsync(new WantedChange.CreditLine(await Hand.MemberAsync(), Yuan(500), "grown")),
            await AskAsync(new WantedChange.Unfreeze(frozen, "the court is done")),
            await AskAsync(new WantedChange.CustomerClass(customer, "II", "they were not")),
            await AskAsync(new WantedChange.ReleaseHold(await HoldAsync(await Hand.MemberAsync(balance: 100), 60), Yuan(20), "settled")),
        ];
    }

    private async Task<OrderId> HoldAsync(string account, long minor) => await Hand.PostedAsync(
        new LedgerRequest(LedgerHand.New("key"), PostingKind.Hold, []) { Holds = [new HoldOrder.Place(account, Yuan(minor), "chargeback", null)] });

    private async Task<Proposal<ChangeContent>> AskAsync(WantedChange wanted) =>
        Stored(await Hand.Changes.RequestAsync(wanted, "first", LedgerHand.New("key"), new byte[32], default));

    private Task<ProposalResult<ChangeView>> ApproveAsync(Proposal<ChangeContent> asked, string actor = "second") =>
        Hand.Changes.ApproveAsync(asked.Id, asked.ContentHash, actor, default);

    private Task<int> AgreedToAndDiedAsync(Proposal<ChangeContent> asked) => Database.ExecuteAsync(
        "update change_request set verdict = 'Approved', checker = 'second', checked_at = now() where id = $1", asked.Id.Value);

    private async Task<Proposal<ChangeContent>> FindAsync(Proposal<ChangeContent> asked) => (await Hand.ChangeRequests.FindAsync(asked.Id, default))!;

    private Task<long> LineAsync(string account) => Database.ScalarAsync<long>("select -floor from account where number = $1", account);

    private Task<long> ChangesAsync(string account, string what) => Database.ScalarAsync<long>(
        "select count(*) from account_change c join account a on a.id = c.account_id where a.number = $1 and c.what = $2", account, what);

    private static Money Yuan(long minor) => new(minor, LedgerHand.Cny);

    private static Proposal<ChangeContent> Stored(ProposalResult<ChangeView> result) => Assert.IsType<ProposalResult<ChangeView>.Stored>(result).View.Stored;

    private static string Refusal(ProposalResult<ChangeView> result) => Assert.IsType<ProposalResult<ChangeView>.Refused>(result).Code;

    private sealed class RefusingLedger : ILedgerDesk
    {
        public Task<LedgerResult> PostAsync(LedgerRequest request, CancellationToken cancellation) =>
            Task.FromResult<LedgerResult>(new LedgerResult.Refused(PostingRefusalReason.AccountBusy, null, "somebody has it"));
    }
}
