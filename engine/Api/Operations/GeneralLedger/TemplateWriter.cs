using System.Text.Json;
using PaymentEngine.Api.Writing;
using PaymentEngine.Ledger.GeneralLedger;
using PaymentEngine.Store.GeneralLedger;

namespace PaymentEngine.Api.Operations.GeneralLedger;

/// <summary>Templates as finance reads them.</summary>
internal static class TemplateWriter
{
    public static byte[] Write(StoredTemplate template) => JsonBytes.Of(template, static (json, template) =>
        WriteTemplate(json, template, template.ApprovedBy is null ? "draft" : "approved"));

    /// <param name="templates">By kind, the latest version first.</param>
    public static byte[] Write(IReadOnlyList<StoredTemplate> templates, Chart chart) => JsonBytes.Of((templates, chart), static (json, state) =>
    {
        json.WriteStartObject();
        json.WriteStartArray("templates"u8);
        var inForce = new HashSet<string>();
        foreach (var template in state.templates)
        {
            WriteTemplate(json, template, template.ApprovedBy is null ? "draft" : inForce.Add(template.Template.Kind) ? "in_force" : "replaced");
        }

        json.WriteEndArray();
        json.WriteStartArray("amounts"u8);
        foreach (var variable in state.chart.Variables.Inputs)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, variable.Name);
            json.WriteString("description"u8, variable.Description);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void WriteTemplate(Utf8JsonWriter json, StoredTemplate stored, string state)
    {
        json.WriteStartObject();
        json.WriteString("kind"u8, StateNames.Snake(stored.Template.Kind));
        json.WriteNumber("version"u8, stored.Template.Version);
        json.WriteString("state"u8, state);
        json.WriteStartArray("lines"u8);
        foreach (var line in stored.Template.Lines)
        {
            json.WriteStartObject();
            json.WriteString("side"u8, StateNames.Snake(line.Side));
            json.WriteString("subject"u8, line.Subject);
            json.WriteString("amount"u8, line.Amount);
            json.WriteString("summary"u8, line.Summary);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("made_by"u8, stored.MadeBy);
        json.WriteTime("made_at"u8, stored.MadeAt);
        json.WriteString("approved_by"u8, stored.ApprovedBy);
        json.WriteTime("approved_at"u8, stored.ApprovedAt);
        json.WriteEndObject();
    }
}
