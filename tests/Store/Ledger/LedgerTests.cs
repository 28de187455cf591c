using Npgsql;
using PaymentEngine.Tests.Support;
using PaymentEngine.Tests.Support.Postgres;

namespace PaymentEngine.Tests.Store.Ledger;

/// <summary>Each test with a node's ledger on the database of its class, whose books are audited at the end.</summary>
public abstract class LedgerTests(DatabaseFixture fixture) : DatabaseTests(fixture)
{
    internal LedgerHand Hand { get; private set; } = null!;

    public override Task InitializeAsync()
    {
        Hand = new LedgerHand(Database);
        return Task.CompletedTask;
    }

    public override async Task DisposeAsync()
    {
        await Hand.ApplyAsync();
        await Hand.DisposeAsync();
        await base.DisposeAsync();
    }

    /// <summary>Somebody holds the account's row until his connection is given back.</summary>
    protected Task<NpgsqlConnection> HoldAsync(string account) => HoldRowAsync($"account where number = '{account}'");

    protected async Task<NpgsqlConnection> HoldRowAsync(string row)
    {
        var holder = await Database.Sql.OpenConnectionAsync();
        await using var hold = new NpgsqlCommand($"begin; select from {row} for update", holder);
        await hold.ExecuteNonQueryAsync();
        return holder;
    }

    protected Task SomebodyWaitsAsync(int many = 1) => Eventually.BecomesTrueAsync(
        async () => many == await Database.ScalarAsync<long>(
            "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"),
        $"{many} wait for a lock");
}
