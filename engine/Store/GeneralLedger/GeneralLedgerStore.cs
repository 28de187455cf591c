using Npgsql;
using NpgsqlTypes;
using PaymentEngine.Core;
using PaymentEngine.Ledger.GeneralLedger;

namespace PaymentEngine.Store.GeneralLedger;

/// <summary>A voucher as it is stored.</summary>
public sealed record StoredVoucher(
    long PostingId, DateOnly Day, long Number, string Kind, int? TemplateVersion, long? Order, DateTimeOffset MadeAt, IReadOnlyList<VoucherLine> Lines);

/// <summary>A subject on which ledger and general ledger do not agree. Credits are positive.</summary>
public sealed record Disagreement(DateOnly Day, string Subject, Currency Currency, long LedgerMinor, long GeneralLedgerMinor);

/// <summary>What finance reads of the general ledger.</summary>
public sealed class GeneralLedgerStore(NpgsqlDataSource database)
{
    public async Task<IReadOnlyList<SubjectMovement>> MovementsAsync(DateOnly day, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Sql.Get("GeneralLedger/general_ledger.movements"));
        command.Parameters.Add(new NpgsqlParameter { Value = day });
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var movements = new List<SubjectMovement>();
        while (await rows.ReadAsync(cancellation))
        {
            movements.Add(new SubjectMovement(
                rows.GetString(0), Currency.Parse(rows.GetString(1)), rows.GetInt64(2), rows.GetInt64(3), rows.GetInt64(4), rows.GetInt64(5)));
        }

        return movements;
    }

    /// <param name="after">The number of the last one that is known.</param>
    /// <param name="subject">Only those that move it, or one below it.</param>
    public async Task<IReadOnlyList<StoredVoucher>> VouchersAsync(DateOnly day, long after, string? subject, int most, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var command = new NpgsqlCommand(Sql.Get("GeneralLedger/general_ledger.vouchers"), connection)
        {
            Parameters =
            {
                new() { Value = day },
                new() { Value = after },
                new() { Value = (object?)subject ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
                new() { Value = most },
            },
        };
        return await WithLinesAsync(connection, command, cancellation);
    }

    public async Task<StoredVoucher?> VoucherAsync(long postingId, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var command = new NpgsqlCommand(Sql.Get("GeneralLedger/general_ledger.voucher"), connection)
        {
            Parameters = { new() { Value = postingId } },
        };
        return await WithLinesAsync(connection, command, cancellation) is [var voucher, ..] ? voucher : null;
    }

    /// <summary>Where ledger and general ledger differ on a day, over everything that has its voucher.</summary>
    public async Task<IReadOnlyList<Disagreement>> DisagreementsAsync(DateOnly day, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Sql.Get("GeneralLedger/general_ledger.agreement", day));
        command.CommandTimeout = 0;
        command.Parameters.Add(new NpgsqlParameter { Value = day });
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var found = new List<Disagreement>();
        while (await rows.ReadAsync(cancellation))
        {
            found.Add(new Disagreement(day, rows.GetString(0), Currency.Parse(rows.GetString(1)), rows.GetInt64(2), rows.GetInt64(3)));
        }

        return found;
    }

    /// <summary>The days that are not closed, and how many vouchers each has.</summary>
    public async Task<IReadOnlyList<(DateOnly Day, long Vouchers)>> OpenDaysAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Sql.Get("GeneralLedger/general_ledger.open_days"));
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var days = new List<(DateOnly, long)>();
        while (await rows.ReadAsync(cancellation))
        {
            days.Add((rows.GetFieldValue<DateOnly>(0), rows.GetInt64(1)));
        }

        return days;
    }

    private static async Task<IReadOnlyList<StoredVoucher>> WithLinesAsync(
        NpgsqlConnection connection, NpgsqlCommand command, CancellationToken cancellation)
    {
        var vouchers = new List<StoredVoucher>();
        await using (var rows = await command.ExecuteReaderAsync(cancellation))
        {
            while (await rows.ReadAsync(cancellation))
            {
                vouchers.Add(new StoredVoucher(
                    rows.GetInt64(0),
                    rows.GetFieldValue<DateOnly>(1),
                    rows.GetInt64(2),
                    rows.GetString(3),
                    rows.IsDBNull(4) ? null : rows.GetInt32(4),
                    rows.GetNullableLong(5),
                    rows.GetMoment(6),
                    new List<VoucherLine>()));
            }
        }

        if (vouchers.Count > 0)
        {
            await ReadLinesAsync(connection, vouchers, cancellation);
        }

        return vouchers;
    }

    /// <summary>All are of one day.</summary>
    private static async Task ReadLinesAsync(NpgsqlConnection connection, List<StoredVoucher> vouchers, CancellationToken cancellation)
    {
        var byPosting = vouchers.ToDictionary(voucher => voucher.PostingId);
        await using var command = new NpgsqlCommand(Sql.Get("GeneralLedger/general_ledger.lines"), connection)
        {
            Parameters =
            {
                new() { Value = vouchers[0].Day },
                new() { Value = byPosting.Keys.Min() },
                new() { Value = byPosting.Keys.Max() },
                new() { Value = byPosting.Keys.ToArray() },
            },
        };
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            ((List<VoucherLine>)byPosting[rows.GetInt64(0)].Lines).Add(new VoucherLine(
                Enum.Parse<LedgerSide>(rows.GetString(2)),
                rows.GetString(3),
                new Money(rows.GetInt64(4), Currency.Parse(rows.GetString(5))),
                rows.GetNullableString(6)));
        }
    }
}
