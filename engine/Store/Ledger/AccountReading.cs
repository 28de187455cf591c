using Npgsql;
using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;

namespace PaymentEngine.Store.Ledger;

/// <summary>Accounts, their entries and their holds, for people; never for a posting.</summary>
public sealed class AccountReading(NpgsqlDataSource database)
{
    private const int MostChanges = 100;

    private static readonly DateOnly LastDay = OrderId.LastDay;

    /// <summary>A page of accounts, in the order of their numbers.</summary>
    public async Task<IReadOnlyList<AccountRecord>> ListAsync(AccountFilter filter, string after, int limit, CancellationToken cancellation)
    {
        List<long>? owned = null;
        if (filter.Owner is { } owner)
        {
            owned = await database.Statement("account_reading.of_owner").With(owner).ReadAsync(row => row.GetInt64(0), cancellation);
        }

        return await ReadAsync(owned, null, filter, after, limit, cancellation);
    }

    public async Task<AccountRecord?> FindAsync(string number, CancellationToken cancellation) =>
        (await FindAsync([number], cancellation)).SingleOrDefault();

    /// <summary>Those of these numbers that there are; the number of a sub-account is none.</summary>
    public Task<List<AccountRecord>> FindAsync(IReadOnlyCollection<string> numbers, CancellationToken cancellation) =>
        ReadAsync(null, numbers, new AccountFilter(), string.Empty, numbers.Count, cancellation);

    public async Task<IReadOnlyList<AccountRecord>> OfCustomerAsync(long customer, CancellationToken cancellation)
    {
        var ids = await database.Statement("account_reading.of_customer").With(customer).ReadAsync(row => row.GetInt64(0), cancellation);
        return await ReadAsync(ids, null, new AccountFilter(), string.Empty, ids.Count, cancellation);
    }

    /// <summary>Its own row, then its sub-accounts.</summary>
    public Task<List<AccountRowRecord>> RowsAsync(long account, CancellationToken cancellation) =>
        database.Statement("account_reading.rows").With(account).ReadAsync(
            row => new AccountRowRecord(
                row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6)),
            cancellation);

    public Task<List<AccountChangeRecord>> ChangesAsync(long account, CancellationToken cancellation) =>
        database.Statement("account_reading.changes").With(account).With(MostChanges).ReadAsync(ReadChange, cancellation);

    /// <summary>Its last change of this kind; 0 where there was none.</summary>
    public async Task<long> LastChangeAsync(string number, string what, CancellationToken cancellation)
    {
        await using var last = database.Statement("account.last_of_kind").With(number).With(what);
        return (long)(await last.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>All for which an account was frozen when this was the last of them.</summary>
    public Task<List<AccountChangeRecord>> FreezesAsync(long last, CancellationToken cancellation) =>
        database.Statement("account_reading.freezes").With(last).ReadAsync(ReadChange, cancellation);

    /// <summary>Entries of one row in the order of their sequence, of one day or of all.</summary>
    public Task<List<EntryRecord>> EntriesAsync(long row, long after, DateOnly? day, int limit, CancellationToken cancellation) =>
        database.Statement("account_reading.entries")
            .With(row).With(after).With(day ?? OrderId.FirstDay).With(day ?? LastDay).With(limit)
            .ReadAsync(
                entry => new EntryRecord(
                    entry.GetInt64(0), entry.GetInt64(1), entry.GetInt64(2), entry.GetInt64(3), entry.GetFieldValue<DateOnly>(4),
                    new OrderId(entry.GetInt64(5)), new OrderId(entry.GetInt64(6)), entry.GetNullableString(7), entry.GetNullableLong(8)),
                cancellation);

    public Task<List<HoldRecord>> HoldsAsync(long account, OrderId after, bool all, int limit, CancellationToken cancellation) =>
        database.Statement("account_reading.holds").With(account).With(after.Value).With(all).With(limit).ReadAsync(ReadHold, cancellation);

    public async Task<HoldRecord?> HoldAsync(OrderId id, CancellationToken cancellation) =>
        (await database.Statement("account_reading.hold").With(id.Value).ReadAsync(ReadHold, cancellation)).SingleOrDefault();

    private Task<List<AccountRecord>> ReadAsync(
        IReadOnlyCollection<long>? ids, IReadOnlyCollection<string>? numbers, AccountFilter filter, string after, int limit, CancellationToken cancellation) =>
        database.Statement("account_reading.read")
            .With(ids).With(numbers).With(filter.Kind?.ToString()).With(filter.Subject).With(filter.NumberPrefix).With(after).With(limit)
            .ReadAsync(ReadAccount, cancellation);

    private static AccountRecord ReadAccount(NpgsqlDataReader row) => new(
        row.GetInt64(0),
        row.GetString(1),
        row.GetString(2),
        Currency.Parse(row.GetString(3)),
        row.GetString(4),
        row.GetString(5),
        new SubjectRecord(row.GetString(10), row.GetString(11), row.GetString(12), row.GetString(13)))
    {
        Floor = row.GetInt64(6),
        BufferAgreed = row.GetBoolean(7),
        OpenedAt = row.GetMoment(8),
        ClosedAt = row.GetNullableMoment(9),
        Owner = row.GetNullableString(14),
        OwnerName = row.GetNullableString(15),
        Customer = row.GetNullableString(16),
        Booked = row.GetInt64(17),
        Frozen = row.GetInt64(18),
        Buffered = row.GetInt64(19),
        SubAccounts = row.GetInt32(20),
    };

    private static AccountChangeRecord ReadChange(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetNullableString(1), row.GetNullableString(2), row.GetNullableString(3), row.GetString(4), row.GetMoment(5));

    private static HoldRecord ReadHold(NpgsqlDataReader row)
    {
        var currency = Currency.Parse(row.GetString(2));
        return new HoldRecord(
            new OrderId(row.GetInt64(0)), row.GetString(1), new Money(row.GetInt64(3), currency), new Money(row.GetInt64(4), currency),
            new Money(row.GetInt64(5), currency), row.GetString(6), row.GetNullableMoment(7), row.GetMoment(8), row.GetString(9));
    }
}
