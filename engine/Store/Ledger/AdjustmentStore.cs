using Npgsql;
using NpgsqlTypes;
using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Failpoints;

namespace PaymentEngine.Store.Ledger;

/// <summary>Bookings by hand (A10): what was asked for, and what was said and became of it.</summary>
public sealed class AdjustmentStore(NpgsqlDataSource database)
{
    /// <returns>The adjustment under this person's key: this one, or the one that had the key before.</returns>
    public async Task<StoredAdjustment> AddAsync(NewAdjustment adjustment, CancellationToken cancellation)
    {
        Failpoints.Pass(Failpoint.BeforeAdjustmentAsked);
        await database.Statement("adjustment.add")
            .With(adjustment.Id.Value)
            .With(adjustment.Content.Reason)
            .With(AdjustmentJson.Write(adjustment.Content), NpgsqlDbType.Jsonb)
            .With(adjustment.Content.HashFor(adjustment.Id))
            .With(adjustment.Maker)
            .With(KeyOf(adjustment.Maker, adjustment.Key))
            .With(adjustment.BodyHash)
            .RunAsync(cancellation);
        Failpoints.Pass(Failpoint.AfterAdjustmentAsked);
        return (await FindAsync(adjustment.Maker, adjustment.Key, cancellation))!;
    }

    public async Task<StoredAdjustment?> FindAsync(string maker, string key, CancellationToken cancellation) =>
        (await database.Statement("adjustment.of_key").With(KeyOf(maker, key)).ReadAsync(Read, cancellation)).SingleOrDefault();

    public async Task<StoredAdjustment?> FindAsync(OrderId id, CancellationToken cancellation) =>
        (await database.Statement("adjustment.of_id").With(id.Value).ReadAsync(Read, cancellation)).SingleOrDefault();

    public async Task<IReadOnlyList<StoredAdjustment>> ListAsync(bool all, OrderId after, int limit, CancellationToken cancellation) =>
        await database.Statement("adjustment.list").With(after.Value).With(all).With(limit).ReadAsync(Read, cancellation);

    /// <summary>Those that somebody agreed to and that have no posting yet.</summary>
    public async Task<IReadOnlyList<OrderId>> UnpostedAsync(int limit, CancellationToken cancellation) =>
        await database.Statement("adjustment.unposted").With(limit).ReadAsync(row => new OrderId(row.GetInt64(0)), cancellation);

    /// <summary>Waits until nobody else's word about it is heard; it is to be read and written by what is returned.</summary>
    public async Task<AdjustmentHearing> HearAsync(OrderId id, CancellationToken cancellation) =>
        new((await database.ListenAsync("adjustment", id, waits: true, cancellation))!, id);

    /// <summary>Null when somebody else's word about it is being heard.</summary>
    public async Task<AdjustmentHearing?> TryHearAsync(OrderId id, CancellationToken cancellation) =>
        await database.ListenAsync("adjustment", id, waits: false, cancellation) is { } connection ? new(connection, id) : null;

    internal static StoredAdjustment Read(NpgsqlDataReader row) => new(
        new OrderId(row.GetInt64(0)),
        AdjustmentJson.Read(row.GetString(1), row.GetString(2)),
        row.GetFieldValue<byte[]>(3),
        row.GetString(4),
        row.GetMoment(5),
        row.GetFieldValue<byte[]>(6))
    {
        Verdict = row.IsDBNull(7) ? Verdict.None : Enum.Parse<Verdict>(row.GetString(7)),
        Checker = row.GetNullableString(8),
        CheckedAt = row.GetNullableMoment(9),
        Remark = row.GetNullableString(10),
        Posting = new OrderId(row.GetNullableLong(11) ?? 0),
        PostingDay = row.IsDBNull(12) ? null : row.GetFieldValue<DateOnly>(12),
        Attempts = Hearings.Attempts(row.GetString(13)),
    };

    private static string KeyOf(string maker, string key) => $"{maker}:{key}";
}

/// <summary>The word of one person about one adjustment.</summary>
public sealed class AdjustmentHearing(NpgsqlConnection connection, OrderId id)
    : Hearing<StoredAdjustment>(connection, "adjustment", id, AdjustmentStore.Read)
{
    protected override string LedgerKey { get; } = AdjustmentContent.KeyOf(id);

    public async Task PostedAsync(OrderId posting, DateOnly day, CancellationToken cancellation)
    {
        Failpoints.Pass(Failpoint.BeforeAdjustmentBooked);
        await Statement("posted").With(posting.Value).With(day).RunAsync(cancellation);
        Failpoints.Pass(Failpoint.AfterAdjustmentBooked);
    }
}

/// <param name="Key">Of this person: the same key is the same request (O13).</param>
public sealed record NewAdjustment(OrderId Id, AdjustmentContent Content, string Maker, string Key, byte[] BodyHash);

public sealed record StoredAdjustment(
    OrderId Id, AdjustmentContent Content, byte[] ContentHash, string Maker, DateTimeOffset MadeAt, byte[] BodyHash) : IAskedFor
{
    public Verdict Verdict { get; init; }

    public string? Checker { get; init; }

    public DateTimeOffset? CheckedAt { get; init; }

    /// <summary>Why it was refused, or what the ledger said to it last.</summary>
    public string? Remark { get; init; }

    /// <summary>Whoever agreed to it in vain: the ledger refused it then.</summary>
    public required IReadOnlyList<FailedApproval> Attempts { get; init; }

    public OrderId Posting { get; init; }

    public DateOnly? PostingDay { get; init; }

    /// <summary>What is stored is what was hashed.</summary>
    public bool IsWhole => Content.HashFor(Id).AsSpan().SequenceEqual(ContentHash);
}
