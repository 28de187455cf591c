using System.Text.Json;
using PaymentEngine.Api.Writing;
using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;

namespace PaymentEngine.Api.Operations.Ledger;

/// <summary>What writers of the ledger have in common: amounts with their words, sides, days, numbers of orders.</summary>
internal static class LedgerJson
{
    public static void WriteMinor(this Utf8JsonWriter json, ReadOnlySpan<byte> name, long minor, Currency currency) =>
        json.WriteMoney(name, new Money(minor, currency));

    public static void WriteDay(this Utf8JsonWriter json, ReadOnlySpan<byte> name, DateOnly? day) => json.WriteString(name, day?.ToString("O"));

    public static void WriteSide(this Utf8JsonWriter json, Money amount) => json.WriteString("side"u8, amount.IsNegative ? "debit"u8 : "credit"u8);

    /// <summary>Value and currency, digits in groups, and both languages: zeros get miscounted (A10).</summary>
    public static void WriteWithWords(this Utf8JsonWriter json, ReadOnlySpan<byte> name, Money amount)
    {
        json.WriteStartObject(name);
        json.WriteMoney("value"u8, amount);
        json.WriteString("currency"u8, amount.Currency.Code);
        json.WriteString("digits"u8, GroupedAmount.Of(amount));
        json.WriteString("words_zh"u8, ChineseAmount.Of(amount));
        json.WriteString("words_en"u8, EnglishAmount.Of(amount));
        json.WriteEndObject();
    }

    /// <summary>Null where there is none.</summary>
    public static void WriteOrder(this Utf8JsonWriter json, ReadOnlySpan<byte> name, OrderId order, OrderId posting, string? kind) =>
        json.WriteString(name, order.IsNone || order == posting ? null : NumberOf(order, kind));

    /// <summary>Payments and refunds are payment orders, a surplus is an institution order; of others only the digits are known.</summary>
    public static string NumberOf(OrderId order, string? kind) => kind switch
    {
        nameof(PostingKind.Payment) or nameof(PostingKind.Refund)
            or nameof(PostingKind.RefundTaken) or nameof(PostingKind.RefundPaid) or nameof(PostingKind.RefundReturned)
            or nameof(PostingKind.VoidTaken) or nameof(PostingKind.VoidPaid) or nameof(PostingKind.VoidReturned)
            or nameof(PostingKind.RefundAfterAll) => OrderNumber.Format(OrderLevel.Payment, order),
        nameof(PostingKind.Surplus) => OrderNumber.Format(OrderLevel.InstitutionOrder, order),
        _ => LedgerNumber.OfItem(order),
    };

    public static string? Kind(string? kind) => kind is null ? null : SnakeCase.Of(kind);

    /// <summary>What may be taken back or given is shown without its sign; the side says it.</summary>
    public static Money Unsigned(Money amount) => amount.IsNegative && amount.Minor != long.MinValue ? -amount : amount;
}
