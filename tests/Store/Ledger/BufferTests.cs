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
