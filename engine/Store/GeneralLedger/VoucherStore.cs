using System.Diagnostics;
using Npgsql;
using NpgsqlTypes;

namespace PaymentEngine.Store.GeneralLedger;

/// <summary>
/// Makes the vouchers of what was posted, in portions of whole transactions below the horizon of those that still run.
/// Vouchers, sums, numbers and the mark move in one transaction, held by whoever has the mark.
/// </summary>
public sealed class VoucherStore : IDisposable
{
    /// <summary>A portion is larger only when one transaction is.</summary>
    public const int MostLegs = 4_000;

    private const long FirstWidth = 16;

    private static readonly TimeSpan SummaryPeriod = TimeSpan.FromMilliseconds(200);

    private readonly NpgsqlDataSource _portions;
    private readonly TemplatesInForce _templates;
    private readonly NamedVouchers _named;
    private readonly SemaphoreSlim _alone = new(1);
    private readonly OpenDays _days = new();
    private readonly BlockSummaries _summaries = new();
    private readonly Stopwatch _sinceSummary = Stopwatch.StartNew();

    /// <summary>How many transactions a portion is likely to hold.</summary>
    private long _width = FirstWidth;

    /// <summary>Between the mark and here there was nothing, and nothing can come there any more.</summary>
    private long _emptyUntil;

    /// <param name="portions">Connections on which bulk statements go by their indexes.</param>
    /// <param name="reads">For what looks at whole days.</param>
    public VoucherStore(NpgsqlDataSource portions, NpgsqlDataSource reads, ChartStore charts)
    {
        (_portions, _templates) = (portions, new TemplatesInForce(charts));
        _named = new NamedVouchers(reads, _templates, _days);
    }

    /// <summary>Makes the next vouchers, if there is anything to make them of.</summary>
    public Task<PortionResult> TakeAsync(CancellationToken cancellation) => AloneAsync(TakeNextAsync, cancellation);

    /// <summary>Makes vouchers of the postings of a day that have none, wherever the mark stands.</summary>
    public Task<VouchersMade> MissingAsync(DateOnly day, CancellationToken cancellation) =>
        AloneAsync(token => _named.MakeMissingAsync(day, token), cancellation);

    /// <summary>Tries once more what failed.</summary>
    public Task<VouchersMade> RedoAsync(string kind, CancellationToken cancellation) =>
        AloneAsync(token => _named.RedoAsync(kind, token), cancellation);

    /// <summary>Null when it is not among the failures.</summary>
    public Task<VouchersMade?> RedoAsync(long postingId, CancellationToken cancellation) =>
        AloneAsync(token => _named.RedoAsync(postingId, token), cancellation);

    public Task<VoucherBacklog> BacklogAsync(DateOnly day, CancellationToken cancellation) => _named.BacklogAsync(day, cancellation);

    public void Dispose() => _alone.Dispose();

    private async Task<T> AloneAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellation)
    {
        await _alone.WaitAsync(cancellation);
        try
        {
            return await work(cancellation);
        }
        finally
        {
            _alone.Release();
        }
    }

    private async Task<PortionResult> TakeNextAsync(CancellationToken cancellation)
    {
        await using var connection = await _portions.OpenConnectionAsync(cancellation);
        var seen = await PeekAsync(connection, cancellation);
        if (seen.Tx > seen.Newest)
        {
            return await ResetAsync(connection, seen, cancellation);
        }

        var from = Math.Max(seen.Tx, _emptyUntil);
        if (from >= seen.Horizon)
        {
            return new PortionResult.Idle(seen.Horizon, seen.Newest);
        }

        var days = await _days.SinceAsync(connection, seen, from, cancellation);
        if (await FindAsync(connection, days, from, seen.Horizon, cancellation) is not { } found)
        {
            _emptyUntil = seen.Horizon;
            return new PortionResult.Idle(seen.Horizon, seen.Newest);
        }

        var result = await MakeAsync(connection, seen, found, cancellation);
        if (_sinceSummary.Elapsed > SummaryPeriod)
        {
            await _summaries.CatchUpAsync(connection, days, cancellation);
            _sinceSummary.Restart();
        }

        return result;
    }

    /// <summary>Of so many transactions that a portion is neither too large nor a trifle.</summary>
    private async Task<Found?> FindAsync(
        NpgsqlConnection connection, IReadOnlyList<DateOnly> days, long from, long horizon, CancellationToken cancellation)
    {
        while (true)
        {
            var to = horizon - from > _width ? from + _width : horizon;
            var isOne = to - from == 1;
            var ofDays = await ReadLegsAsync(connection, days, from, to, isOne ? null : MostLegs + 1, cancellation);
            var legs = ofDays.Sum(rows => rows.Legs);
            if (legs > MostLegs && !isOne)
            {
                _width = Math.Max(1, Math.Min(_width, to - from) / 2);
            }
            else if (legs > 0)
            {
                _width = legs < MostLegs / 4 ? Math.Min(_width * 2, int.MaxValue) : _width;
                return new Found(ofDays, legs, to, to < horizon);
            }
            else if (to == horizon || await FirstAsync(connection, days, to, horizon, cancellation) is not { } first)
            {
                return null;
            }
            else
            {
                from = first;
            }
        }
    }

    private async Task<PortionResult> MakeAsync(NpgsqlConnection connection, VoucherMark seen, Found found, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using (var take = new NpgsqlCommand(Sql.Get("GeneralLedger/voucher.take_mark"), connection))
        {
            if (await take.ExecuteScalarAsync(cancellation) is not long mark || mark != seen.Tx)
            {
                return PortionResult.Busy.Instance;
            }
        }

        await _templates.RefreshAsync(connection, cancellation);
        var (vouchers, failures) = (0, 0);
        foreach (var rows in found.Days)
        {
            await ForgetSettledAsync(connection, rows, cancellation);
            var portion = await _templates.WriteAsync(connection, rows, cancellation);
            vouchers += portion.Vouchers;
            failures += portion.Faults;
        }

        await using (var move = new NpgsqlCommand(Sql.Get("GeneralLedger/voucher.move_mark"), connection) { Parameters = { new() { Value = found.To } } })
        {
            await move.ExecuteNonQueryAsync(cancellation);
        }

        await VoucherCommit.RunAsync(transaction, cancellation);
        return new PortionResult.Made(vouchers, failures, found.Legs, found.IsMore);
    }

    /// <summary>Asked under the mark: nobody makes one meanwhile.</summary>
    private static async Task ForgetSettledAsync(NpgsqlConnection connection, LegRows rows, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Sql.Get("GeneralLedger/voucher.settled", rows.Day), connection)
        {
            Parameters = { new() { Value = rows.Postings() } },
        };
        await using var settled = await command.ExecuteReaderAsync(cancellation);
        while (await settled.ReadAsync(cancellation))
        {
            rows.Forget(settled.GetInt64(0));
        }
    }

    private async Task<PortionResult> ResetAsync(NpgsqlConnection connection, VoucherMark seen, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Sql.Get("GeneralLedger/voucher.reset_mark"), connection);
        await command.ExecuteNonQueryAsync(cancellation);
        _emptyUntil = 0;
        return new PortionResult.Restored(await _days.AllAsync(connection, seen.Today, cancellation));
    }

    private static async Task<VoucherMark> PeekAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Sql.Get("GeneralLedger/voucher.peek"), connection);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        return new VoucherMark(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetFieldValue<DateOnly>(3));
    }

    /// <summary>Days without legs are left out.</summary>
    private static async Task<IReadOnlyList<LegRows>> ReadLegsAsync(
        NpgsqlConnection connection, IReadOnlyList<DateOnly> days, long from, long to, int? most, CancellationToken cancellation)
    {
        var ofDays = new List<LegRows>(days.Count);
        foreach (var day in days)
        {
            var rows = new LegRows(day);
            await using var command = InRange(connection, "legs", day, from, to);
            command.Parameters.Add(new() { Value = (object?)most ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Integer });
            await rows.ReadAsync(command, cancellation);
            if (!rows.IsEmpty)
            {
                ofDays.Add(rows);
            }
        }

        return ofDays;
    }

    private static async Task<long?> FirstAsync(
        NpgsqlConnection connection, IReadOnlyList<DateOnly> days, long from, long to, CancellationToken cancellation)
    {
        var first = (long?)null;
        foreach (var day in days)
        {
            await using var command = InRange(connection, "first", day, from, to);
            first = await command.ExecuteScalarAsync(cancellation) is long tx && (first is null || tx < first) ? tx : first;
        }

        return first;
    }

    private static NpgsqlCommand InRange(NpgsqlConnection connection, string statement, DateOnly day, long from, long to) =>
        new(Sql.Get("GeneralLedger/voucher." + statement, day), connection)
        {
            Parameters = { new() { Value = from }, new() { Value = to }, new() { Value = day } },
        };

    /// <param name="To">Below it nothing else is found.</param>
    /// <param name="IsMore">Below the horizon there is more.</param>
    private readonly record struct Found(IReadOnlyList<LegRows> Days, int Legs, long To, bool IsMore);
}
