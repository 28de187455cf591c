using Npgsql;

namespace PaymentEngine.Store;

/// <summary>How the engine connects: one source for the committers, which never plan twice, and one for everything else.</summary>
public static class Database
{
    /// <summary>
    /// Bulk statements join arrays with tables by their keys. The planner, which does not know how long an array is,
    /// sometimes thinks otherwise; on these connections it is not asked.
    /// </summary>
    private const string CommitterSettings =
        "-c lock_timeout=3s -c plan_cache_mode=force_generic_plan -c enable_hashjoin=off -c enable_mergejoin=off -c enable_seqscan=off";

    /// <summary>A node that was stopped in the middle of a transaction must not hold others up for long.</summary>
    private const string CommonSettings = "-c jit=off -c timezone=UTC -c lock_timeout=5s -c idle_in_transaction_session_timeout=30s";

    public static NpgsqlDataSource ForCommits(string connectionString) => Open(connectionString, CommitterSettings, builder =>
    {
        builder.MaxAutoPrepare = 200;
        builder.AutoPrepareMinUsages = 2;
        builder.WriteBufferSize = 64 * 1024;
        builder.MaxPoolSize = 20;
    });

    public static NpgsqlDataSource ForReads(string connectionString) => Open(connectionString, string.Empty, builder =>
    {
        builder.MaxAutoPrepare = 50;
        builder.AutoPrepareMinUsages = 2;
        builder.MaxPoolSize = 20;
    });

    private static NpgsqlDataSource Open(string connectionString, string settings, Action<NpgsqlConnectionStringBuilder> configure)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = "payment-engine",
            NoResetOnClose = true,
            Timeout = 15,
            CommandTimeout = 20,
            KeepAlive = 15,
        };
        builder.Options = $"{builder.Options} {CommonSettings} {settings}".Trim();
        configure(builder);
        return new NpgsqlDataSourceBuilder(builder.ConnectionString).Build();
    }
}
