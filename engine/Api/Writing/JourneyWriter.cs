using System.Text.Json;
using PaymentEngine.Core;
using PaymentEngine.Core.Directory;
using PaymentEngine.Core.Journeys;
using PaymentEngine.Core.Notifications;
using PaymentEngine.Core.Orders;

namespace PaymentEngine.Api.Writing;

/// <summary>The body of a trade with expand=all: the four levels, what happened, what was booked, what comes next.</summary>
internal static class JourneyWriter
{
    public static byte[] Write(TradeJourney journey, string requestSerial, PayerWords words) => JsonBytes.Of(
        (journey, requestSerial, words), static (json, state) => Write(json, state.journey, state.requestSerial, state.words));

    private static void Write(Utf8JsonWriter json, TradeJourney journey, string requestSerial, PayerWords words)
    {
        TradeAnswerWriter.WriteTrade(json, journey.Family.Trade, requestSerial);
        WritePayments(json, journey.Family, journey.Directory, words);
        WriteTransitions(json, journey.Transitions);
        WriteEntries(json, journey.Entries);
        WriteTimers(json, journey.Timers);
        WriteNotifications(json, journey.Notifications);
    }

    private static void WritePayments(Utf8JsonWriter json, TradeFamily family, EngineDirectory directory, PayerWords words)
    {
        json.WriteStartArray("payments"u8);
        foreach (var payment in family.Payments)
        {
            json.WriteStartObject();
            TradeAnswerWriter.WritePayment(json, payment, family, words);
            json.WriteStartArray("instructions"u8);
            foreach (var instruction in family.Instructions.Where(instruction => instruction.PaymentId == payment.Id))
            {
                WriteInstruction(json, instruction, family, directory);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteInstruction(
        Utf8JsonWriter json, PaymentInstruction instruction, TradeFamily family, EngineDirectory directory)
    {
        json.WriteStartObject();
        json.WriteString("instruction_no"u8, instruction.Number);
        json.WriteState("state"u8, instruction.State);
        json.WriteMoney("amount"u8, instruction.Amount);
        json.WriteString("method"u8, instruction.Method.Code());
        json.WriteStartArray("institution_orders"u8);
        foreach (var order in family.InstitutionOrders.Where(order => order.InstructionId == instruction.Id))
        {
            json.WriteStartObject();
            json.WriteString("order_no"u8, order.Number);
            json.WriteString("number"u8, order.InstitutionNumber);
            json.WriteString("channel"u8, directory.Channel(order.ChannelId).Code);
            json.WriteState("state"u8, order.State);
            json.WriteMoney("amount"u8, order.Amount);
            json.WriteString("institution_ref"u8, order.InstitutionRef);
            json.WriteString("code"u8, order.Code);
            json.WriteNumber("sends"u8, order.Sends);
            json.WriteNumber("queries"u8, order.Queries);
            json.WriteTime("created_at"u8, order.CreatedAt);
            WriteReroute(json, order.Reroute);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Which order this one was made after, why that was safe, and who decided it; null for the first.</summary>
    private static void WriteReroute(Utf8JsonWriter json, Reroute? reroute)
    {
        if (reroute is null)
        {
            json.WriteNull("reroute"u8);
            return;
        }

        json.WriteStartObject("reroute"u8);
        json.WriteString("of"u8, OrderNumber.Format(OrderLevel.InstitutionOrder, reroute.Of));
        json.WriteString("evidence"u8, reroute.Evidence.Kind.Code());
        json.WriteString("in_words"u8, reroute.Evidence.InWords);
        json.WriteString("decided_by"u8, reroute.DecidedBy);
        json.WriteEndObject();
    }

    private static void WriteTransitions(Utf8JsonWriter json, IReadOnlyList<JourneyTransition> transitions) =>
        json.WriteObjects("transitions"u8, transitions, static (json, transition) =>
        {
            var step = transition.Step;
            json.WriteTime("at"u8, transition.At);
            json.WriteString("level"u8, SnakeCase.Of(step.Level));
            json.WriteString("number"u8, OrderNumber.Format(step.Level, step.Order));
            json.WriteString("event"u8, SnakeCase.Of(step.Event));
            json.WriteState("from"u8, step.From);
            json.WriteState("to"u8, step.To);
            json.WriteString("reason"u8, step.Reason);
            json.WriteString("actor"u8, transition.Actor);
            json.WriteString("request_id"u8, transition.RequestSerial);
        });

    private static void WriteEntries(Utf8JsonWriter json, IReadOnlyList<JourneyEntry> entries) =>
        json.WriteObjects("entries"u8, entries, static (json, entry) =>
        {
            json.WriteString("payment_no"u8, OrderNumber.Format(OrderLevel.Payment, entry.Payment));
            json.WriteString("posting"u8, SnakeCase.Of(entry.Kind));
            json.WriteString("account"u8, entry.Account);
            json.WriteString("account_name"u8, entry.AccountName);
            json.WriteString("side"u8, entry.Amount.IsNegative ? "debit"u8 : "credit"u8);
            json.WriteMoney("amount"u8, entry.Amount.IsNegative ? -entry.Amount : entry.Amount);
            json.WriteMoney("opening"u8, entry.Opening);
            json.WriteMoney("closing"u8, entry.Closing);
            json.WriteNumber("seq"u8, entry.Sequence);
            json.WriteString("posting_date"u8, entry.PostingDate.ToString("O"));
        });

    private static void WriteTimers(Utf8JsonWriter json, IReadOnlyList<JourneyTimer> timers) =>
        json.WriteObjects("timers"u8, timers, static (json, timer) =>
        {
            json.WriteString("kind"u8, SnakeCase.Of(timer.Kind));
            json.WriteString("number"u8, OrderNumber.Format(timer.Level, timer.Order));
            json.WriteTime("due_at"u8, timer.DueAt);
        });

    private static void WriteNotifications(Utf8JsonWriter json, IReadOnlyList<JourneyNotification> notifications) =>
        json.WriteObjects("notifications"u8, notifications, static (json, told) =>
        {
            json.WriteString("id"u8, Notification.NameOf(told.Id));
            json.WriteString("type"u8, NotificationTypes.Of(told.Kind));
            json.WriteString("state"u8, SnakeCase.Of(told.State));
            json.WriteNumber("attempts"u8, told.Attempts);
            json.WriteNumber("last_status"u8, told.LastStatus);
            json.WriteString("last_error"u8, told.LastError);
            json.WriteTime("created_at"u8, told.CreatedAt);
            json.WriteTime("delivered_at"u8, told.DeliveredAt);
        });
}
