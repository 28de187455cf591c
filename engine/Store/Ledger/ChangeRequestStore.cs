using Npgsql;
using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Failpoints;

namespace PaymentEngine.Store.Ledger;

/// <summary>Changes that need a second person (P2): what was asked for, and what was said and became of it.</summary>
public sealed class ChangeRequestStore(NpgsqlDataSource database)
{
    private const string Table = "change_request";

    /// <returns>The request under this person's key: this one, or the one that had the key before.</returns>
    public async Task<StoredChange> AddAsync(NewChange request, CancellationToken cancellation)
    {
        var row = ChangeRow.Of(request.Content.Change);
        Failpoints.Pass(Failpoint.BeforeChangeAsked);
        await database.Statement("change_request.add")
            .With(request.Id.Value)
            .With(row.What)
            .With(row.Account)
            .With(row.Customer)
            .With(row.Hold, NpgsqlTypes.NpgsqlDbType.Bigint)
            .With(row.From?.Minor, NpgsqlTypes.NpgsqlDbType.Bigint)
            .With(row.To?.Minor, NpgsqlTypes.NpgsqlDbType.Bigint)
            .With(row.To?.Currency.Code)
            .With(row.FromClass)
            .With(row.ToClass)
            .With(request.Content.Seen)
            .With(request.Content.Reason)
            .With(request.Content.HashFor(request.Id))
            .With(request.Maker)
            .With(KeyOf(request.Maker, request.Key))
            .With(request.BodyHash)
            .RunAsync(cancellation);
        Failpoints.Pass(Failpoint.AfterChangeAsked);
        return (await FindAsync(request.Maker, request.Key, cancellation))!;
    }

    public async Task<StoredChange?> FindAsync(string maker, string key, CancellationToken cancellation) =>
        (await database.Statement("change_request.of_key").With(KeyOf(maker, key)).ReadAsync(Read, cancellation)).SingleOrDefault();

    public async Task<StoredChange?> FindAsync(OrderId id, CancellationToken cancellation) =>
        (await database.Statement("change_request.of_id").With(id.Value).ReadAsync(Read, cancellation)).SingleOrDefault();

    public async Task<IReadOnlyList<StoredChange>> ListAsync(bool all, OrderId after, int limit, CancellationToken cancellation) =>
        await database.Statement("change_request.list").With(after.Value).With(all).With(limit).ReadAsync(Read, cancellation);

    /// <summary>Those that somebody agreed to and that are not done yet.</summary>
    public async Task<IReadOnlyList<OrderId>> UnappliedAsync(int limit, CancellationToken cancellation) =>
        await database.Statement("change_request.unapplied").With(limit).ReadAsync(row => new OrderId(row.GetInt64(0)), cancellation);

    /// <summary>Waits until nobody else's word about its account, customer or hold is heard.</summary>
    public async Task<ChangeHearing> HearAsync(OrderId id, CancellationToken cancellation) =>
        new((await database.ListenAsync(Table, id, waits: true, cancellation))!, id);

    /// <summary>Null when somebody else's word about it is being heard.</summary>
    public async Task<ChangeHearing?> TryHearAsync(OrderId id, CancellationToken cancellation) =>
        await database.ListenAsync(Table, id, waits: false, cancellation) is { } connection ? new(connection, id) : null;

    /// <param name="what">The kind of change; 0 where there was none.</param>
    public async Task<long> LastOfAccountAsync(string number, string what, CancellationToken cancellation)
    {
        await using var last = database.Statement("change_request.last_of_account").With(number).With(what);
        return (long)(await last.ExecuteScalarAsync(cancellation))!;
    }

    public async Task<long> LastOfCustomerAsync(string number, CancellationToken cancellation)
    {
        await using var last = database.Statement("change_request.last_of_customer").With(number);
        return (long)(await last.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>The freezes that are to be lifted, from the first.</summary>
    /// <param name="last">Of them.</param>
    public Task<List<AccountChangeRecord>> FreezesAsync(long last, CancellationToken cancellation) =>
        database.Statement("change_request.freezes").With(last).ReadAsync(
            row => new AccountChangeRecord(
                row.GetString(0), row.GetNullableString(1), row.GetNullableString(2), row.GetNullableString(3), row.GetString(4), row.GetMoment(5)),
            cancellation);

    internal static StoredChange Read(NpgsqlDataReader row) => new(
        new OrderId(row.GetInt64(0)),
        new ChangeContent(ChangeRow.Read(row).ToChange(), row.GetInt64(10), row.GetString(11)),
        row.GetFieldValue<byte[]>(12),
        row.GetString(13),
        row.GetMoment(14),
        row.GetFieldValue<byte[]>(15))
    {
        Verdict = row.IsDBNull(16) ? Verdict.None : Enum.Parse<Verdict>(row.GetString(16)),
        Checker = row.GetNullableString(17),
        CheckedAt = row.GetNullableMoment(18),
        Remark = row.GetNullableString(19),
        Attempts = Hearings.Attempts(row.GetString(20)),
        AppliedAt = row.GetNullableMoment(21),
        Posting = new OrderId(row.GetNullableLong(22) ?? 0),
    };

    private static string KeyOf(string maker, string key) => $"{maker}:{key}";
}

/// <summary>The word of one person about one change.</summary>
public sealed class ChangeHearing(NpgsqlConnection connection, OrderId id)
    : Hearing<StoredChange>(connection, "change_request", id, ChangeRequestStore.Read)
{
    protected override string LedgerKey { get; } = ChangeContent.KeyOf(id);

    /// <summary>The ledger has it, whether its row knows or not.</summary>
    public async Task<bool> IsBookedAsync(CancellationToken cancellation)
    {
        await using var booked = Statement("is_booked").With(LedgerKey);
        return (bool)(await booked.ExecuteScalarAsync(cancellation))!;
    }

    public async Task PostedAsync(OrderId posting, CancellationToken cancellation)
    {
        Failpoints.Pass(Failpoint.BeforeChangeDone);
        await Statement("posted").With(posting.Value).RunAsync(cancellation);
        Failpoints.Pass(Failpoint.AfterChangeDone);
    }
}

/// <param name="Key">Of this person: the same key is the same request (O13).</param>
public sealed record NewChange(OrderId Id, ChangeContent Content, string Maker, string Key, byte[] BodyHash);

public sealed record StoredChange(
    OrderId Id, ChangeContent Content, byte[] ContentHash, string Maker, DateTimeOffset MadeAt, byte[] BodyHash) : IAskedFor
{
    public Verdict Verdict { get; init; }

    public string? Checker { get; init; }

    public DateTimeOffset? CheckedAt { get; init; }

    /// <summary>Why it was refused, or what stood against it last.</summary>
    public string? Remark { get; init; }

    /// <summary>Whoever agreed to it in vain.</summary>
    public required IReadOnlyList<FailedApproval> Attempts { get; init; }

    public DateTimeOffset? AppliedAt { get; init; }

    /// <summary>With which the ledger let the hold go.</summary>
    public OrderId Posting { get; init; }

    public bool IsWhole => Content.HashFor(Id).AsSpan().SequenceEqual(ContentHash);

    /// <summary>As it stands in histories.</summary>
    public string People => $"{Maker}, approved by {Checker}";
}
