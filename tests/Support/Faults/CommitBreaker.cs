using Npgsql;

namespace PaymentEngine.Tests.Support.Faults;

/// <summary>
/// Ends sessions of a database while they COMMIT: before it happens, after it, and on the way to telling so.
/// </summary>
public sealed class CommitBreaker(string connectionString, Random random)
{
    private const string EndOne =
        """
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and state = 'active' and query ~* '^\s*commit' and pid <> pg_backend_pid()
        limit 1
        """;

    private volatile bool _isEnough;
    private Task _work = Task.CompletedTask;
    private int _ended;

    /// <summary>Sessions that it has ended so far.</summary>
    public int Ended => Volatile.Read(ref _ended);

    public void Start()
    {
        _isEnough = false;
        _work = Task.Run(WorkAsync);
    }

    public async Task StopAsync()
    {
        _isEnough = true;
        await _work;
    }

    private async Task WorkAsync()
    {
        await using var database = NpgsqlDataSource.Create(connectionString + ";Maximum Pool Size=1");
        await using var endOne = database.CreateCommand(EndOne);
        while (!_isEnough)
        {
            try
            {
                if (await endOne.ExecuteScalarAsync() is true)
                {
                    Interlocked.Increment(ref _ended);
                }
            }
            catch (NpgsqlException)
            {
                // The server may be hurt in other ways at the same time.
            }

            await Task.Delay(random.Next(1, 20));
        }
    }
}
