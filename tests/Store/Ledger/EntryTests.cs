using Npgsql;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Units;
using PaymentEngine.Tests.Store.Support;
using PaymentEngine.Tests.Support.Postgres;
using Xunit;

namespace PaymentEngine.Tests.Store.Ledger;

/// <summary>What the ledger's tables hold, and what they refuse whoever asks.</summary>
public sealed class EntryTests(DatabaseFixture fixture) : BenchTests(fixture)
{
    private static readonly string Partition = $"entry_{TestDatabase.Today:yyyyMMdd}";

    [Fact]
    [Trait("Rule", "A2")]
    public async Task the_closing_of_an_entry_is_the_opening_of_the_next_A2()
    {
        var merchant = await AddMerchantAsync();
        var committer = Bench.Committer();
        for (var i = 0; i < 5; i++)
        {
            // Three in one batch, so that an account is written once and has three entries.
            var families = new[] { await Bench.OpenedAsync(committer, merchant), await Bench.OpenedAsync(committer, merchant), await Bench.OpenedAsync(committer, merchant) };
            await Workbench.CommittedAsync(committer, [.. families.Select(Bench.Succeeding)]);
        }

        var account = Bench.AccountOf(AccountKind.Merchant, merchant.Id).Id;
        var entries = await Database.ReadAsync(
            "select sequence, opening, amount_minor, closing from entry where account_id = $1 order by sequence",
            row => (Sequence: row.GetInt64(0), Opening: row.GetInt64(1), Amount: row.GetInt64(2), Closing: row.GetInt64(3)),
            account);
        // 100.00 less 0.6 %.
        Assert.Equal(Enumerable.Range(0, 15).Select(i => (i + 1L, i * 9_940L, 9_940L, (i + 1) * 9_940L)), entries);
        Assert.Equal(
            (15L, 149_100L),
            (await Database.ReadAsync("select sequence, balance from account where id = $1", row => (row.GetInt64(0), row.GetInt64(1)), account))[0]);
    }

    [Fact]
    [Trait("Rule", "A3")]
    public async Task a_business_key_is_posted_once_A3()
    {
        var committer = Bench.Committer();
        var family = await Bench.OpenedAsync(committer);
        await Workbench.CommittedAsync(committer, Bench.Succeeding(family));
        var before = await Merchants.BalanceAsync(Database, Bench.Merchant.Number);
        var (merchant, fees) = (Bench.AccountOf(AccountKind.Merchant, Bench.Merchant.Id), Bench.AccountOf(AccountKind.FeeIncome));
        var innocent = await Bench.OpenedAsync(committer);

        var again = Bench.Paying(await Bench.LoadAsync((await Bench.OpenedAsync(committer)).Trade.Id));
        again.Postings.Add(Bench.HandMade(family.Payments[0], PostingKind.Payment, (fees, -100), (merchant, 100)));
        var results = await Workbench.CommitAsync(committer, again, Bench.Succeeding(innocent));

        Assert.Equal(
            new PostingRefusal(PostingKind.Payment, family.Payments[0].Id, PostingRefusalReason.AlreadyPosted, 0),
            Assert.IsType<CommitResult.PostingRefused>(results[0]).Refusal);
        Assert.Equal(CommitResult.Committed.Instance, results[1]);
        Assert.Equal(before + 9_940, await Merchants.BalanceAsync(Database, Bench.Merchant.Number));
    }

    [Fact]
    [Trait("Rule", "A3")]
    public async Task a_posting_with_one_impossible_leg_moves_nothing_A3()
    {
        var frozen = await AddMerchantAsync();
        await Merchants.SetAccountStatusAsync(Database, frozen.Number, "Frozen");
        var committer = Bench.Committer();
        var unit = Bench.Failing(await Bench.OpenedAsync(committer));
        unit.Postings.Add(Bench.HandMade(
            unit.Family.Payments[0],
            PostingKind.Payment,
            (Bench.AccountOf(AccountKind.FeeIncome), -300),
            (Bench.AccountOf(AccountKind.Merchant, Bench.Merchant.Id), 200),
            (Bench.AccountOf(AccountKind.Merchant, frozen.Id), 100)));
        var before = await Database.ReadAsync("select id, balance, sequence from account order by id", row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)));

        Assert.IsType<CommitResult.PostingRefused>((await Workbench.CommitAsync(committer, unit))[0]);

        Assert.Equal(before, await Database.ReadAsync("select id, balance, sequence from account order by id", row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2))));
    }

    [Theory]
    [InlineData("update entry set amount_minor = amount_minor + 1, closing = closing + 1")]
    [InlineData("update {partition} set posting_id = posting_id + 1")]
    [InlineData("delete from entry")]
    [InlineData("delete from {partition} where leg = 0")]
    [InlineData("truncate entry")]
    [InlineData("truncate {partition}")]
    [Trait("Rule", "A2")]
    public async Task entries_are_append_only_A2(string attempt)
    {
        var committer = Bench.Committer();
        await Workbench.CommittedAsync(committer, Bench.Succeeding(await Bench.OpenedAsync(committer)));

        await RefusedAsync(PostgresErrorCodes.InsufficientPrivilege, attempt.Replace("{partition}", Partition, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("one leg: (-1, 1, 900, 0, 5, 0, 5, 'CNY')")]
    [InlineData("legs that differ: (-1, 1, 900, 0, 5, 0, 5, 'CNY'), (-2, 1, 900, 1, -4, 0, -4, 'CNY')")]
    [InlineData("two currencies: (-1, 1, 900, 0, 5, 0, 5, 'CNY'), (-2, 1, 900, 1, -5, 0, -5, 'USD')")]
    [InlineData("two postings: (-1, 1, 900, 0, 5, 0, 5, 'CNY'), (-2, 1, 901, 1, -5, 0, -5, 'CNY')")]
    [InlineData("a wrong closing: (-1, 1, 900, 0, 5, 0, 6, 'CNY'), (-2, 1, 900, 1, -5, 0, -5, 'CNY')")]
    [InlineData("nothing moved: (-1, 1, 900, 0, 0, 0, 0, 'CNY')")]
    [Trait("Rule", "A3")]
    public Task what_does_not_balance_cannot_be_inserted_A3(string entries) => RefusedAsync(
        PostgresErrorCodes.CheckViolation,
        $"""
        insert into {Partition} (account_id, sequence, posting_id, leg, amount_minor, opening, closing, currency, posting_date)
        select *, date '{TestDatabase.Today:yyyy-MM-dd}' from (values {entries[(entries.IndexOf(':', StringComparison.Ordinal) + 1)..]}) v
        """);

    [Fact]
    [Trait("Rule", "A2")]
    public async Task an_account_has_every_sequence_once_A2()
    {
        var committer = Bench.Committer();
        await Workbench.CommittedAsync(committer, Bench.Succeeding(await Bench.OpenedAsync(committer)));

        // The same entries once more, balanced and with right closings.
        await RefusedAsync(PostgresErrorCodes.UniqueViolation, $"insert into {Partition} select * from {Partition}");
    }

    [Theory]
    [InlineData("update account set balance = floor - 1 where kind = 'Merchant'")]
    [InlineData("update account set frozen = balance - floor + 1 where kind = 'Merchant'")]
    [InlineData("update account set status = 'Closed' where kind = 'Merchant' and number like '%.M1001.%'")]
    [InlineData("update account set frozen = -1 where kind = 'Merchant'")]
    [InlineData("update account set floor = 1 where kind = 'Merchant'")]
    [Trait("Rule", "A1")]
    [Trait("Rule", "A3")]
    public async Task an_account_cannot_be_stored_in_a_state_that_it_must_not_have_A1(string attempt)
    {
        var committer = Bench.Committer();
        await Workbench.CommittedAsync(committer, Bench.Succeeding(await Bench.OpenedAsync(committer)));

        await RefusedAsync(PostgresErrorCodes.CheckViolation, attempt);
    }

    [Fact]
    [Trait("Rule", "A1")]
    public async Task a_closed_account_takes_no_posting_A1()
    {
        var closed = await AddMerchantAsync();
        var committer = Bench.Committer();
        var family = await Bench.OpenedAsync(committer, closed);
        await Merchants.SetAccountStatusAsync(Database, closed.Number, "Closed");

        var result = (await Workbench.CommitAsync(committer, Bench.Succeeding(family)))[0];

        Assert.Equal(PostingRefusalReason.AccountClosed, Assert.IsType<CommitResult.PostingRefused>(result).Refusal.Reason);
    }

    private async Task RefusedAsync(string code, string statement)
    {
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => Database.ExecuteAsync(statement));
        Assert.Equal(code, refusal.SqlState);
    }
}
