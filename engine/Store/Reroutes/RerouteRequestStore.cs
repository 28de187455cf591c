using Npgsql;
using PaymentEngine.Core;
using PaymentEngine.Core.Orders;

namespace PaymentEngine.Store.Reroutes;

/// <summary>What people have asked for by hand. That a request was carried out is written by the commit that did it.</summary>
public sealed class RerouteRequestStore(NpgsqlDataSource database)
{
    /// <returns>The request under this person's key: this one, or the one that had the key before.</returns>
    public async Task<StoredReroute> AddAsync(NewReroute request, CancellationToken cancellation)
    {
        await using var add = Command(
            "add", request.Trade.Value, request.Order.Value, request.Evidence.Code(), request.Note, request.RequestedBy,
            request.RequestedAt.UtcDateTime, request.Key, request.BodyHash);
        await add.ExecuteNonQueryAsync(cancellation);
        return (await FindAsync(request.RequestedBy, request.Key, cancellation))!;
    }

    public async Task<StoredReroute?> FindAsync(string requestedBy, string key, CancellationToken cancellation) =>
        (await ReadAsync(Command("of_key", requestedBy, key), cancellation)).SingleOrDefault();

    public async Task<StoredReroute?> FindAsync(long id, CancellationToken cancellation) =>
        (await ReadAsync(Command("of_id", id), cancellation)).SingleOrDefault();

    /// <summary>The latest first.</summary>
    public async Task<IReadOnlyList<StoredReroute>> ListAsync(CancellationToken cancellation) => await ReadAsync(Command("list"), cancellation);

    private static async Task<List<StoredReroute>> ReadAsync(NpgsqlCommand select, CancellationToken cancellation)
    {
        await using var command = select;
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var all = new List<StoredReroute>();
        while (await row.ReadAsync(cancellation))
        {
            all.Add(new StoredReroute(
                row.GetInt64(0),
                new OrderId(row.GetInt64(1)),
                new OrderId(row.GetInt64(2)),
                EvidenceNames.Parse(row.GetString(3)),
                row.GetString(4),
                row.GetString(5),
                row.GetMoment(6),
                row.IsDBNull(7) ? null : new StoredApproval(row.GetString(7), row.GetMoment(8), new OrderId(row.GetInt64(9))),
                row.GetFieldValue<byte[]>(10)));
        }

        return all;
    }

    private NpgsqlCommand Command(string statement, params object[] values)
    {
        var command = database.CreateCommand(Sql.Get($"Reroutes/reroute_request.{statement}"));
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }
}

/// <param name="Order">The institution order that failed.</param>
/// <param name="Note">What the person knows, in words.</param>
/// <param name="Key">Of this person: the same key is the same request (O13).</param>
public sealed record NewReroute(
    OrderId Trade, OrderId Order, EvidenceKind Evidence, string Note, string RequestedBy, DateTimeOffset RequestedAt, string Key, byte[] BodyHash);

public sealed record StoredReroute(
    long Id,
    OrderId Trade,
    OrderId Order,
    EvidenceKind Evidence,
    string Note,
    string RequestedBy,
    DateTimeOffset RequestedAt,
    StoredApproval? Approval,
    byte[] BodyHash);

/// <param name="NewOrder">The institution order that came of it.</param>
public sealed record StoredApproval(string By, DateTimeOffset At, OrderId NewOrder);
