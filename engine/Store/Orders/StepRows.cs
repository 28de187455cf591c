using System.Buffers;
using System.Text;
using System.Text.Json;
using PaymentEngine.Core;
using PaymentEngine.Core.Units;
using PaymentEngine.Store.Commit;

namespace PaymentEngine.Store.Orders;

/// <summary>The history row of a commit: its transitions as JSON, and the answer that it gave to a request.</summary>
internal static class StepRows
{
    public static BulkRows<UnitOfWork> Table()
    {
        var changes = new ChangesWriter();
        return new BulkRows<UnitOfWork>()
            .Bigint(u => u.Family.Trade.Id.Value)
            .Integer(u => u.BaseVersion + 1)
            .Moment(u => u.Now)
            .Text(u => u.Context.Actor)
            .Text(u => u.Context.RequestSerial)
            .Json(changes.Write)
            .NullableSmallint(u => (short?)u.Answer?.Status)
            .Text(u => u.Answer?.Location)
            .Bytes(u => u.Answer?.Body);
    }

    private sealed class ChangesWriter
    {
        private static readonly JsonEncodedText Level = JsonEncodedText.Encode("level");
        private static readonly JsonEncodedText Id = JsonEncodedText.Encode("id");
        private static readonly JsonEncodedText Event = JsonEncodedText.Encode("event");
        private static readonly JsonEncodedText From = JsonEncodedText.Encode("from");
        private static readonly JsonEncodedText To = JsonEncodedText.Encode("to");
        private static readonly JsonEncodedText Why = JsonEncodedText.Encode("why");

        private readonly ArrayBufferWriter<byte> _buffer = new(2048);

        public string Write(UnitOfWork unit)
        {
            _buffer.ResetWrittenCount();
            using var json = new Utf8JsonWriter(_buffer, new JsonWriterOptions { SkipValidation = true });
            json.WriteStartArray();
            foreach (var transition in unit.Transitions)
            {
                json.WriteStartObject();
                json.WriteString(Level, transition.Level.StoredName());
                json.WriteNumber(Id, transition.Order.Value);
                json.WriteString(Event, transition.Event);
                json.WriteString(From, transition.From);
                json.WriteString(To, transition.To);
                if (transition.Reason is { } reason)
                {
                    json.WriteString(Why, reason);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.Flush();
            return Encoding.UTF8.GetString(_buffer.WrittenSpan);
        }
    }
}
