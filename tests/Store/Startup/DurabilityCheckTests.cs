using Npgsql;
using PaymentEngine.Store;
using PaymentEngine.Store.Startup;
using PaymentEngine.Tests.Support.Postgres;
using Xunit;

namespace PaymentEngine.Tests.Store.Startup;

public sealed class DurabilityCheckTests
{
    private const int Fifteen = 150_014;

    [Theory]
    [InlineData("on", "on", "on", Fifteen, false, null)]
    [InlineData("on", "on", "remote_apply", 140_000, false, null)]
    [InlineData("on", "on", "remote_write", Fifteen, false, null)]
    [InlineData("off", "on", "on", Fifteen, false, "fsync")]
    [InlineData("on", "off", "on", Fifteen, false, "full_page_writes")]
    [InlineData("on", "on", "off", Fifteen, false, "synchronous_commit")]
    [InlineData("on", "on", "local", Fifteen, false, "synchronous_commit")]
    [InlineData("on", "on", "on", 130_020, false, "PostgreSQL 13 is too old")]
    [InlineData("on", "on", "on", Fifteen, true, "standby")]
    public void what_may_lose_an_acknowledged_payment_is_a_fault(
        string fsync, string fullPageWrites, string synchronousCommit, int version, bool isStandby, string? fault)
    {
        var faults = DurabilityCheck.Faults(fsync, fullPageWrites, synchronousCommit, version, isStandby);

        if (fault is null)
        {
            Assert.Empty(faults);
        }
        else
        {
            Assert.Contains(fault, Assert.Single(faults), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void all_faults_are_told_at_once() => Assert.Equal(5, DurabilityCheck.Faults("off", "off", "off", 90_600, isStandby: true).Count);

    [Fact]
    public async Task the_engine_refuses_a_database_that_commits_asynchronously()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();
        await using (var before = Database.ForReads(database.ConnectionString))
        {
            await new DurabilityCheck(before).DemandAsync(CancellationToken.None);
        }

        await database.ExecuteAsync($"alter database {PostgresServer.NameOf(database.ConnectionString)} set synchronous_commit = off");

        await using var after = Database.ForReads(database.ConnectionString);
        var refusal = await Assert.ThrowsAsync<UnfitDatabaseException>(() => new DurabilityCheck(after).DemandAsync(CancellationToken.None));
        Assert.Contains("synchronous_commit is off", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>The check would be worth nothing if the committers' own sessions were set otherwise.</summary>
    [Fact]
    public async Task the_committers_sessions_commit_durably()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();
        await using var commits = Database.ForCommits(database.ConnectionString);
        await new DurabilityCheck(commits).DemandAsync(CancellationToken.None);
    }
}
