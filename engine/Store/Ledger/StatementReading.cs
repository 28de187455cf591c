using Npgsql;
using PaymentEngine.Core;

namespace PaymentEngine.Store.Ledger;

/// <summary>
/// The entries of an account from day to day, one after the other and never all at once. How far it goes is fixed when it
/// begins: entries up to a sequence never change, so it needs no transaction however long somebody reads.
/// </summary>
public sealed class StatementReading(NpgsqlDataSource database)
{
    /// <summary>How the rows of the account stood when the first day began.</summary>
    public Task<List<StatementRow>> RowsAsync(long account, DateOnly from, CancellationToken cancellation) =>
        database.Statement("statement.rows").With(account).With(from).ReadAsync(
            row => new StatementRow(row.GetInt64(0), row.GetString(1), Currency.Parse(row.GetString(2)), row.GetInt64(3), row.GetInt64(4)), cancellation);

    public async IAsyncEnumerable<StatementEntry> EntriesAsync(
        IReadOnlyList<StatementRow> rows, DateOnly from, DateOnly to,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var byId = rows.ToDictionary(row => row.Id);
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var today = await DayAsync(connection, cancellation);
        for (var day = from; day <= to && day <= today; day = day.AddDays(1))
        {
            await using var command = connection.Statement("statement.entries").With(byId.Keys).With(day);
            await using var entry = await command.ExecuteReaderAsync(cancellation);
            while (await entry.ReadAsync(cancellation))
            {
                var row = byId[entry.GetInt64(0)];
                if (entry.GetInt64(1) <= row.LastSequence)
                {
                    yield return new StatementEntry(row, new EntryRecord(
                        entry.GetInt64(1), entry.GetInt64(5), entry.GetInt64(6), entry.GetInt64(7), day, new OrderId(entry.GetInt64(2)),
                        new OrderId(entry.GetInt64(3)), entry.GetNullableString(4), entry.GetNullableLong(8)));
                }
            }
        }
    }

    /// <summary>What moved between the rows of the account: it stands on both sides, and is no turnover of it.</summary>
    public async Task<Int128> MovedWithinAsync(IReadOnlyList<StatementRow> rows, DateOnly from, DateOnly to, CancellationToken cancellation)
    {
        var moved = (Int128)0;
        if (rows.Count == 1)
        {
            return moved;
        }

        await using var connection = await database.OpenConnectionAsync(cancellation);
        var today = await DayAsync(connection, cancellation);
        for (var day = from; day <= to && day <= today; day = day.AddDays(1))
        {
            moved += (await connection.Statement("statement.within").With([.. rows.Select(row => row.Id)]).With([.. rows.Select(row => row.LastSequence)]).With(day)
                .ReadAsync(row => row.GetInt64(0), cancellation)).Single();
        }

        return moved;
    }

    private static async Task<DateOnly> DayAsync(NpgsqlConnection connection, CancellationToken cancellation) =>
        (await connection.Statement("statement.day").ReadAsync(row => row.GetFieldValue<DateOnly>(0), cancellation)).Single();
}

/// <param name="LastSequence">Up to which the statement goes.</param>
/// <param name="Opening">In minor units.</param>
public sealed record StatementRow(long Id, string Number, Currency Currency, long LastSequence, long Opening);

public sealed record StatementEntry(StatementRow Row, EntryRecord Entry);
