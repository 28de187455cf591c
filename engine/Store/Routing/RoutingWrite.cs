using Npgsql;
using PaymentEngine.Routing.Book;

namespace PaymentEngine.Store.Routing;

/// <summary>A word about routing on its way into the book. Nothing is written until it is committed, and nobody else writes meanwhile.</summary>
public sealed class RoutingWrite : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;

    internal RoutingWrite(NpgsqlConnection connection, NpgsqlTransaction transaction) => (_connection, _transaction) = (connection, transaction);

    /// <param name="alsoNeeded">A version whose text is wanted though nothing has put it into force.</param>
    public async Task<RoutingHeads> HeadsAsync(DateTimeOffset now, RoutingVersionId? alsoNeeded, CancellationToken cancellation)
    {
        var heads = await RoutingStore.ReadHeadsAsync(_connection, RoutingHeads.Empty, now, cancellation);
        if (alsoNeeded is not { Version: > 0 } id || heads.Versions.ContainsKey(id))
        {
            return heads;
        }

        var found = await RoutingStore.ReadTextsAsync(_connection, [id], cancellation);
        return heads with { Versions = heads.Versions.Concat(found.ToDictionary(version => version.Id)).ToDictionary() };
    }

    public async Task<RoutingActivation?> FindAsync(long id, CancellationToken cancellation) =>
        (await RoutingStore.ReadActivationsAsync(_connection, cancellation)).Find(it => it.Id == id);

    /// <summary>What was written under this key of this person before.</summary>
    public async Task<(RoutingVersion Version, byte[] BodyHash)?> FindVersionAsync(string madeBy, string key, CancellationToken cancellation)
    {
        await using var command = RoutingStore.Command(_connection, "version_of_key", madeBy, key);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation) ? (RoutingStore.ReadVersion(row), row.GetFieldValue<byte[]>(7)) : null;
    }

    /// <summary>What was asked for under this key of this person before.</summary>
    public async Task<(long Id, byte[] BodyHash)?> FindActivationAsync(string requestedBy, string key, CancellationToken cancellation)
    {
        await using var command = RoutingStore.Command(_connection, "activation_of_key", requestedBy, key);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation) ? (row.GetInt64(0), row.GetFieldValue<byte[]>(1)) : null;
    }

    /// <summary>Gives it the next number.</summary>
    public async Task<RoutingVersion> AddAsync(
        RoutingItem item, string text, string comment, string madeBy, DateTimeOffset now, string key, byte[] bodyHash, CancellationToken cancellation)
    {
        await using var command = RoutingStore.Command(_connection, "add_version", item.Kind, item.Name, text, comment, madeBy, now.UtcDateTime, key, bodyHash);
        return new RoutingVersion(item, (int)(await command.ExecuteScalarAsync(cancellation))!, text, comment, madeBy, now);
    }

    public async Task<RoutingActivation> AddAsync(RoutingActivation asked, string key, byte[] bodyHash, CancellationToken cancellation)
    {
        await using var command = RoutingStore.Command(
            _connection, "add_activation", asked.Item.Kind, asked.Item.Name, asked.Version, asked.Share, asked.From.UtcDateTime, asked.IsRollback,
            asked.Comment, asked.RequestedBy, asked.RequestedAt.UtcDateTime, key, bodyHash);
        return asked with { Id = (long)(await command.ExecuteScalarAsync(cancellation))! };
    }

    public Task ApproveAsync(long id, RoutingVerdict verdict, CancellationToken cancellation) => DecideAsync(id, "approved", verdict, cancellation);

    public Task WithdrawAsync(long id, RoutingVerdict verdict, CancellationToken cancellation) => DecideAsync(id, "withdrawn", verdict, cancellation);

    public Task CommitAsync(CancellationToken cancellation) => _transaction.CommitAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private async Task DecideAsync(long id, string what, RoutingVerdict verdict, CancellationToken cancellation)
    {
        await using var command = RoutingStore.Command(_connection, "decide", id, what, verdict.By, verdict.At.UtcDateTime);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
