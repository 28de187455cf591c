using System.Security.Cryptography;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using PaymentEngine.Core;
using PaymentEngine.Core.Failpoints;
using PaymentEngine.Store.Ledger;

namespace PaymentEngine.Store.Closing;

/// <summary>
/// Closes a day of the ledger that is over (A7): per account what it opened with, moved and closed with, and a certificate
/// with the digest of every entry, chained to the day before; or says why it cannot be closed. Nothing is posted on a day
/// that is over, so all of it is read in one snapshot while the next day's postings go on.
/// </summary>
public sealed class DayCloser(NpgsqlDataSource database)
{
    private const int LongestMinutes = 10;

    /// <summary>It reads millions of rows while postings go on, and takes one processor from them, not all.</summary>
    private const string Manners = "set local work_mem = '256MB'; set local jit = off; set local lock_timeout = 0; set local max_parallel_workers_per_gather = 0";

    /// <summary>The oldest day that is over and not closed; null when there is none.</summary>
    public async Task<DateOnly?> NextAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Sql.Get("Closing/closing.next_day"));
        return await command.ExecuteScalarAsync(cancellation) is DateOnly day ? day : null;
    }

    /// <summary>Puts everything that is buffered of the day, or of days before, onto its accounts.</summary>
    public async Task DrainAsync(DateOnly day, CancellationToken cancellation)
    {
        while (true)
        {
            var accounts = new List<long>();
            await using (var ask = database.CreateCommand(Sql.Get("Closing/closing.buffered_accounts")).With(day))
            {
                await using var rows = await ask.ExecuteReaderAsync(cancellation);
                while (await rows.ReadAsync(cancellation))
                {
                    accounts.Add(rows.GetInt64(0));
                }
            }

            if (accounts.Count == 0)
            {
                return;
            }

            if (await BufferStore.ApplyAsync(database, accounts, cancellation) < accounts.Count)
            {
                // Somebody holds one of them: that he applies it himself is seen when it is looked at again.
                return;
            }
        }
    }

    /// <param name="accepted">Reasons that a person has looked at and lets pass; only those that can be.</param>
    public async Task<ClosingResult> CloseAsync(
        DateOnly day, string actor, IReadOnlyCollection<ClosingRefusal> accepted, string? remark, CancellationToken cancellation)
    {
        await DrainAsync(day, cancellation);
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellation);
        await ExecuteAsync(connection, Manners, cancellation);
        if (!await AskAsync<bool>(connection, "Closing/closing.take_turn", cancellation))
        {
            return new ClosingResult.Busy();
        }

        if (!await AskAsync<bool>(connection, "Closing/closing.is_closable", cancellation, day))
        {
            return new ClosingResult.NotItsTurn();
        }

        await using (var write = Statement(connection, "Closing/closing.close_accounts", day).With(day))
        {
            await write.ExecuteNonQueryAsync(cancellation);
        }

        await using (var write = Statement(connection, "Closing/closing.transit_items", day).With(day))
        {
            await write.ExecuteNonQueryAsync(cancellation);
        }

        var reasons = await ReasonsAsync(connection, day, cancellation);
        var standing = reasons.Where(reason => !(reason.Why == ClosingRefusal.TransitUnexplained && accepted.Contains(reason.Why))).ToList();
        if (standing.Count > 0)
        {
            await transaction.RollbackAsync(cancellation);
            await NoteAsync(day, standing, cancellation);
            return new ClosingResult.Refused(standing);
        }

        var certificate = await CertifyAsync(connection, day, actor, reasons, remark, cancellation);
        Failpoints.Pass(Failpoint.BeforeDayClosed);
        await transaction.CommitAsync(cancellation);
        Failpoints.Pass(Failpoint.AfterDayClosed);
        return new ClosingResult.Closed(certificate);
    }

    private static async Task<List<(ClosingRefusal Why, string Detail)>> ReasonsAsync(
        NpgsqlConnection connection, DateOnly day, CancellationToken cancellation)
    {
        var reasons = new List<(ClosingRefusal, string)>();
        if (await AskAsync<long>(connection, "Closing/closing.buffered", cancellation, day) is > 0 and var buffered)
        {
            reasons.Add((ClosingRefusal.BufferNotApplied, $"{buffered} buffered entries are not on their accounts"));
        }

        foreach (var (why, statement, words, example) in new (ClosingRefusal, string, string, Func<NpgsqlDataReader, string>)[]
        {
            (ClosingRefusal.ChainTorn, "torn", "accounts do not open with what they closed with", row => row.GetString(1)),
            (ClosingRefusal.VoucherMissing, "without_voucher", "postings have no voucher", row => LedgerNumber.OfPosting(new OrderId(row.GetInt64(2)))),
            (ClosingRefusal.GeneralLedgerDiffers, "general_ledger", "subjects differ between ledger and general ledger", row => row.GetString(1)),
            (ClosingRefusal.TransitUnexplained, "unexplained", "open items of transit accounts belong to nothing that is under way",
                row => $"{row.GetString(1)} {LedgerNumber.OfItem(new OrderId(row.GetInt64(2)))}"),
        })
        {
            await using var command = Statement(connection, $"Closing/closing.{statement}", day).With(day);
            await using var row = await command.ExecuteReaderAsync(cancellation);
            await row.ReadAsync(cancellation);
            if (row.GetInt64(0) is > 0 and var wrong)
            {
                reasons.Add((why, $"{wrong} {words}, for example {example(row)}"));
            }
        }

        return reasons;
    }

    private static async Task<DayCertificate> CertifyAsync(
        NpgsqlConnection connection,
        DateOnly day,
        string actor,
        IReadOnlyList<(ClosingRefusal Why, string Detail)> accepted,
        string? remark,
        CancellationToken cancellation)
    {
        var sums = new List<CurrencySum>();
        await using (var ask = Statement(connection, "Closing/closing.sums", day).With(day))
        {
            await using var rows = await ask.ExecuteReaderAsync(cancellation);
            while (await rows.ReadAsync(cancellation))
            {
                sums.Add(new CurrencySum(rows.GetString(0), rows.GetInt64(1), rows.GetInt64(2)));
            }
        }

        if (sums.Find(sum => sum.DebitMinor != sum.CreditMinor) is { } off)
        {
            throw new InvalidOperationException($"the entries of {day:O} in {off.Currency} do not balance: {off.DebitMinor} and {off.CreditMinor}");
        }

        long entries, postings, vouchers;
        await using (var ask = Statement(connection, "Closing/closing.counts", day).With(day))
        {
            await using var row = await ask.ExecuteReaderAsync(cancellation);
            await row.ReadAsync(cancellation);
            (entries, postings, vouchers) = (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2));
        }

        var previous = await DayDigest.PreviousAsync(connection, day, cancellation);
        var digest = await DayDigest.OfAsync(connection, day, previous, cancellation);
        var certificate = new DayCertificate(
            day,
            entries,
            postings,
            vouchers,
            sums,
            Convert.ToHexStringLower(digest),
            previous is null ? null : Convert.ToHexStringLower(previous),
            actor,
            [.. accepted.Select(reason => $"{SnakeCase.Of(reason.Why)}: {reason.Detail}")],
            remark);
        await using var write = Statement(connection, "Closing/closing.certify", day)
            .With(day).With(actor).With(entries).With(postings).With(vouchers)
            .WithJson(JsonSerializer.Serialize(sums, CertificateJson.Default.ListCurrencySum))
            .With(digest).With(previous)
            .WithJson(JsonSerializer.Serialize(certificate, CertificateJson.Default.DayCertificate));
        await write.ExecuteNonQueryAsync(cancellation);
        await using var forget = Statement(connection, "Closing/closing.forget_refusals", day).With(day);
        await forget.ExecuteNonQueryAsync(cancellation);
        return certificate;
    }

    private async Task NoteAsync(DateOnly day, List<(ClosingRefusal Why, string Detail)> reasons, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using (var forget = Statement(connection, "Closing/closing.forget_refusals", day).With(day))
        {
            await forget.ExecuteNonQueryAsync(cancellation);
        }

        await using var note = Statement(connection, "Closing/closing.refuse", day).With(day);
        note.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. reasons.Select(reason => reason.Why.ToString())] });
        note.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. reasons.Select(reason => reason.Detail)] });
        await note.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private static NpgsqlCommand Statement(NpgsqlConnection connection, string name, DateOnly day) =>
        new(Sql.Get(name, day), connection) { CommandTimeout = LongestMinutes * 60 };

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task<T> AskAsync<T>(NpgsqlConnection connection, string name, CancellationToken cancellation, DateOnly? day = null)
    {
        await using var command = new NpgsqlCommand(Sql.Get(name), connection);
        if (day is { } asked)
        {
            command.With(asked);
        }

        return (T)(await command.ExecuteScalarAsync(cancellation))!;
    }
}

/// <summary>Why a day cannot be closed.</summary>
public enum ClosingRefusal
{
    BufferNotApplied,
    ChainTorn,
    VoucherMissing,
    GeneralLedgerDiffers,

    /// <summary>The one that a person may let pass.</summary>
    TransitUnexplained,
}

/// <summary>What became of the closing of a day: a closed set.</summary>
public abstract record ClosingResult
{
    private ClosingResult()
    {
    }

    public sealed record Closed(DayCertificate Certificate) : ClosingResult;

    public sealed record Refused(IReadOnlyList<(ClosingRefusal Why, string Detail)> Reasons) : ClosingResult;

    /// <summary>Another node is closing.</summary>
    public sealed record Busy : ClosingResult;

    /// <summary>It is not over, is closed already, or a day before it is not.</summary>
    public sealed record NotItsTurn : ClosingResult;
}
