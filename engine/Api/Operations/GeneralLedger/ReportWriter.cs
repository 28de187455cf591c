using System.Text.Json;
using PaymentEngine.Api.Writing;
using PaymentEngine.Core;
using PaymentEngine.Ledger.GeneralLedger;

namespace PaymentEngine.Api.Operations.GeneralLedger;

/// <summary>The general ledger's reports as finance reads them.</summary>
internal static class ReportWriter
{
    public static byte[] Write(Chart chart) => JsonBytes.List("subjects", chart.Subjects, static (json, subject) =>
    {
        WriteSubject(json, subject);
        json.WriteString("parent"u8, subject.Parent);
        json.WriteString("side"u8, SnakeCase.Of(subject.Side));
        json.WriteString("reserve"u8, subject.Reserve is { } role ? SnakeCase.Of(role) : null);
    });

    public static byte[] Write(DateOnly day, IReadOnlyList<TrialBalance> balances) => OfDay(day, balances, static (json, balance) =>
    {
        json.WriteString("currency"u8, balance.Currency.Code);
        json.WriteObjects("subjects"u8, balance.Lines, static (json, line) =>
        {
            WriteSubject(json, line.Subject);
            json.WriteString("side"u8, SnakeCase.Of(line.Subject.Side));
            json.WriteMoney("opening"u8, line.Opening);
            json.WriteMoney("debit"u8, line.Debit);
            json.WriteMoney("credit"u8, line.Credit);
            json.WriteMoney("closing"u8, line.Closing);
        });
        json.WriteObject("totals"u8, balance.Totals, WriteTotals);
    });

    public static byte[] Write(DateOnly day, IReadOnlyList<ReserveReport> reports) => OfDay(day, reports, static (json, report) =>
    {
        json.WriteString("currency"u8, report.Currency.Code);
        json.WriteMoney("held"u8, report.Held);
        json.WriteMoney("owed"u8, report.Owed);
        json.WriteMoney("difference"u8, report.Difference);
        json.WriteBoolean("covered"u8, !report.Difference.IsNegative);
        json.WriteObjects("subjects"u8, report.Lines, static (json, line) =>
        {
            WriteSubject(json, line.Subject);
            json.WriteString("reserve"u8, SnakeCase.Of(line.Subject.Reserve!.Value));
            json.WriteMoney("closing"u8, line.Closing);
        });
    });

    private static byte[] OfDay<T>(DateOnly day, IReadOnlyList<T> currencies, Action<Utf8JsonWriter, T> write) => JsonBytes.Of(
        (day, currencies, write), static (json, report) =>
        {
            json.WriteString("day"u8, GeneralLedgerQuery.DayText(report.day));
            json.WriteObjects("currencies"u8, report.currencies, report.write);
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
        json.WriteMoney("opening_debit"u8, totals.OpeningDebit);
        json.WriteMoney("opening_credit"u8, totals.OpeningCredit);
        json.WriteMoney("debit"u8, totals.Debit);
        json.WriteMoney("credit"u8, totals.Credit);
        json.WriteMoney("closing_debit"u8, totals.ClosingDebit);
        json.WriteMoney("closing_credit"u8, totals.ClosingCredit);
        json.WriteBoolean("balanced"u8, totals.AreBalanced);
    }
}
