using Npgsql;

namespace PaymentEngine.Store;

/// <summary>Finds out whether the database answers.</summary>
public sealed class DatabaseProbe(NpgsqlDataSource database)
{
    public async Task AskAsync(CancellationToken cancellation)
    {
        await using var question = database.CreateCommand("select 1");
        await question.ExecuteScalarAsync(cancellation);
    }
}
