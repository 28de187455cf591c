using System.Text.Json;
using PaymentEngine.Api.Writing;
using PaymentEngine.Ledger.GeneralLedger;

namespace PaymentEngine.Api.Operations.GeneralLedger;

/// <summary>The general ledger's reports as finance reads them.</summary>
internal static class ReportWriter
{
    public static byte[] Write(Chart chart) => JsonBytes.Of(chart, static (json, chart) =>
    {
        json.WriteStartObject();
        json.WriteStartArray("subjects"u8);
        foreach (var subject in chart.Subjects)
        {
            json.WriteStartObject();
            WriteSubject(json, subject);
            json.WriteString("parent"u8, subject.Parent);
            json.WriteString("side"u8, StateNames.Snake(subject.Side.ToString()));
            json.WriteString("reserve"u8, subject.Reserve is { } role ? StateNames.Snake(role.ToString()) : null);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    public static byte[] Write(DateOnly day, IReadOnlyList<TrialBalance> balances) => JsonBytes.Of((day, balances), static (json, state) =>
    {
        json.WriteStartObject();
        json.WriteString("day"u8, GeneralLedgerQuery.DayText(state.day));
        json.WriteStartArray("currencies"u8);
        foreach (var balance in state.balances)
        {
            json.WriteStartObject();
            json.WriteString("currency"u8, balance.Currency.Code);
            json.WriteStartArray("subjects"u8);
            foreach (var line in balance.Lines)
            {
                json.WriteStartObject();
                WriteSubject(json, line.Subject);
                json.WriteString("side"u8, StateNames.Snake(line.Subject.Side.ToString()));
                json.WriteMoney("opening"u8, line.Opening);
                json.WriteMoney("debit"u8, line.Debit);
                json.WriteMoney("credit"u8, line.Credit);
                json.WriteMoney("closing"u8, line.Closing);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            WriteTotals(json, balance.Totals);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    public static byte[] Write(DateOnly day, IReadOnlyList<ReserveReport> reports) => JsonBytes.Of((day, reports), static (json, state) =>
    {
        json.WriteStartObject();
        json.WriteString("day"u8, GeneralLedgerQuery.DayText(state.day));
        json.WriteStartArray("currencies"u8);
        foreach (var report in state.reports)
        {
            json.WriteStartObject();
            json.WriteString("currency"u8, report.Currency.Code);
            json.WriteMoney("held"u8, report.Held);
            json.WriteMoney("owed"u8, report.Owed);
            json.WriteMoney("difference"u8, report.Difference);
            json.WriteBoolean("covered"u8, !report.Difference.IsNegative);
            json.WriteStartArray("subjects"u8);
            foreach (var line in report.Lines)
            {
                json.WriteStartObject();
                WriteSubject(json, line.Subject);
                json.WriteString("reserve"u8, StateNames.Snake(line.Subject.Reserve!.Value.ToString()));
                json.WriteMoney("closing"u8, line.Closing);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void WriteSubject(Utf8JsonWriter json, Subject subject)
    {
        json.WriteString("code"u8, subject.Code);
        json.WriteNumber("level"u8, subject.Level);
        json.WriteString("name"u8, subject.Name);
        json.WriteString("name_zh"u8, subject.NameZh);
    }

    private static void WriteTotals(Utf8JsonWriter json, TrialBalanceTotals totals)
    {
        json.WriteStartObject("totals"u8);
        json.WriteMoney("opening_debit"u8, totals.OpeningDebit);
        json.WriteMoney("opening_credit"u8, totals.OpeningCredit);
        json.WriteMoney("debit"u8, totals.Debit);
        json.WriteMoney("credit"u8, totals.Credit);
        json.WriteMoney("closing_debit"u8, totals.ClosingDebit);
        json.WriteMoney("closing_credit"u8, totals.ClosingCredit);
        json.WriteBoolean("balanced"u8, totals.AreBalanced);
        json.WriteEndObject();
    }
}
