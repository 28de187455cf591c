using System.Text.Json;
using PaymentEngine.Core.Channels;
using PaymentEngine.Core.Orders;
using PaymentEngine.Runtime.Submit;

namespace PaymentEngine.Api.Writing;

/// <summary>The body of a trade: what every answer about a trade says.</summary>
public sealed class TradeAnswerWriter(IPayerMessages messages) : ITradeAnswerWriter
{
    public byte[] Write(TradeFamily family, string requestSerial, string language) => JsonBytes.Of(
        (family, requestSerial, words: new PayerWords(messages, language)),
        static (json, state) => Write(json, state.family, state.requestSerial, state.words));

    /// <summary>The fields of a trade, into an object that is open.</summary>
    internal static void Write(Utf8JsonWriter json, TradeFamily family, string requestSerial, PayerWords words)
    {
        WriteTrade(json, family.Trade, requestSerial);
        json.WriteStartArray("payments"u8);
        foreach (var payment in family.Payments)
        {
            json.WriteStartObject();
            WritePayment(json, payment, family, words);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    internal static void WriteTrade(Utf8JsonWriter json, TradeOrder trade, string requestSerial)
    {
        json.WriteString("trade_no"u8, trade.Number);
        json.WriteString("merchant_order_no"u8, trade.MerchantOrderNo);
        json.WriteState("state"u8, trade.State);
        json.WriteMoney("amount"u8, trade.Amount);
        json.WriteString("currency"u8, trade.Amount.Currency.Code);
        json.WriteString("payer"u8, trade.Payer);
        json.WriteString("payee"u8, trade.Payee);
        json.WriteString("description"u8, trade.Description);
        json.WriteString("notify_url"u8, trade.NotifyUrl);
        json.WriteTime("created_at"u8, trade.CreatedAt);
        json.WriteTime("expires_at"u8, trade.ExpiresAt);
        json.WriteTime("paid_at"u8, trade.PaidAt);
        json.WriteString("request_id"u8, requestSerial);
    }

    internal static void WritePayment(Utf8JsonWriter json, PaymentOrder payment, TradeFamily family, PayerWords words)
    {
        json.WriteString("payment_no"u8, payment.Number);
        json.WriteString("kind"u8, payment.Terms?.Kind.Code() ?? payment.Kind.Code());
        json.WriteState("state"u8, payment.State);
        json.WriteMoney("amount"u8, payment.Amount);
        json.WriteString("method"u8, payment.Method.Code());
        json.WriteTime("created_at"u8, payment.CreatedAt);
        json.WriteString("failure"u8, payment.Failure);
        json.WriteString("failure_message"u8, words.Of(payment.Failure));
        WriteRefund(json, payment, family);
    }

    private static void WriteRefund(Utf8JsonWriter json, PaymentOrder payment, TradeFamily family)
    {
        if (!payment.IsRefund)
        {
            json.WriteNull("refund"u8);
            return;
        }

        json.WriteStartObject("refund"u8);
        json.WriteString("payment_no"u8, family.PaymentOf(family.InstitutionOrder(payment.RefundOf)).Number);
        json.WriteString("of"u8, payment.Terms is null ? "surplus"u8 : "merchant"u8);
        json.WriteString("merchant_refund_no"u8, payment.Terms?.MerchantRefundNo);
        json.WriteString("reason"u8, payment.Terms?.Reason);
        if (payment.Terms is { } terms)
        {
            json.WriteMoney("fee_returned"u8, terms.FeeBack);
        }
        else
        {
            json.WriteNull("fee_returned"u8);
        }

        json.WriteString("notify_url"u8, payment.Terms?.NotifyUrl);
        json.WriteTime("ended_at"u8, payment.EndedAt);
        json.WriteEndObject();
    }
}

/// <summary>What payers are told, in the language of one answer.</summary>
internal readonly record struct PayerWords(IPayerMessages Messages, string Language)
{
    public string? Of(string? failure) => failure is null ? null : Messages.Find(failure, Language);
}
