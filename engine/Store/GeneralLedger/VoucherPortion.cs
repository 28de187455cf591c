using Npgsql;
using NpgsqlTypes;
using PaymentEngine.Core;
using PaymentEngine.Ledger.GeneralLedger;

namespace PaymentEngine.Store.GeneralLedger;

/// <summary>The vouchers of one transaction, and what could not become one. Whoever writes it holds the mark.</summary>
internal sealed class VoucherPortion(DateOnly day)
{
    private readonly List<Voucher> _vouchers = [];
    private readonly List<VoucherResult.Fault> _faults = [];
    private readonly SortedDictionary<(string Subject, string Currency), Sums> _sums = [];

    public int Vouchers => _vouchers.Count;

    public int Faults => _faults.Count;

    public IEnumerable<long> Faulty => _faults.Select(fault => fault.Posting.PostingId);

    public void Add(VoucherResult result)
    {
        switch (result)
        {
            case VoucherResult.Made(var voucher):
                _vouchers.Add(voucher);
                foreach (var line in voucher.Lines)
                {
                    AddUp(line);
                }

                break;
            case VoucherResult.Fault fault:
                _faults.Add(fault);
                break;
        }
    }

    public async Task WriteAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        if (_vouchers.Count > 0)
        {
            await WriteVouchersAsync(connection, await TakeNumbersAsync(connection, cancellation), cancellation);
            await WriteLinesAsync(connection, cancellation);
            await WriteSumsAsync(connection, cancellation);
        }

        if (_faults.Count > 0)
        {
            await WriteFaultsAsync(connection, cancellation);
        }
    }

    private void AddUp(VoucherLine line)
    {
        var key = (line.Subject, line.Amount.Currency.Code);
        if (!_sums.TryGetValue(key, out var sums))
        {
            _sums.Add(key, sums = new Sums());
        }

        checked
        {
            _ = line.Side == LedgerSide.Debit ? sums.Debit += line.Amount.Minor : sums.Credit += line.Amount.Minor;
        }
    }

    /// <summary>The number of the first.</summary>
    private async Task<long> TakeNumbersAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Sql.Get("GeneralLedger/voucher.number"), connection)
        {
            Parameters = { new() { Value = day }, new() { Value = (long)_vouchers.Count } },
        };
        return (long)(await command.ExecuteScalarAsync(cancellation))! - _vouchers.Count + 1;
    }

    private async Task WriteVouchersAsync(NpgsqlConnection connection, long number, CancellationToken cancellation)
    {
        await using var rows = await connection.BeginBinaryImportAsync(Sql.Get("GeneralLedger/voucher.insert_vouchers", day), cancellation);
        foreach (var voucher in _vouchers)
        {
            await rows.StartRowAsync(cancellation);
            await rows.WriteAsync(voucher.Posting.PostingId, NpgsqlDbType.Bigint, cancellation);
            await rows.WriteAsync(day, NpgsqlDbType.Date, cancellation);
            await rows.WriteAsync(number++, NpgsqlDbType.Bigint, cancellation);
            await rows.WriteAsync(voucher.Posting.Kind, NpgsqlDbType.Text, cancellation);
            await WriteAsync(rows, voucher.TemplateVersion, NpgsqlDbType.Integer, cancellation);
            await WriteAsync(rows, voucher.Posting.Order, NpgsqlDbType.Bigint, cancellation);
        }

        await rows.CompleteAsync(cancellation);
    }

    private async Task WriteLinesAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var rows = await connection.BeginBinaryImportAsync(Sql.Get("GeneralLedger/voucher.insert_lines", day), cancellation);
        foreach (var voucher in _vouchers)
        {
            for (var i = 0; i < voucher.Lines.Count; i++)
            {
                var line = voucher.Lines[i];
                await rows.StartRowAsync(cancellation);
                await rows.WriteAsync(voucher.Posting.PostingId, NpgsqlDbType.Bigint, cancellation);
                await rows.WriteAsync(day, NpgsqlDbType.Date, cancellation);
                await rows.WriteAsync(checked((short)(i + 1)), NpgsqlDbType.Smallint, cancellation);
                await rows.WriteAsync(line.Side == LedgerSide.Debit ? nameof(LedgerSide.Debit) : nameof(LedgerSide.Credit), NpgsqlDbType.Text, cancellation);
                await rows.WriteAsync(line.Subject, NpgsqlDbType.Text, cancellation);
                await rows.WriteAsync(line.Amount.Minor, NpgsqlDbType.Bigint, cancellation);
                await rows.WriteAsync(line.Amount.Currency.Code, NpgsqlDbType.Text, cancellation);
                await (line.Summary is null ? rows.WriteNullAsync(cancellation) : rows.WriteAsync(line.Summary, NpgsqlDbType.Text, cancellation));
            }
        }

        await rows.CompleteAsync(cancellation);
    }

    private async Task WriteSumsAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Sql.Get("GeneralLedger/voucher.add_up"), connection)
        {
            Parameters =
            {
                new() { Value = day },
                new() { Value = _sums.Keys.Select(key => key.Subject).ToArray() },
                new() { Value = _sums.Keys.Select(key => key.Currency).ToArray() },
                new() { Value = _sums.Values.Select(sums => sums.Debit).ToArray() },
                new() { Value = _sums.Values.Select(sums => sums.Credit).ToArray() },
            },
        };
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private async Task WriteFaultsAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Sql.Get("GeneralLedger/voucher_failure.note"), connection)
        {
            Parameters =
            {
                new() { Value = day },
                new() { Value = Faulty.ToArray() },
                new() { Value = _faults.Select(fault => fault.Posting.Kind).ToArray() },
                new() { Value = _faults.Select(fault => fault.Reason).ToArray() },
                new() { Value = _faults.Select(fault => LedgerNumber.OfPosting(new OrderId(fault.Posting.PostingId))).ToArray() },
            },
        };
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static Task WriteAsync<T>(NpgsqlBinaryImporter rows, T? value, NpgsqlDbType type, CancellationToken cancellation)
        where T : struct => value is { } known ? rows.WriteAsync(known, type, cancellation) : rows.WriteNullAsync(cancellation);

    private sealed class Sums
    {
        public long Debit { get; set; }

        public long Credit { get; set; }
    }
}
