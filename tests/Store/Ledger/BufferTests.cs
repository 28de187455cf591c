using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Proposals;
using PaymentEngine.Runtime.Ledger;
using PaymentEngine.Runtime.Proposals;
using PaymentEngine.Tests.Support.Postgres;
using Xunit;

namespace PaymentEngine.Tests.Store.Ledger;

/// <summary>Hot accounts: credits that wait in a buffer, and accounts that are split.</summary>
[Trait("Rule", "A5")]
public sealed class BufferTests(DatabaseFixture fixture) : LedgerTests(fixture)
{
    [Fact]
    public async Task a_buffered_credit_is_durable_and_counted_at_once_and_on_its_row_when_it_is_applied_A5()
    {
        var (bank, hot) = (await Hand.OwnAsync(), await Hand.MemberAsync(mode: AccountMode.Buffered));

        await Hand.PostedAsync(LedgerHand.Transfer(bank, hot, 5));
        await Hand.PostedAsync(LedgerHand.Transfer(bank, hot, 7));
        Assert.Equal((0, 12, 0), await Hand.StandingAsync(hot));
        Assert.Equal(1, await Hand.ApplyAsync());

        Assert.Equal((12, 0, 0), await Hand.StandingAsync(hot));
        Assert.Equal(
            [(1, 0, 5), (2, 5, 12)],
            await Database.ReadAsync(
                "select e.sequence, opening, closing from entry e join account a on a.id = e.account_id where a.number = $1 order by e.sequence",
                row => ((int)row.GetInt64(0), (int)row.GetInt64(1), (int)row.GetInt64(2)),
                hot));
    }

    [Fact]
    public async Task an_account_that_was_split_buffers_again_when_it_is_told_to_A5()
    {
        var (bank, hot) = (await Hand.OwnAsync(), await Hand.MemberAsync(mode: AccountMode.Sharded, shards: 3));
        await Hand.PostedAsync(LedgerHand.Transfer(bank, hot, 5));
        Assert.IsType<AccountResult.Done>(await Hand.Accounts.SetModeAsync(hot, AccountMode.Buffered, 0, true, "tester", default));
        await Hand.Book.RefreshAsync([hot], default);

        await Hand.PostedAsync(LedgerHand.Transfer(bank, hot, 7));
        Assert.Equal((5, 7, 0), await Hand.StandingAsync(hot));
        await Hand.PostedAsync(LedgerHand.Transfer(hot, bank, 12));

        Assert.Equal((0, 0, 0), await Hand.StandingAsync(hot));
    }

    [Fact]
    public async Task a_debit_finds_what_is_buffered_A5()
    {
        var (bank, hot, other) = (await Hand.OwnAsync(), await Hand.MemberAsync(mode: AccountMode.Buffered), await Hand.MemberAsync());
        await Hand.PostedAsync(LedgerHand.Transfer(bank, hot, 100));

        await Hand.PostedAsync(LedgerHand.Transfer(hot, other, 100));

        Assert.Equal((0, 0, 0), await Hand.StandingAsync(hot));
        Assert.Equal(PostingRefusalReason.Overdraft, await Hand.RefusedAsync(LedgerHand.Transfer(hot, other, 1)));
    }

    [Fact]
    public async Task a_customers_money_is_buffered_only_when_he_has_agreed_A5()
    {
        var member = await Hand.MemberAsync(mode: AccountMode.RealTime);
        await Database.ExecuteAsync("update account set buffer_agreed = false where number = $1", member);

        Assert.Equal(
            "buffering_not_agreed",
            Assert.IsType<AccountResult.Refused>(await Hand.Accounts.SetModeAsync(member, AccountMode.Buffered, 0, false, "tester", default)).Code);
        Assert.IsType<AccountResult.Done>(await Hand.Accounts.SetModeAsync(member, AccountMode.Buffered, 0, true, "tester", default));
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => Database.ExecuteAsync("update account set buffer_agreed = false where number = $1", member));
    }

    [Fact]
    public async Task transit_is_buffered_both_ways_A5()
    {
        var (transit, bank, member) = (await Hand.OwnAsync(AccountKind.Transit, AccountMode.Buffered), await Hand.OwnAsync(), await Hand.MemberAsync());

        await Hand.PostedAsync(LedgerHand.Transfer(bank, transit, 50));
        await Hand.PostedAsync(LedgerHand.Transfer(transit, member, 50));

        Assert.Equal((0, 0, 0), await Hand.StandingAsync(transit));
        Assert.Equal(2, await Database.ScalarAsync<long>("select count(*) from entry_pending p join account a on a.id = p.account_id where a.number = $1", transit));
    }

    [Fact]
    public async Task what_cannot_be_written_keeps_no_other_account_from_its_buffer_and_no_hold_from_its_end_A5()
    {
        var (stuck, bank, hot, member) = (
            await Hand.OwnAsync(AccountKind.Transit, AccountMode.Buffered), await Hand.OwnAsync(), await Hand.MemberAsync(mode: AccountMode.Buffered), await Hand.MemberAsync(100));
        var hold = new HoldOrder.Place(member, new Money(60, LedgerHand.Cny), "a court says so", ExpiresAt: DateTimeOffset.UtcNow.AddHours(1));
        var held = await Hand.PostedAsync(new LedgerRequest(LedgerHand.New("key"), PostingKind.Hold, []) { Holds = [hold] });
        await Hand.PostedAsync(LedgerHand.Transfer(stuck, member, 5));
        await Hand.PostedAsync(LedgerHand.Transfer(bank, hot, 9));
        await Database.ExecuteAsync("update account set floor = 0 where number = $1", stuck);
        await Database.ExecuteAsync("update hold set expires_at = now() - interval '1 s' where id = $1", held.Value);
        await Database.ExecuteAsync("update entry_pending set at = at - interval '10 s'");

        await Hand.Pump().WorkAsync(default);

        Assert.Equal((9, 0, 0), await Hand.StandingAsync(hot));
        Assert.Equal((105, 0, 0), await Hand.StandingAsync(member));
        Assert.Equal((0, -5, 0), await Hand.StandingAsync(stuck));
        await Assert.ThrowsAsync<InvalidOperationException>(Hand.ApplyAsync);

        // As an account of our own has it.
        await Database.ExecuteAsync("update account set floor = -4611686018427387904 where number = $1", stuck);
        await Hand.ApplyAsync();
        Assert.Equal((-5, 0, 0), await Hand.StandingAsync(stuck));
    }

    [Theory]
    [InlineData(AccountKind.FeeIncome)]
    [InlineData(AccountKind.Suspense)]
    [InlineData(AccountKind.Transit)]
    [InlineData(AccountKind.ChannelReceivable)]
    [Trait("Rule", "A1")]
    public async Task an_account_that_payments_are_posted_to_stays_open_A1(AccountKind kind)
    {
        var number = await Database.ScalarAsync<string>(
            "select min(number) from account where kind = $1 and parent_id is null and (owner_id = 0 or kind = 'ChannelReceivable')", kind.ToString());

        var refused = Assert.IsType<AccountResult.Refused>(await Hand.Accounts.CloseAsync(number!, "not used any more", "tester", default));

        Assert.Equal("account_needed", refused.Code);
    }

    [Fact]
    [Trait("Rule", "A1")]
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
    [Trait("Rule", "A1")]
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
    public async Task a_debit_that_is_short_looks_into_all_sub_accounts_A5()
    {
        var nodes = await Task.WhenAll(Enumerable.Range(0, 4).Select(node => Task.FromResult(new LedgerHand(Database, node))));
        var (bank, split, other) = (await Hand.OwnAsync(), await Hand.MemberAsync(mode: AccountMode.Sharded, shards: 4), await Hand.MemberAsync());
        foreach (var node in nodes)
        {
            await node.PostedAsync(LedgerHand.Transfer(bank, split, 25));
        }

        Assert.Equal(PostingRefusalReason.Overdraft, await Hand.RefusedAsync(LedgerHand.Transfer(split, other, 101)));
        await Hand.PostedAsync(LedgerHand.Transfer(split, other, 90));

        Assert.Equal((10, 0, 0), await Hand.StandingAsync(split));
        Assert.Equal(90, await Hand.BalanceAsync(other));
        Assert.IsType<AccountResult.Refused>(await Hand.Accounts.CloseAsync(split, "done", "tester", default));
        await Hand.PostedAsync(LedgerHand.Transfer(split, other, 10));
        Assert.IsType<AccountResult.Done>(await Hand.Accounts.CloseAsync(split, "done", "tester", default));
        foreach (var node in nodes)
        {
            await node.DisposeAsync();
        }
    }

    [Fact]
    [Trait("Rule", "A1")]
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
    [Trait("Rule", "A1")]
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
    [Trait("Rule", "A1")]
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
    [Trait("Rule", "A1")]
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
    [Trait("Rule", "A1")]
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

    [Fact]
    public async Task sub_accounts_pass_over_the_numbers_of_other_accounts_A5()
    {
        var member = await Hand.MemberAsync();
        Assert.IsType<AccountResult.Done>(await Hand.Accounts.OpenAsync(
            new OpenAccount(member + ".02", AccountKind.Bank, 2_000_000, null, LedgerHand.Cny, "tester"), default));

        foreach (var (shards, expected) in new[] { (2, "01 03"), (4, "01 03 04 05"), (3, "01 03 04 05") })
        {
            Assert.IsType<AccountResult.Done>(await Hand.Accounts.SetModeAsync(member, AccountMode.Sharded, shards, false, "tester", default));

            Assert.Equal(expected, await Database.ScalarAsync<string>(
                "select string_agg(right(s.number, 2), ' ' order by s.number) from account s join account a on a.id = s.parent_id where a.number = $1", member));
        }
    }

    [Fact]
    public async Task the_mode_of_an_account_changes_while_traffic_flows_and_nothing_is_lost_A5()
    {
        await using var node = new LedgerHand(Database, node: 1);
        var (bank, hot, sink) = (await Hand.OwnAsync(), await Hand.MemberAsync(1_000), await Hand.MemberAsync());
        using var enough = new CancellationTokenSource();
        var (credits, debits) = (0L, 0L);
        var clients = Enumerable.Range(0, 12).Select(client => Task.Run(async () =>
        {
            for (var i = 0; !enough.IsCancellationRequested; i++)
            {
                var desk = (client + i) % 2 == 0 ? Hand : node;
                if (client % 3 == 0)
                {
                    if (await desk.PostAsync(LedgerHand.Transfer(hot, sink, 2)) is LedgerResult.Posted)
                    {
                        Interlocked.Add(ref debits, 2);
                    }
                }
                else
                {
                    await desk.PostedAsync(LedgerHand.Transfer(bank, hot, 3));
                    Interlocked.Add(ref credits, 3);
                }
            }
        })).ToList();

        foreach (var mode in new[] { AccountMode.Buffered, AccountMode.Sharded, AccountMode.RealTime, AccountMode.Buffered, AccountMode.Sharded, AccountMode.Buffered, AccountMode.RealTime })
        {
            Assert.IsType<AccountResult.Done>(await Hand.Accounts.SetModeAsync(hot, mode, 4, true, "tester", default));
            await Hand.Book.RefreshAsync([hot], default);
            if (mode != AccountMode.Sharded)
            {
                await node.Book.RefreshAsync([hot], default);
            }

            await Hand.ApplyAsync();
        }

        await enough.CancelAsync();
        await Task.WhenAll(clients);

        Assert.Equal(1_000 + credits - debits, await Hand.BalanceAsync(hot));
        Assert.Equal(debits, await Hand.BalanceAsync(sink));
        Assert.True(credits > 0 && debits > 0);
    }

    [Fact]
    [Trait("Rule", "A7")]
    public async Task what_was_buffered_on_a_day_stands_before_what_is_posted_on_the_next_A7()
    {
        var (bank, hot, other) = (await Hand.OwnAsync(), await Hand.MemberAsync(mode: AccountMode.Buffered), await Hand.MemberAsync());
        var today = await Database.ScalarAsync<DateOnly>("select day from ledger_day");
        await Hand.PostedAsync(LedgerHand.Transfer(bank, hot, 10));
        try
        {
            await Database.ExecuteAsync("select ensure_entry_day($1)", today.AddDays(1));
            await Database.ExecuteAsync("update ledger_day set day = $1", today.AddDays(1));

            await Hand.PostedAsync(LedgerHand.Transfer(bank, hot, 20));
            await Hand.PostedAsync(LedgerHand.Transfer(hot, other, 5));

            Assert.Equal(
                [(today, 10), (today.AddDays(1), 20), (today.AddDays(1), -5)],
                await Database.ReadAsync(
                    "select posting_date, amount_minor from entry e join account a on a.id = e.account_id where a.number = $1 order by e.sequence",
                    row => (row.GetFieldValue<DateOnly>(0), (int)row.GetInt64(1)),
                    hot));
        }
        finally
        {
            await Database.ExecuteAsync("update ledger_day set day = $1", today);
        }
    }

    [Theory]
    [InlineData(AccountKind.Member)]
    [InlineData(AccountKind.Transit)]
    public async Task an_account_whose_buffer_is_not_applied_in_time_buffers_no_more_A5(AccountKind kind)
    {
        var bank = await Hand.OwnAsync();
        var hot = kind == AccountKind.Member ? await Hand.MemberAsync(mode: AccountMode.Buffered) : await Hand.OwnAsync(kind, AccountMode.Buffered);
        await Hand.PostedAsync(LedgerHand.Transfer(bank, hot, 5));
        await Database.ExecuteAsync("update entry_pending set at = now() - interval '51 s'");
        await Hand.Book.RefreshAsync([hot], default);
        Assert.Equal(kind != AccountKind.Member, (await Database.DirectoryAsync()).Accounts.Any(account => account.Number == hot && account.BufferIsLate));

        await Hand.PostedAsync(LedgerHand.Transfer(bank, hot, 7));
        Assert.Equal((12, 0, 0), await Hand.StandingAsync(hot));

        await Hand.Book.RefreshAsync([hot], default);
        await Hand.PostedAsync(LedgerHand.Transfer(bank, hot, 1));
        Assert.Equal((12, 1, 0), await Hand.StandingAsync(hot));
    }

    [Fact]
    public async Task what_waits_too_long_is_told_A5()
    {
        var (bank, hot) = (await Hand.OwnAsync(), await Hand.MemberAsync(mode: AccountMode.Buffered));
        await Hand.PostedAsync(LedgerHand.Transfer(bank, hot, 9));
        await Database.ExecuteAsync("update entry_pending set at = now() - interval '31 s'");

        var (oldest, count) = await Hand.Buffers.StandingAsync(default);

        Assert.InRange(oldest.TotalSeconds, 31, 300);
        Assert.True(count >= 1);
    }
}
