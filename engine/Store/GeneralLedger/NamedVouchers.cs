using Npgsql;

namespace PaymentEngine.Store.GeneralLedger;

/// <summary>
/// Makes vouchers of postings by name, wherever the mark stands: what a day is missing, what failed and is to be tried
/// once more. The mark is held meanwhile, so that nobody makes the same; it is not moved.
/// </summary>
internal sealed class NamedVouchers(NpgsqlDataSource database, TemplatesInForce templates, OpenDays days)
{
    private const int PostingsAtOnce = 5_000;

    public async Task<VoucherBacklog> BacklogAsync(DateOnly day, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await days.EnsureAsync(connection, day, cancellation);
        await using var command = Patient(connection, Sql.Get("GeneralLedger/voucher.backlog", day), day);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        return new VoucherBacklog(row.GetInt64(0), row.GetInt64(1));
    }

    public async Task<VouchersMade> MakeMissingAsync(DateOnly day, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await days.EnsureAsync(connection, day, cancellation);
        var made = new VouchersMade(0, 0);
        for (var after = 0L; ;)
        {
            // Looked for without the mark, since it may take long; what is made meanwhile is not made again.
            var missing = await MissingAsync(connection, day, after, cancellation);
            if (missing.Count == 0)
            {
                return made;
            }

            await using var transaction = await HoldMarkAsync(connection, cancellation);
            var portion = await MakeAsync(connection, day, missing, cancellation);
            await VoucherCommit.RunAsync(transaction, cancellation);
            made = new VouchersMade(made.Vouchers + portion.Vouchers, made.Failures + portion.Faults);
            after = missing[^1];
        }
    }

    /// <summary>All of a kind.</summary>
    public async Task<VouchersMade> RedoAsync(string kind, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var made = new VouchersMade(0, 0);
        for (var after = 0L; ;)
        {
            await using var transaction = await HoldMarkAsync(connection, cancellation);
            await using var command = Patient(connection, Sql.Get("GeneralLedger/voucher_failure.of_kind"), kind, after, PostingsAtOnce);
            var failures = await ReadFailuresAsync(command, cancellation);
            if (failures.Count == 0)
            {
                return made;
            }

            var redone = await RedoAsync(connection, failures, cancellation);
            await VoucherCommit.RunAsync(transaction, cancellation);
            made = new VouchersMade(made.Vouchers + redone.Vouchers, made.Failures + redone.Failures);
            after = failures[^1].PostingId;
        }
    }

    /// <summary>Null when it is not among the failures.</summary>
    public async Task<VouchersMade?> RedoAsync(long postingId, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await HoldMarkAsync(connection, cancellation);
        await using var command = Patient(connection, Sql.Get("GeneralLedger/voucher_failure.of_posting"), postingId);
        var failures = await ReadFailuresAsync(command, cancellation);
        if (failures.Count == 0)
        {
            return null;
        }

        var redone = await RedoAsync(connection, failures, cancellation);
        await VoucherCommit.RunAsync(transaction, cancellation);
        return redone;
    }

    private async Task<VouchersMade> RedoAsync(
        NpgsqlConnection connection, IReadOnlyList<(long PostingId, DateOnly Day)> failures, CancellationToken cancellation)
    {
        var made = new VouchersMade(0, 0);
        foreach (var ofDay in failures.GroupBy(failure => failure.Day))
        {
            var ids = ofDay.Select(failure => failure.PostingId).ToList();
            var portion = await MakeAsync(connection, ofDay.Key, ids, cancellation);
            await using var settle = Patient(connection, Sql.Get("GeneralLedger/voucher_failure.settle"), ids.Except(portion.Faulty).ToArray());
            await settle.ExecuteNonQueryAsync(cancellation);
            made = new VouchersMade(made.Vouchers + portion.Vouchers, made.Failures + portion.Faults);
        }

        return made;
    }

    private async Task<VoucherPortion> MakeAsync(NpgsqlConnection connection, DateOnly day, List<long> postings, CancellationToken cancellation)
    {
        await templates.RefreshAsync(connection, cancellation);
        var rows = new LegRows(day);
        await using (var command = Patient(
            connection, Sql.Get("GeneralLedger/voucher.legs_of", day), postings.ToArray(), postings.Min(), postings.Max(), day))
        {
            await rows.ReadAsync(command, cancellation);
        }

        return await templates.WriteAsync(connection, rows, cancellation);
    }

    private static async Task<List<long>> MissingAsync(NpgsqlConnection connection, DateOnly day, long after, CancellationToken cancellation)
    {
        await using var command = Patient(connection, Sql.Get("GeneralLedger/voucher.missing", day), after, day, PostingsAtOnce);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var missing = new List<long>();
        while (await rows.ReadAsync(cancellation))
        {
            missing.Add(rows.GetInt64(0));
        }

        return missing;
    }

    private static async Task<NpgsqlTransaction> HoldMarkAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var transaction = await connection.BeginTransactionAsync(cancellation);
        await using var hold = new NpgsqlCommand(Sql.Get("GeneralLedger/voucher.await_mark"), connection);
        await hold.ExecuteNonQueryAsync(cancellation);
        return transaction;
    }

    private static async Task<List<(long PostingId, DateOnly Day)>> ReadFailuresAsync(NpgsqlCommand command, CancellationToken cancellation)
    {
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var failures = new List<(long, DateOnly)>();
        while (await rows.ReadAsync(cancellation))
        {
            failures.Add((rows.GetInt64(0), rows.GetFieldValue<DateOnly>(1)));
        }

        return failures;
    }

    /// <summary>What looks at a whole day may take long.</summary>
    private static NpgsqlCommand Patient(NpgsqlConnection connection, string statement, params object[] values)
    {
        var command = new NpgsqlCommand(statement, connection) { CommandTimeout = 0 };
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }
}
