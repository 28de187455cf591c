using Npgsql;
using PaymentEngine.Core.Failpoints;
using PaymentEngine.Store.Commit;

namespace PaymentEngine.Store.Ledger;

/// <summary>Puts what is buffered onto its accounts (A5).</summary>
public sealed class BufferStore(NpgsqlDataSource database)
{
    private const int AccountsAtOnce = 200;

    /// <summary>Of all accounts that have something older than this. Returns how many accounts that were.</summary>
    public async Task<int> ApplyAsync(TimeSpan olderThan, CancellationToken cancellation)
    {
        var all = 0;
        while (await DueAsync(olderThan, cancellation) is { Count: > 0 } due)
        {
            var applied = await EachAsync(due, cancellation);
            all += applied;
            if (applied < due.Count || due.Count < AccountsAtOnce)
            {
                break;
            }
        }

        return all;
    }

    /// <summary>How long the oldest has been waiting, and how much there is.</summary>
    public async Task<(TimeSpan Oldest, long Count)> StandingAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Sql.Get("Ledger/buffer.oldest"));
        await using var row = await command.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        return (TimeSpan.FromSeconds(row.GetDouble(0)), row.GetInt64(1));
    }

    /// <summary>Of these accounts, but for those that somebody else holds. Returns how many that were.</summary>
    internal static async Task<int> ApplyAsync(NpgsqlDataSource database, List<long> accounts, CancellationToken cancellation)
    {
        await using var apply = database.CreateCommand(Sql.Get("Ledger/buffer.apply"));
        apply.Parameters.Add(new NpgsqlParameter<List<long>> { TypedValue = accounts });
        Failpoints.Pass(Failpoint.BeforeBufferApplied);
        var applied = (int)(long)(await apply.ExecuteScalarAsync(cancellation))!;
        Failpoints.Pass(Failpoint.AfterBufferApplied);
        return applied;
    }

    /// <summary>One that the database refuses does not keep the others: each is written by itself then.</summary>
    private async Task<int> EachAsync(List<long> due, CancellationToken cancellation)
    {
        try
        {
            return await ApplyAsync(database, due, cancellation);
        }
        catch (PostgresException refusal) when (DatabaseErrors.IsGuiltOfOneUnit(refusal))
        {
            var stuck = new List<long>();
            foreach (var account in due)
            {
                try
                {
                    await ApplyAsync(database, [account], cancellation);
                }
                catch (PostgresException guilty) when (DatabaseErrors.IsGuiltOfOneUnit(guilty))
                {
                    stuck.Add(account);
                }
            }

            throw new InvalidOperationException($"what is buffered cannot be written to accounts {string.Join(", ", stuck)}", refusal);
        }
    }

    private async Task<List<long>> DueAsync(TimeSpan olderThan, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Sql.Get("Ledger/buffer.due"));
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = olderThan });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = AccountsAtOnce });
        var due = new List<long>();
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            due.Add(rows.GetInt64(0));
        }

        return due;
    }
}
