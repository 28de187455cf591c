using PaymentEngine.Tests.Support.Postgres;

namespace PaymentEngine.Tests.Support.Faults;

/// <summary>What can happen to a PostgreSQL server of one's own, and to a database on it.</summary>
public static class DatabaseFaults
{
    /// <summary>After some of them the pools of the test itself hold dead connections too: clear them.</summary>
    public static IReadOnlyList<Fault> Of(PrivateCluster cluster, TestDatabase database, Random random)
    {
        var breaker = new CommitBreaker(database.ConnectionString, new Random(random.Next()));
        return
        [
            new Fault("the postmaster is killed", cluster.KillAsync, RestartAsync),
            new Fault("PostgreSQL is killed with all its sessions", cluster.KillAllAsync, RestartAsync),
            new Fault("PostgreSQL is stopped immediately", cluster.StopImmediatelyAsync, RestartAsync),
            new Fault("PostgreSQL is stopped", cluster.StopAsync, RestartAsync),
            new Fault("one session of PostgreSQL is killed, and all others fall with it", cluster.CrashAsync, RestartAsync),
            new Fault("PostgreSQL is frozen", cluster.FreezeAsync, cluster.ThawAsync),
            new Fault("sessions are ended while they commit", StartBreakingAsync, breaker.StopAsync),
            new Fault("every session is ended", EndAllAsync, () => Task.CompletedTask),
        ];

        async Task RestartAsync()
        {
            await cluster.StartAsync();
            await cluster.AnswersAsync();
        }

        Task StartBreakingAsync()
        {
            breaker.Start();
            return Task.CompletedTask;
        }

        Task EndAllAsync()
        {
            // Those that an earlier fault has left dead would only be found here.
            database.Sql.Clear();
            return database.ExecuteAsync(
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()");
        }
    }

    /// <summary>
    /// Of a cluster that lies on this disk. A full one refuses rows; when its log finds no room the server goes down,
    /// and stays down until there is some.
    /// </summary>
    public static Fault FullDisk(SmallDisk disk, PrivateCluster cluster, Random random)
    {
        var left = random.Next(1 << random.Next(1, 24));
        return new Fault($"the disk of PostgreSQL is full but for {left} bytes", () => disk.FillAsync(left), FreeAsync);

        async Task FreeAsync()
        {
            disk.Free();
            await cluster.StartAsync();
            await cluster.AnswersAsync();
        }
    }
}
