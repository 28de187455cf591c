using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Runtime.Ledger;
using PaymentEngine.Runtime.Proposals;
using PaymentEngine.Tests.Support.Postgres;
using Xunit;

namespace PaymentEngine.Tests.Store.Ledger;

/// <summary>Postings of their own, by their keys.</summary>
[Trait("Rule", "A3")]
public sealed class PostingTests(DatabaseFixture fixture) : LedgerTests(fixture)
{
    [Fact]
    public async Task a_key_that_is_used_again_for_the_same_has_the_first_result_A3()
    {
        var (bank, member) = (await Hand.OwnAsync(), await Hand.MemberAsync());
        var request = LedgerHand.Transfer(bank, member, 500);

        var first = Assert.IsType<LedgerResult.Posted>(await Hand.PostAsync(request));
        var again = Assert.IsType<LedgerResult.Posted>(await Hand.PostAsync(request));

        Assert.Equal((first.Posting, first.Day, true, false), (again.Posting, again.Day, again.IsRepeat, first.IsRepeat));
        Assert.Equal(500, await Hand.BalanceAsync(member));
    }

    [Fact]
    public async Task a_key_that_is_used_again_for_something_else_is_a_conflict_that_names_the_first_A3()
    {
        var (bank, member) = (await Hand.OwnAsync(), await Hand.MemberAsync());
        var request = LedgerHand.Transfer(bank, member, 500);
        var first = await Hand.PostedAsync(request);

        var other = await Hand.PostAsync(LedgerHand.Transfer(bank, member, 501, request.Key));

        Assert.Equal(new LedgerResult.KeyConflict(first), other);
        Assert.Equal(500, await Hand.BalanceAsync(member));
    }

    [Fact]
    public async Task of_many_with_one_key_at_the_same_instant_on_two_nodes_one_is_posted_A3()
    {
        await using var other = new LedgerHand(Database, node: 1);
        var (bank, member) = (await Hand.OwnAsync(), await Hand.MemberAsync());
        var request = LedgerHand.Transfer(bank, member, 7);

        var results = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => (i % 2 == 0 ? Hand : other).PostAsync(request)));

        var posted = results.Cast<LedgerResult.Posted>().ToList();
        Assert.Single(posted, result => !result.IsRepeat);
        Assert.Single(posted.Select(result => result.Posting).Distinct());
        Assert.Equal(7, await Hand.BalanceAsync(member));
    }

    [Fact]
    public async Task a_refusal_leaves_no_trace_and_its_key_can_be_used_again_A3()
    {
        var (poor, rich) = (await Hand.MemberAsync(10), await Hand.MemberAsync());
        var request = LedgerHand.Transfer(poor, rich, 11);
        var before = await TracesAsync();

        Assert.Equal(PostingRefusalReason.Overdraft, await Hand.RefusedAsync(request));
        Assert.Equal(before, await TracesAsync());

        await Hand.PostedAsync(LedgerHand.Transfer(await Hand.OwnAsync(), poor, 1));
        await Hand.PostedAsync(request);
        Assert.Equal((0, 11), (await Hand.BalanceAsync(poor), await Hand.BalanceAsync(rich)));
    }

    [Fact]
    [Trait("Rule", "A1")]
    public async Task a_credit_line_is_a_floor_below_zero_A1()
    {
        var (lent, other) = (await Hand.MemberAsync(creditLine: 100), await Hand.MemberAsync());

        await Hand.PostedAsync(LedgerHand.Transfer(lent, other, 100));

        Assert.Equal(PostingRefusalReason.Overdraft, await Hand.RefusedAsync(LedgerHand.Transfer(lent, other, 1)));
        Assert.Equal(-100, await Hand.BalanceAsync(lent));
        Assert.IsType<AccountResult.Refused>(await Hand.Accounts.LowerCreditLineAsync(lent, 99, "less trust", "tester", default));
        Assert.IsType<AccountResult.SecondPersonNeeded>(await Hand.Accounts.LowerCreditLineAsync(lent, 101, "more trust", "tester", default));
        await Hand.ByTwoAsync(new WantedChange.CreditLine(lent, new Money(101, LedgerHand.Cny), "more trust"));
        await Hand.PostedAsync(LedgerHand.Transfer(lent, other, 1));
    }

    [Fact]
    [Trait("Rule", "A1")]
    public async Task a_credit_line_that_nobody_uses_is_lowered_wherever_the_money_lies_A1()
    {
        var (bank, lent) = (await Hand.OwnAsync(), await Hand.MemberAsync(creditLine: 5_000, mode: AccountMode.Sharded, shards: 4));
        await Hand.PostedAsync(LedgerHand.Transfer(lent, bank, 1_253));
        await Hand.PostedAsync(LedgerHand.Transfer(bank, lent, 1_188));

        Assert.Equal(
            "credit_in_use", Assert.IsType<AccountResult.Refused>(await Hand.Accounts.LowerCreditLineAsync(lent, 64, "less trust", "tester", default)).Code);
        Assert.IsType<AccountResult.Done>(await Hand.Accounts.LowerCreditLineAsync(lent, 65, "less trust", "tester", default));
        await Hand.PostedAsync(LedgerHand.Transfer(bank, lent, 800));
        Assert.IsType<AccountResult.Done>(await Hand.Accounts.LowerCreditLineAsync(lent, 0, "no trust", "tester", default));

        Assert.Equal((735, 0, 0), await Hand.StandingAsync(lent));
        Assert.Equal(PostingRefusalReason.Overdraft, await Hand.RefusedAsync(LedgerHand.Transfer(lent, bank, 736)));
        await Hand.PostedAsync(LedgerHand.Transfer(lent, bank, 735));
    }

    [Fact]
    public async Task a_reversal_takes_back_what_it_names_once_A3()
    {
        var (bank, member, fees) = (await Hand.OwnAsync(), await Hand.MemberAsync(), await Hand.OwnAsync(AccountKind.FeeIncome));
        var posted = await Hand.PostedAsync(new LedgerRequest(
            LedgerHand.New("key"), PostingKind.TopUp, [LedgerHand.Leg(bank, -1_000), LedgerHand.Leg(member, 990), LedgerHand.Leg(fees, 10)]));
        var reversal = new LedgerRequest(LedgerHand.New("key"), PostingKind.Reversal, []) { Reverses = posted };

        var taken = await Hand.PostedAsync(reversal);

        Assert.Equal((0, 0, 0), (await Hand.BalanceAsync(bank), await Hand.BalanceAsync(member), await Hand.BalanceAsync(fees)));
        Assert.Equal(taken, await Hand.PostedAsync(reversal));
        Assert.Equal(PostingRefusalReason.AlreadyReversed, await Hand.RefusedAsync(reversal with { Key = LedgerHand.New("key") }));
        Assert.Equal(PostingRefusalReason.NotReversible, await Hand.RefusedAsync(reversal with { Key = LedgerHand.New("key"), Reverses = taken }));
        Assert.Equal(PostingRefusalReason.NotReversible, await Hand.RefusedAsync(reversal with { Key = LedgerHand.New("key"), Reverses = new(12345) }));
    }

    [Fact]
    public async Task what_does_not_balance_or_names_nobody_is_refused_in_words_A3()
    {
        var (bank, member) = (await Hand.OwnAsync(), await Hand.MemberAsync());

        var unbalanced = Assert.IsType<LedgerResult.Refused>(await Hand.PostAsync(
            new LedgerRequest(LedgerHand.New("key"), PostingKind.Transfer, [LedgerHand.Leg(bank, -5), LedgerHand.Leg(member, 4)])));
        var unknown = Assert.IsType<LedgerResult.Refused>(await Hand.PostAsync(LedgerHand.Transfer(bank, "nobody", 4)));

        Assert.Equal((PostingRefusalReason.Unbalanced, "the legs in CNY add up to -0.01 and not to zero"), (unbalanced.Reason, unbalanced.Detail));
        Assert.Equal((PostingRefusalReason.AccountUnknown, "nobody"), (unknown.Reason, unknown.Account));
        Assert.Equal(PostingRefusalReason.Unbalanced, await Hand.RefusedAsync(new LedgerRequest(LedgerHand.New("key"), PostingKind.Transfer, [])));
    }

    [Theory]
    [InlineData(AccountMode.RealTime)]
    [InlineData(AccountMode.Buffered)]
    [Trait("Rule", "A5")]
    public async Task a_row_that_somebody_holds_fails_those_who_need_it_after_three_seconds_and_nobody_else_A5(AccountMode mode)
    {
        var (bank, held, free) = (await Hand.OwnAsync(), await Hand.MemberAsync(100, mode: mode), await Hand.MemberAsync(100));
        await using var holder = await HoldAsync(held);

        var refused = Hand.PostAsync(LedgerHand.Transfer(bank, held, 1));
        var posted = Hand.PostAsync(LedgerHand.Transfer(bank, free, 1));

        Assert.Equal((PostingRefusalReason.AccountBusy, held), Assert.IsType<LedgerResult.Refused>(await refused) is var busy ? (busy.Reason, busy.Account) : default);
        Assert.IsType<LedgerResult.Posted>(await posted);
    }

    [Fact]
    [Trait("Rule", "A6")]
    public async Task transfers_in_rings_from_many_clients_on_two_nodes_never_deadlock_A6()
    {
        await using var other = new LedgerHand(Database, node: 1);
        var bank = await Hand.OwnAsync();
        var ring = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Hand.MemberAsync(1_000, funder: bank)));
        var deadlocks = await Database.ScalarAsync<long>("select deadlocks from pg_stat_database where datname = current_database()");

        var clients = Enumerable.Range(0, 24).Select(async client =>
        {
            var (desk, turn) = (client % 2 == 0 ? Hand : other, client);
            for (var i = 0; i < 40; i++, turn++)
            {
                // Half of them go round one way and half the other, with three legs.
                var (a, b, c) = (ring[turn % 6], ring[(turn + (client % 3) + 1) % 6], ring[(turn + 5) % 6]);
                var result = await desk.PostAsync(new LedgerRequest(
                    LedgerHand.New("key"), PostingKind.Transfer, [LedgerHand.Leg(a, -3), LedgerHand.Leg(b, 2), LedgerHand.Leg(c, 1)]));
                Assert.True(result is LedgerResult.Posted or LedgerResult.Refused { Reason: PostingRefusalReason.Overdraft }, $"{result}");
            }
        });
        await Task.WhenAll(clients);

        Assert.Equal(6_000, (await Task.WhenAll(ring.Select(Hand.BalanceAsync))).Sum());
        Assert.Equal(deadlocks, await Database.ScalarAsync<long>("select deadlocks from pg_stat_database where datname = current_database()"));
    }

    private async Task<(long Requests, long Entries, long Sequences, long Pending)> TracesAsync() => (await Database.ReadAsync(
        "select (select count(*) from ledger_request), (select count(*) from entry), (select sum(sequence)::bigint from account), (select count(*) from entry_pending)",
        row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3))))[0];
}
