using System.IO.Pipelines;
using PaymentEngine.Core;
using PaymentEngine.Store.Ledger;

namespace PaymentEngine.Api.Operations.Ledger;

/// <summary>A statement of an account as CSV: what it began with, every entry, what it ended with, and the sums of both sides.</summary>
internal sealed class StatementCsv(StatementReading statements)
{
    private const int EnoughToSend = 16 * 1024;

    private static readonly string[] Columns =
        ["line", "day", "row", "sequence", "kind", "order_no", "posting", "voucher", "debit", "credit", "balance", "currency"];

    public async Task WriteAsync(AccountRecord account, DateOnly from, DateOnly to, PipeWriter body, CancellationToken cancellation)
    {
        var currency = account.Currency;
        var rows = await statements.RowsAsync(account.Id, from, cancellation);
        var csv = new CsvText();
        Array.ForEach(Columns, column => csv.Plain(column));
        csv.EndLine();

        var opening = rows.Aggregate((Int128)0, (sum, row) => sum + row.Opening);
        Line(csv, "opening", from, account.Number, null, null, opening, currency);
        var (debits, credits) = ((Int128)0, (Int128)0);
        await foreach (var (row, entry) in statements.EntriesAsync(rows, from, to, cancellation))
        {
            Write(csv, account, row, entry);
            (debits, credits) = entry.Amount < 0 ? (debits - entry.Amount, credits) : (debits, credits + entry.Amount);
            if (csv.Length >= EnoughToSend)
            {
                await body.WriteAsync(csv.Take(), cancellation);
            }
        }

        var within = await statements.MovedWithinAsync(rows, from, to, cancellation);
        Line(csv, "closing", to, account.Number, null, null, opening + credits - debits, currency);
        Line(csv, "sums", to, account.Number, debits - within, credits - within, null, currency);
        await body.WriteAsync(csv.Take(), cancellation);
    }

    private static void Write(CsvText csv, AccountRecord account, StatementRow row, EntryRecord entry)
    {
        var amount = new Money(entry.Amount, account.Currency);
        csv.Plain("entry").Plain(entry.Day.ToString("O")).Text(row.Number).Plain(entry.Sequence.ToString()).Plain(LedgerJson.Kind(entry.Kind))
            .Plain(entry.Order.IsNone || entry.Order == entry.Posting ? null : LedgerJson.NumberOf(entry.Order, entry.Kind))
            .Plain(LedgerNumber.OfPosting(entry.Posting))
            .Plain(entry.Voucher?.ToString())
            .Plain(amount.IsNegative ? LedgerJson.Unsigned(amount).ToString() : null)
            .Plain(amount.IsNegative ? null : amount.ToString())
            .Plain(new Money(entry.Closing, account.Currency).ToString())
            .Plain(account.Currency.Code)
            .EndLine();
    }

    private static void Line(CsvText csv, string line, DateOnly day, string account, Int128? debit, Int128? credit, Int128? balance, Currency currency) => csv
        .Plain(line).Plain(day.ToString("O")).Text(account).Plain(null).Plain(null).Plain(null).Plain(null).Plain(null)
        .Plain(Amount(debit, currency)).Plain(Amount(credit, currency)).Plain(Amount(balance, currency)).Plain(currency.Code)
        .EndLine();

    private static string? Amount(Int128? minor, Currency currency) => minor is { } amount ? new Money(checked((long)amount), currency).ToString() : null;
}
