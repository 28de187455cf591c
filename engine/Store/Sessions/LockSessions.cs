using System.Data;
using Npgsql;

namespace PaymentEngine.Store.Sessions;

/// <summary>
/// Sessions that hold locks while somebody is at work under them. The work needs other connections of the same pool, so
/// there are only so many at once.
/// </summary>
internal sealed class LockSessions(NpgsqlDataSource database, int atOnce) : IDisposable
{
    private readonly SemaphoreSlim _turns = new(atOnce);

    /// <summary>When it is this one's turn.</summary>
    public async Task<LockSession> OpenAsync(CancellationToken cancellation)
    {
        await _turns.WaitAsync(cancellation);
        try
        {
            return new LockSession(await database.OpenConnectionAsync(cancellation), _turns);
        }
        catch
        {
            _turns.Release();
            throw;
        }
    }

    public void Dispose() => _turns.Dispose();
}

/// <summary>Its locks are free when it ends, or its process dies.</summary>
internal sealed class LockSession(NpgsqlConnection connection, SemaphoreSlim turns) : IAsyncDisposable
{
    public NpgsqlConnection Connection => connection;

    public async ValueTask DisposeAsync()
    {
        try
        {
            // Pooled connections keep their session, and with it the locks. One that is broken has lost both.
            if (connection.State == ConnectionState.Open)
            {
                await new NpgsqlCommand(Sql.Get("Sessions/session.unlock"), connection).RunAsync(CancellationToken.None);
            }
        }
        finally
        {
            await connection.DisposeAsync();
            turns.Release();
        }
    }
}
