using System.Text.Json;
using PaymentEngine.Core;
using PaymentEngine.Core.Channels;
using PaymentEngine.Core.Notifications;
using PaymentEngine.Core.Orders;
using PaymentEngine.Core.Units;
using PaymentEngine.Runtime.Notifications;

namespace PaymentEngine.Api.Writing;

/// <summary>The body of a notification: what happened, and the trade as an answer at this moment would tell it.</summary>
public sealed class NotificationWriter(IPayerMessages messages) : INotificationWriter
{
    /// <summary>Nobody asked in a language of his own; the code stands beside the words.</summary>
    private const string Language = "en";

    public byte[] Write(OrderId id, NotificationIntent intent, UnitOfWork unit) =>
        JsonBytes.Of(
            (id, intent, unit, words: new PayerWords(messages, Language)),
            static (json, told) => Write(json, told.id, told.intent, told.unit, told.words));

    private static void Write(Utf8JsonWriter json, OrderId id, NotificationIntent intent, UnitOfWork unit, PayerWords words)
    {
        json.WriteString("id"u8, Notification.NameOf(id));
        json.WriteString("type"u8, NotificationTypes.Of(intent.Kind));
        json.WriteTime("created_at"u8, unit.Now);
        json.WriteStartObject("data"u8);
        json.WriteStartObject("trade"u8);
        TradeAnswerWriter.Write(json, unit.Family, unit.Context.RequestSerial, words);
        json.WriteEndObject();
        if (intent.Order is PaymentOrder payment)
        {
            WritePayment(json, payment, unit.Family);
        }

        json.WriteEndObject();
    }

    /// <summary>Of a refund also the payment whose money it gives back.</summary>
    private static void WritePayment(Utf8JsonWriter json, PaymentOrder payment, TradeFamily family)
    {
        if (payment.IsRefund)
        {
            json.WriteString("payment_no"u8, family.PaymentOf(family.InstitutionOrder(payment.RefundOf)).Number);
            json.WriteString("refund_no"u8, payment.Number);
            if (payment.Terms?.MerchantRefundNo is { } number)
            {
                json.WriteString("merchant_refund_no"u8, number);
            }
        }
        else
        {
            json.WriteString("payment_no"u8, payment.Number);
        }
    }
}
