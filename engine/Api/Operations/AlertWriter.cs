using System.Text.Json;
using PaymentEngine.Api.Writing;
using PaymentEngine.Core;
using PaymentEngine.Runtime.Alerts;
using PaymentEngine.Store.Alerts;

namespace PaymentEngine.Api.Operations;

/// <summary>Alerts as operations read them.</summary>
internal static class AlertWriter
{
    public static byte[] Write(ListedAlert alert) => JsonBytes.Of(alert, WriteAlert);

    public static byte[] Write(AlertList list) => JsonBytes.Of(list, static (json, list) =>
    {
        json.WriteObjects("alerts"u8, list.Alerts, WriteAlert);
        json.WriteObjects("targets"u8, list.Targets, static (json, target) =>
        {
            json.WriteString("name"u8, target.Name);
            json.WriteNumber("failures"u8, target.Failures);
            json.WriteString("last_error"u8, target.LastError);
            json.WriteTime("last_told_at"u8, target.LastToldAt);
            json.WriteTime("next_at"u8, target.DueAt);
        });
    });

    private static void WriteAlert(Utf8JsonWriter json, ListedAlert listed)
    {
        var alert = listed.Alert;
        json.WriteNumber("id"u8, alert.Id);
        json.WriteString("state"u8, listed.AcknowledgedAt is null ? "open"u8 : "acknowledged"u8);
        json.WriteString("kind"u8, alert.Kind);
        json.WriteString("severity"u8, SnakeCase.Of(alert.Severity));
        json.WriteString("subject"u8, alert.Subject);
        json.WriteString("text"u8, alert.Text);
        json.WriteNumber("times"u8, alert.Times);
        json.WriteTime("first_seen"u8, alert.RaisedAt);
        json.WriteTime("last_seen"u8, alert.LastSeen);
        json.WriteTime("acknowledged_at"u8, listed.AcknowledgedAt);
        json.WriteString("acknowledged_by"u8, listed.AcknowledgedBy);
        json.WriteObjects("told"u8, listed.Heard, static (json, heard) =>
        {
            json.WriteString("target"u8, heard.Target);
            json.WriteTime("at"u8, heard.At);
        });
    }
}
