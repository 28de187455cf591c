using System.Text.Json;
using PaymentEngine.Api.Writing;
using PaymentEngine.Core;
using PaymentEngine.Store.Closing;

namespace PaymentEngine.Api.Operations.Ledger;

internal static class DayWriter
{
    public static string Name(ClosingRefusal reason) => SnakeCase.Of(reason);

    public static byte[] Write(IReadOnlyList<LedgerDayRecord> days) => JsonBytes.List("days", days, Write);

    public static byte[] Write(LedgerDayRecord day) => JsonBytes.Of(day, Write);

    private static void Write(Utf8JsonWriter json, LedgerDayRecord day)
    {
        json.WriteDay("day"u8, day.Day);
        json.WriteString("state"u8, day.Certificate is not null ? "closed"u8 : day.IsCurrent ? "current"u8 : day.Refusals.Count > 0 ? "refused"u8 : "over"u8);
        if (day.ClosedAt is { } closed)
        {
            json.WriteTime("closed_at"u8, closed);
        }

        if (day.Refusals.Count > 0)
        {
            json.WriteObjects("refusals"u8, day.Refusals, static (json, refusal) =>
            {
                json.WriteString("reason"u8, SnakeCase.Of(refusal.Reason));
                json.WriteString("detail"u8, refusal.Detail);
            });
        }

        if (day.Certificate is { } certificate)
        {
            json.WriteObject("certificate"u8, certificate, Write);
        }
    }

    private static void Write(Utf8JsonWriter json, DayCertificate certificate)
    {
        json.WriteNumber("entries"u8, certificate.Entries);
        json.WriteNumber("postings"u8, certificate.Postings);
        json.WriteNumber("vouchers"u8, certificate.Vouchers);
        json.WriteObjects("sums"u8, certificate.Sums, static (json, sum) =>
        {
            var currency = Currency.Parse(sum.Currency);
            json.WriteString("currency"u8, sum.Currency);
            json.WriteMinor("debit"u8, sum.DebitMinor, currency);
            json.WriteMinor("credit"u8, sum.CreditMinor, currency);
        });
        json.WriteString("digest"u8, certificate.Digest);
        json.WriteString("previous"u8, certificate.Previous);
        json.WriteString("closed_by"u8, certificate.ClosedBy);
        json.WriteTexts("accepted"u8, certificate.Accepted);
        json.WriteString("remark"u8, certificate.Remark);
    }
}
