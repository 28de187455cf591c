using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Proposals;
using PaymentEngine.Runtime.Ledger;
using PaymentEngine.Runtime.Proposals;
using PaymentEngine.Tests.Support.Postgres;
using Xunit;

namespace PaymentEngine.Tests.Store.Ledger;

/// <summary>Accounts are frozen, split and closed, all their rows at once, and some are not.</summary>
[Trait("Rule", "A1")]
public sealed class AccountLifeTests(DatabaseFixture fixture) : LedgerTests(fixture)
{
    [Theory]
    [InlineData(AccountKind.FeeIncome)]
    [InlineData(AccountKind.Suspense)]
    [InlineData(AccountKind.Transit)]
    [InlineData(AccountKind.ChannelReceivable)]
    public async Task an_account_that_payments_are_posted_to_stays_open_A1(AccountKind kind)
    {
        var number = await Database.ScalarAsync<string>(
            "select min(number) from account where kind = $1 and parent_id is null and (owner_id = 0 or kind = 'ChannelReceivable')", kind.ToString());

        var refused = Assert.IsType<AccountResult.Refused>(await Hand.Accounts.CloseAsync(number!, "not used any more", "tester", default));

        Assert.Equal("account_needed", refused.Code);
    }

    [Fact]
    public async Task only_a_customers_account_has_a_credit_line_A1()
    {
        var transit = await Hand.OwnAsync(AccountKind.Transit, AccountMode.Buffered);

        Assert.Equal(
            "not_of_customer", Assert.IsType<AccountResult.Refused>(await Hand.Accounts.LowerCreditLineAsync(transit, 0, "no more", "tester", default)).Code);
        await Hand.PostedAsync(LedgerHand.Transfer(transit, await Hand.MemberAsync(), 5));
        await Hand.ApplyAsync();
        Assert.Equal((-5, 0, 0), await Hand.StandingAsync(transit));
    }

    [Fact]
    public async Task an_account_that_is_frozen_or_closed_takes_nothing_into_its_buffer_and_loses_nothing_of_it_A1()
    {
        var (bank, hot) = (await Hand.OwnAsync(), await Hand.MemberAsync(mode: AccountMode.Buffered));
        await Hand.PostedAsync(LedgerHand.Transfer(bank, hot, 9));

        Assert.Equal("account_not_zero", Assert.IsType<AccountResult.Refused>(await Hand.Accounts.CloseAsync(hot, "done", "tester", default)).Code);
        Assert.IsType<AccountResult.Done>(await Hand.Accounts.FreezeAsync(hot, "a court says so", "tester", default));

        Assert.Equal((9, 0, 0), await Hand.StandingAsync(hot));
        Assert.Equal(PostingRefusalReason.AccountFrozen, await Hand.RefusedAsync(LedgerHand.Transfer(bank, hot, 1)));
        await Hand.ByTwoAsync(new WantedChange.Unfreeze(hot, "the court changed its mind"));
        await Hand.PostedAsync(LedgerHand.Transfer(hot, await Hand.MemberAsync(), 9));
        Assert.IsType<AccountResult.Done>(await Hand.Accounts.CloseAsync(hot, "done", "tester", default));
        Assert.Equal(PostingRefusalReason.AccountClosed, await Hand.RefusedAsync(LedgerHand.Transfer(bank, hot, 1)));
        Assert.IsType<ProposalResult<ChangeView>.Refused>(await Hand.TryByTwoAsync(new WantedChange.Unfreeze(hot, "oh")));
    }

    [Fact]
    [Trait("Rule", "A2")]
    public async Task closing_settles_what_the_rows_of_an_account_at_zero_owe_each_other_A1()
    {
        await using var node = new LedgerHand(Database, node: 1);
        var (own, other) = (await Hand.OwnAsync(), await Hand.OwnAsync());
        await Hand.PostedAsync(LedgerHand.Transfer(other, own, 70));
        await node.PostedAsync(LedgerHand.Transfer(own, other, 70));
        Assert.Equal([-70, 70], await RowsAsync(own));

        Assert.IsType<AccountResult.Done>(await Hand.Accounts.CloseAsync(own, "not needed any more", "tester", default));
        Assert.IsType<AccountResult.Done>(await Hand.Accounts.CloseAsync(own, "not needed any more", "tester", default));

        Assert.Empty(await RowsAsync(own));
        Assert.Equal(
            [("account-closed:" + own, "not needed any more", "tester", 2, 0)],
            await Database.ReadAsync(
                """
                select q.key, q.narrative, q.made_by, count(*), sum(e.amount_minor)
                from ledger_request q join entry e on e.posting_id = q.posting_id and e.posting_date = q.posting_date
                join account r on r.id = e.account_id join account a on a.id = r.parent_id
                where a.number = $1 and q.kind = 'Transfer' and q.key like 'account-closed:%' group by q.key, q.narrative, q.made_by
                """,
                row => (row.GetString(0), row.GetString(1), row.GetString(2), (int)row.GetInt64(3), (int)row.GetDecimal(4)),
                own));

        Task<List<long>> RowsAsync(string number) => Database.ReadAsync(
            "select r.balance from account r join account a on a.id = coalesce(r.parent_id, r.id) where a.number = $1 and r.balance <> 0 order by 1",
            row => row.GetInt64(0),
            number);
    }

    [Fact]
    public async Task an_account_that_is_closed_already_is_told_as_it_is_and_nothing_is_noted_A1()
    {
        var member = await Hand.MemberAsync();
        Assert.IsType<AccountResult.Done>(await Hand.Accounts.CloseAsync(member, "asked for", "tester", default));
        Assert.IsType<AccountResult.Done>(await Hand.Accounts.CloseAsync(member, "asked for again", "tester", default));

        Assert.Equal(
            ["Opened", "Closed"],
            await Database.ReadAsync("select c.what from account_change c join account a on a.id = c.account_id where a.number = $1 order by c.id", row => row.GetString(0), member));
    }

    [Fact]
    public async Task a_frozen_account_that_is_split_takes_nothing_on_its_sub_accounts_either_A1()
    {
        var (bank, member) = (await Hand.OwnAsync(), await Hand.MemberAsync());
        Assert.IsType<AccountResult.Done>(await Hand.Accounts.FreezeAsync(member, "a court says so", "tester", default));
        Assert.IsType<AccountResult.Done>(await Hand.Accounts.SetModeAsync(member, AccountMode.Sharded, 4, false, "tester", default));
        await Hand.Book.RefreshAsync([member], default);

        Assert.Equal(PostingRefusalReason.AccountFrozen, await Hand.RefusedAsync(LedgerHand.Transfer(bank, member, 20)));
        await Hand.ByTwoAsync(new WantedChange.Unfreeze(member, "the court changed its mind"));
        await Hand.PostedAsync(LedgerHand.Transfer(bank, member, 20));
    }

    [Fact]
    public async Task freezing_again_freezes_sub_accounts_that_were_left_open_A1()
    {
        var split = await Hand.MemberAsync(mode: AccountMode.Sharded, shards: 4);
        Assert.IsType<AccountResult.Done>(await Hand.Accounts.FreezeAsync(split, "a court says so", "tester", default));
        await Database.ExecuteAsync("update account set status = 'Open' where number = $1", split + ".04");

        Assert.IsType<AccountResult.Done>(await Hand.Accounts.FreezeAsync(split, "the audit says so", "tester", default));

        Assert.Equal("Frozen", await Database.ScalarAsync<string>("select status from account where number = $1", split + ".04"));
    }

    [Theory]
    [InlineData(false, "Closed")]
    [InlineData(true, "Frozen")]
    public async Task who_closes_or_freezes_an_account_reaches_the_sub_accounts_that_it_was_given_while_he_waited_A1(bool freezes, string status)
    {
        var member = await Hand.MemberAsync();
        var holder = await HoldAsync(member);
        var split = Hand.Accounts.SetModeAsync(member, AccountMode.Sharded, 4, false, "tester", default);
        await SomebodyWaitsAsync();
        var turned = freezes
            ? Hand.Accounts.FreezeAsync(member, "a court says so", "tester", default)
            : Hand.Accounts.CloseAsync(member, "done", "tester", default);
        await SomebodyWaitsAsync(2);
        await holder.DisposeAsync();

        Assert.IsType<AccountResult.Done>(await split);
        Assert.IsType<AccountResult.Done>(await turned);
        Assert.Equal(
            Enumerable.Repeat(status, 5),
            await Database.ReadAsync("select status from account where number = $1 or number like $1 || '.%'", row => row.GetString(0), member));
    }
}
