using System.Text.Json.Nodes;
using Npgsql;
using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Failpoints;

namespace PaymentEngine.Store.Ledger;

/// <summary>
/// The word of one person about what another has asked for (P2), from reading it to writing what came of it. Who comes
/// meanwhile waits, on whatever node.
/// </summary>
/// <param name="connection">Whose session has the lock; it ends with this.</param>
/// <param name="table">Its statements are named as those of its neighbours.</param>
public abstract class Hearing<T>(NpgsqlConnection connection, string table, OrderId id, Func<NpgsqlDataReader, T> read) : IAsyncDisposable
    where T : class, IAskedFor
{
    public async Task<T?> ReadAsync(CancellationToken cancellation) =>
        (await Statement("of_id").ReadAsync(read, cancellation)).SingleOrDefault();

    public Task<int> ApproveAsync(string checker, CancellationToken cancellation) => DecideAsync(Statement("approve").With(checker), cancellation);

    /// <summary>It cannot be done now: whoever agreed did so in vain, and that stays with it.</summary>
    public Task<int> ReopenAsync(string remark, CancellationToken cancellation) => DecideAsync(Statement("reopen").With(remark), cancellation);

    /// <returns>False when it is decided already, or the ledger has booked it.</returns>
    public async Task<bool> RefuseAsync(string checker, string remark, CancellationToken cancellation) =>
        await DecideAsync(Statement("refuse").With(checker).With(remark).With(LedgerKey), cancellation) == 1;

    public async ValueTask DisposeAsync()
    {
        try
        {
            // Pooled connections keep their session, and with it the lock. One that is broken has lost both.
            if (connection.State == System.Data.ConnectionState.Open)
            {
                await Statement("heard").RunAsync(CancellationToken.None);
            }
        }
        finally
        {
            await connection.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>Under which the ledger books it.</summary>
    protected abstract string LedgerKey { get; }

    protected NpgsqlCommand Statement(string name) => connection.Statement($"{table}.{name}").With(id.Value);

    private static async Task<int> DecideAsync(NpgsqlCommand decision, CancellationToken cancellation)
    {
        Failpoints.Pass(Failpoint.BeforeVerdict);
        var rows = await decision.RunAsync(cancellation);
        Failpoints.Pass(Failpoint.AfterVerdict);
        return rows;
    }
}

internal static class Hearings
{
    /// <summary>A session that nobody else's word is heard beside; null when it would have to wait, and may not.</summary>
    public static async Task<NpgsqlConnection?> ListenAsync(
        this NpgsqlDataSource database, string table, OrderId id, bool waits, CancellationToken cancellation)
    {
        var connection = await database.OpenConnectionAsync(cancellation);
        try
        {
            // A lock of the session goes with the process that holds it.
            await using var listen = connection.Statement(waits ? $"{table}.listen" : $"{table}.try_listen").With(id.Value);
            if (await listen.ExecuteScalarAsync(cancellation) is not false)
            {
                return connection;
            }
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }

        await connection.DisposeAsync();
        return null;
    }

    public static IReadOnlyList<FailedApproval> Attempts(string json) =>
        [.. JsonNode.Parse(json)!.AsArray().Select(attempt => new FailedApproval(
            (string)attempt!["checker"]!, (DateTimeOffset)attempt["at"]!, (string)attempt["refusal"]!))];
}
