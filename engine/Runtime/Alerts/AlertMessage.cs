using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using PaymentEngine.Core.Alerts;

namespace PaymentEngine.Runtime.Alerts;

/// <summary>
/// Alerts in one message, however many they are. The same alerts make the same message under the same id, so that a
/// receiver can drop what an attempt whose answer was lost has brought already.
/// </summary>
public sealed class AlertMessage
{
    /// <summary>Nobody reads more; the list has them all.</summary>
    public const int MostShown = 50;

    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly IReadOnlyList<Alert> _alerts;

    /// <param name="alerts">At least one, the gravest first.</param>
    public AlertMessage(IReadOnlyList<Alert> alerts)
    {
        _alerts = alerts;
        var all = string.Join('|', alerts.Select(alert => $"{alert.Id}:{alert.Times}:{alert.RaisedAt.UtcTicks}"));
        Id = "msg_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(all)).AsSpan(0, 12));
    }

    public string Id { get; }

    public string Subject
    {
        get
        {
            var first = _alerts[0];
            var what = _alerts.Count == 1 ? $"{first.Kind} {OneLine(first.Subject)}" : $"{_alerts.Count} alerts";
            return $"[payment-engine] {Name(first.Severity)}: {what}";
        }
    }

    public string ToText()
    {
        var text = new StringBuilder();
        foreach (var alert in _alerts.Take(MostShown))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{Name(alert.Severity).ToUpperInvariant()}  {alert.Kind}  {alert.Subject}")
                .AppendLine(CultureInfo.InvariantCulture, $"  {alert.Text}")
                .AppendLine(CultureInfo.InvariantCulture, $"  alert {alert.Id}, {Times(alert)}")
                .AppendLine();
        }

        if (_alerts.Count > MostShown)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"and {_alerts.Count - MostShown} more.").AppendLine();
        }

        return text.AppendLine("What goes on is told again, until it is acknowledged: GET /ops/v1/alerts").ToString();
    }

    public byte[] ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, Json);
        json.WriteStartObject();
        json.WriteString("id"u8, Id);
        json.WriteString("type"u8, "alerts.raised"u8);
        json.WriteString("created_at"u8, Time(_alerts.Max(alert => alert.LastSeen)));
        json.WriteStartObject("data"u8);
        json.WriteNumber("count"u8, _alerts.Count);
        json.WriteStartArray("alerts"u8);
        foreach (var alert in _alerts.Take(MostShown))
        {
            json.WriteStartObject();
            json.WriteNumber("id"u8, alert.Id);
            json.WriteString("kind"u8, alert.Kind);
            json.WriteString("severity"u8, Name(alert.Severity));
            json.WriteString("subject"u8, alert.Subject);
            json.WriteString("text"u8, alert.Text);
            json.WriteNumber("times"u8, alert.Times);
            json.WriteString("first_seen"u8, Time(alert.RaisedAt));
            json.WriteString("last_seen"u8, Time(alert.LastSeen));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static string Times(Alert alert) => alert.Times == 1
        ? $"once, {Time(alert.LastSeen)}"
        : $"{alert.Times} times, first {Time(alert.RaisedAt)}, last {Time(alert.LastSeen)}";

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string Name(AlertSeverity severity) => severity switch
    {
        AlertSeverity.Critical => "critical",
        AlertSeverity.Warning => "warning",
        _ => "info",
    };

    /// <summary>What an institution has sent must not begin a header of its own.</summary>
    private static string OneLine(string text) => string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter));
}
