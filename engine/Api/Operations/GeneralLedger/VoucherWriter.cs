using System.Globalization;
using System.Text.Json;
using PaymentEngine.Api.Operations.Ledger;
using PaymentEngine.Api.Writing;
using PaymentEngine.Core;
using PaymentEngine.Store.GeneralLedger;

namespace PaymentEngine.Api.Operations.GeneralLedger;

/// <summary>Vouchers as finance reads them.</summary>
internal static class VoucherWriter
{
    public static byte[] Write(StoredVoucher voucher) => JsonBytes.Of(voucher, WriteVoucher);

    public static byte[] Write(VoucherPage page) =>
        JsonBytes.List("vouchers", page.Vouchers, WriteVoucher, page.Next?.ToString(CultureInfo.InvariantCulture));

    /// <param name="failures">A full page has a next one.</param>
    /// <param name="page">How many are at most on one.</param>
    public static byte[] Write(IReadOnlyList<VoucherFailure> failures, int page) => JsonBytes.List(
        "failures",
        failures,
        static (json, failure) =>
        {
            json.WriteString("posting"u8, Number(failure.PostingId));
            json.WriteString("day"u8, GeneralLedgerQuery.DayText(failure.PostingDate));
            json.WriteString("kind"u8, SnakeCase.Of(failure.Kind));
            json.WriteString("reason"u8, failure.Reason);
            json.WriteTime("failed_at"u8, failure.FailedAt);
            json.WriteNumber("attempts"u8, failure.Attempts);
        },
        failures.Count == page ? Number(failures[^1].PostingId) : null);

    public static byte[] Write(VouchersMade made) => JsonBytes.Of(made, static (json, made) =>
    {
        json.WriteNumber("made"u8, made.Vouchers);
        json.WriteNumber("failed"u8, made.Failures);
    });

    private static void WriteVoucher(Utf8JsonWriter json, StoredVoucher voucher)
    {
        json.WriteString("posting"u8, Number(voucher.PostingId));
        json.WriteString("day"u8, GeneralLedgerQuery.DayText(voucher.Day));
        json.WriteNumber("number"u8, voucher.Number);
        json.WriteString("kind"u8, SnakeCase.Of(voucher.Kind));
        json.WriteOrder("order"u8, new OrderId(voucher.Order ?? 0), new OrderId(voucher.PostingId), voucher.Kind);
        json.WriteNumber("template_version"u8, voucher.TemplateVersion);
        json.WriteTime("made_at"u8, voucher.MadeAt);
        json.WriteObjects("lines"u8, voucher.Lines, static (json, line) =>
        {
            json.WriteString("side"u8, SnakeCase.Of(line.Side));
            json.WriteString("subject"u8, line.Subject);
            json.WriteMoney("amount"u8, line.Amount);
            json.WriteString("currency"u8, line.Amount.Currency.Code);
            json.WriteString("summary"u8, line.Summary);
        });
    }

    private static string Number(long posting) => LedgerNumber.OfPosting(new OrderId(posting));
}
