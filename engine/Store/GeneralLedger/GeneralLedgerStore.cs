using Npgsql;
using NpgsqlTypes;
using PaymentEngine.Core;
using PaymentEngine.Ledger.GeneralLedger;

namespace PaymentEngine.Store.GeneralLedger;

/// <summary>A voucher as it is stored.</summary>
public sealed record StoredVoucher(
    long PostingId, DateOnly Day, long Number, string Kind, int? TemplateVersion, long? Order, DateTimeOffset MadeAt, IReadOnlyList<VoucherLine> Lines);

/// <param name="Next">The number after which the next page begins; null on the last one.</param>
public sealed record VoucherPage(IReadOnlyList<StoredVoucher> Vouchers, long? Next);

/// <summary>A subject on which ledger and general ledger do not agree. Credits are positive.</summary>
public sealed record Disagreement(DateOnly Day, string Subject, Currency Currency, long LedgerMinor, long GeneralLedgerMinor);

/// <summary>What finance reads of the general ledger.</summary>
public sealed class GeneralLedgerStore(NpgsqlDataSource database)
{
    /// <summary>How many vouchers are gone through for a subject by one statement, and how many statements there are for a page.</summary>
    internal int StretchOf { get; init; } = 20_000;

    internal int Stretches { get; init; } = 25;

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
    public async Task<VoucherPage> VouchersAsync(DateOnly day, long after, int most, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var vouchers = await WithLinesAsync(connection, Command(connection, "vouchers", day, after, most), cancellation);
        return new VoucherPage(vouchers, vouchers.Count == most ? vouchers[^1].Number : null);
    }

    /// <summary>
    /// Those that move a subject, or one below it. So many of the day are gone through at once that it takes a moment: a
    /// page may have fewer than most, or none, and still a next one.
    /// </summary>
    public async Task<VoucherPage> VouchersAsync(DateOnly day, long after, string subject, int most, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using (var ask = Command(connection, "has_moved", day, subject))
        {
            if (!(bool)(await ask.ExecuteScalarAsync(cancellation))!)
            {
                return new VoucherPage([], null);
            }
        }

        var found = new List<StoredVoucher>();
        for (var stretch = 0; stretch < Stretches; stretch++)
        {
            if (await StretchAsync(connection, day, after, cancellation) is not (var last, var first, var end))
            {
                return new VoucherPage(found, null);
            }

            found.AddRange(await WithLinesAsync(
                connection, Command(connection, "of_subject", day, after, last, first, end, subject, most - found.Count), cancellation));
            if (found.Count == most)
            {
                return new VoucherPage(found, found[^1].Number);
            }

            after = last;
        }

        return new VoucherPage(found, after);
    }

    public async Task<StoredVoucher?> VoucherAsync(long postingId, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await WithLinesAsync(connection, Command(connection, "voucher", postingId), cancellation) is [var voucher, ..] ? voucher : null;
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

    /// <summary>The number of its last voucher, and between which postings it lies; null where there are no more.</summary>
    private async Task<(long Last, long First, long End)?> StretchAsync(NpgsqlConnection connection, DateOnly day, long after, CancellationToken cancellation)
    {
        await using var command = Command(connection, "stretch", day, after, StretchOf);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        return row.IsDBNull(0) ? null : (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2));
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string statement, params object[] values)
    {
        var command = new NpgsqlCommand(Sql.Get("GeneralLedger/general_ledger." + statement), connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }

    private static async Task<IReadOnlyList<StoredVoucher>> WithLinesAsync(
        NpgsqlConnection connection, NpgsqlCommand statement, CancellationToken cancellation)
    {
        await using var command = statement;
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
