using System.Globalization;
using System.Text.Json;
using PaymentEngine.Api.Writing;
using PaymentEngine.Store.GeneralLedger;

namespace PaymentEngine.Api.Operations.GeneralLedger;

/// <summary>Vouchers as finance reads them. Postings and orders are told as text: their numbers are too long for a double.</summary>
internal static class VoucherWriter
{
    public static byte[] Write(StoredVoucher voucher) => JsonBytes.Of(voucher, WriteVoucher);

    /// <param name="vouchers">A full page has a next one.</param>
    public static byte[] Write(IReadOnlyList<StoredVoucher> vouchers, int page) => JsonBytes.Of((vouchers, page), static (json, state) =>
    {
        json.WriteStartObject();
        json.WriteStartArray("vouchers"u8);
        foreach (var voucher in state.vouchers)
        {
            WriteVoucher(json, voucher);
        }

        json.WriteEndArray();
        json.WriteString("next"u8, state.vouchers.Count == state.page ? Text(state.vouchers[^1].Number) : null);
        json.WriteEndObject();
    });

    public static byte[] Write(IReadOnlyList<VoucherFailure> failures, int page) => JsonBytes.Of((failures, page), static (json, state) =>
    {
        json.WriteStartObject();
        json.WriteStartArray("failures"u8);
        foreach (var failure in state.failures)
        {
            json.WriteStartObject();
            json.WriteString("posting"u8, Text(failure.PostingId));
            json.WriteString("day"u8, LedgerQuery.DayText(failure.PostingDate));
            json.WriteString("kind"u8, StateNames.Snake(failure.Kind));
            json.WriteString("reason"u8, failure.Reason);
            json.WriteTime("failed_at"u8, failure.FailedAt);
            json.WriteNumber("attempts"u8, failure.Attempts);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("next"u8, state.failures.Count == state.page ? Text(state.failures[^1].PostingId) : null);
        json.WriteEndObject();
    });

    public static byte[] Write(VouchersMade made) => JsonBytes.Of(made, static (json, made) =>
    {
        json.WriteStartObject();
        json.WriteNumber("made"u8, made.Vouchers);
        json.WriteNumber("failed"u8, made.Failures);
        json.WriteEndObject();
    });

    private static void WriteVoucher(Utf8JsonWriter json, StoredVoucher voucher)
    {
        json.WriteStartObject();
        json.WriteString("posting"u8, Text(voucher.PostingId));
        json.WriteString("day"u8, LedgerQuery.DayText(voucher.Day));
        json.WriteNumber("number"u8, voucher.Number);
        json.WriteString("kind"u8, StateNames.Snake(voucher.Kind));
        json.WriteString("order"u8, voucher.Order is { } order ? Text(order) : null);
        json.WriteStatus("template_version"u8, voucher.TemplateVersion);
        json.WriteTime("made_at"u8, voucher.MadeAt);
        json.WriteStartArray("lines"u8);
        foreach (var line in voucher.Lines)
        {
            json.WriteStartObject();
            json.WriteString("side"u8, StateNames.Snake(line.Side.ToString()));
            json.WriteString("subject"u8, line.Subject);
            json.WriteMoney("amount"u8, line.Amount);
            json.WriteString("currency"u8, line.Amount.Currency.Code);
            json.WriteString("summary"u8, line.Summary);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
