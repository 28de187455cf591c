using PaymentEngine.Core.Accounting;
using PaymentEngine.Runtime.Ledger;
using PaymentEngine.Tests.Support.Postgres;
using Xunit;

namespace PaymentEngine.Tests.Store.Ledger;

/// <summary>What a node remembers of accounts, while others change them.</summary>
[Trait("Rule", "A5")]
public sealed class AccountBookTests(DatabaseFixture fixture) : LedgerTests(fixture)
{
    [Fact]
    public async Task a_node_learns_how_another_one_changed_an_account_A5()
    {
        var (hot, split, quiet) = (await Hand.MemberAsync(), await Hand.MemberAsync(), await Hand.MemberAsync());
        await Hand.Book.LearnChangesAsync();
        foreach (var number in new[] { hot, split, quiet })
        {
            Assert.Equal(AccountMode.RealTime, (await Hand.Book.FindAsync(number, default))!.Mode);
        }

        await using var other = new LedgerHand(Database, node: 1);
        Assert.IsType<AccountResult.Done>(await other.Accounts.SetModeAsync(hot, AccountMode.Buffered, 0, true, "tester", default));
        Assert.IsType<AccountResult.Done>(await other.Accounts.SetModeAsync(split, AccountMode.Sharded, 3, false, "tester", default));
        await Hand.Book.LearnChangesAsync();

        Assert.Equal(AccountMode.Buffered, (await Hand.Book.FindAsync(hot, default))!.Mode);
        Assert.Equal(3, (await Hand.Book.FindAsync(split, default))!.SubAccounts.Count);
        Assert.Equal(AccountMode.RealTime, (await Hand.Book.FindAsync(quiet, default))!.Mode);
    }

    [Fact]
    public async Task a_change_that_was_numbered_first_and_committed_last_is_learnt_A5()
    {
        var (slow, quick) = (await Hand.MemberAsync(), await Hand.MemberAsync());
        await Hand.Book.LearnChangesAsync();
        await Hand.Book.FindAsync(slow, default);
        await using (var connection = await Database.Sql.OpenConnectionAsync())
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await using var change = connection.CreateCommand();
            change.CommandText = """
                with changed as (update account set mode = 'Buffered' where number = $1 returning id)
                insert into account_change (account_id, what, changed_by) select id, 'Mode', 'tester' from changed
                """;
            change.Parameters.AddWithValue(slow);
            await change.ExecuteNonQueryAsync();
            Assert.IsType<AccountResult.Done>(await Hand.Accounts.SetModeAsync(quick, AccountMode.Buffered, 0, true, "tester", default));
            await Hand.Book.LearnChangesAsync();
            await transaction.CommitAsync();
        }

        await Hand.Book.LearnChangesAsync();

        Assert.Equal(AccountMode.Buffered, (await Hand.Book.FindAsync(slow, default))!.Mode);
    }

    [Fact]
    public async Task a_node_that_hears_of_sub_accounts_while_it_debits_finds_the_money_on_them_A5()
    {
        var (bank, split) = (await Hand.OwnAsync(), await Hand.MemberAsync());
        await Hand.Book.FindAsync(split, default);
        await using var other = new LedgerHand(Database, node: 1);
        Assert.IsType<AccountResult.Done>(await other.Accounts.SetModeAsync(split, AccountMode.Sharded, 3, false, "tester", default));
        await other.PostedAsync(LedgerHand.Transfer(bank, split, 10));
        var holder = await HoldAsync(split);

        var debit = Hand.PostAsync(LedgerHand.Transfer(split, bank, 10));
        await SomebodyWaitsAsync();
        await Hand.Book.RefreshAsync([split], default);
        await holder.DisposeAsync();

        Assert.IsType<LedgerResult.Posted>(await debit);
    }

    [Theory]
    [InlineData("update account set kind = 'Merchant', customer_id = null where number = $1")]
    [InlineData("update account set subject_code = '2241.01.01' where number = $1")]
    [InlineData("update account set currency = 'USD' where number = $1")]
    [InlineData("update account_kind set subject = '2241.01.01' where kind = 'Member' and $1 <> ''")]
    [Trait("Rule", "A8")]
    public async Task an_account_keeps_what_its_general_ledger_stands_on_A8(string change)
    {
        var number = await Hand.MemberAsync();

        var refused = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => Database.ExecuteAsync(change, number));

        Assert.Equal(Npgsql.PostgresErrorCodes.RestrictViolation, refused.SqlState);
    }
}
