using System.Text.Json;
using PaymentEngine.Api.Writing;
using PaymentEngine.Core;
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
        var inForce = new HashSet<string>();
        json.WriteObjects("templates"u8, state.templates, (json, template) => WriteTemplate(
            json, template, template.ApprovedBy is null ? "draft" : inForce.Add(template.Template.Kind) ? "in_force" : "replaced"));
        json.WriteObjects("amounts"u8, state.chart.Variables.Inputs, static (json, variable) =>
        {
            json.WriteString("name"u8, variable.Name);
            json.WriteString("description"u8, variable.Description);
        });
    });

    private static void WriteTemplate(Utf8JsonWriter json, StoredTemplate stored, string state)
    {
        json.WriteString("kind"u8, SnakeCase.Of(stored.Template.Kind));
        json.WriteNumber("version"u8, stored.Template.Version);
        json.WriteString("state"u8, state);
        json.WriteObjects("lines"u8, stored.Template.Lines, static (json, line) =>
        {
            json.WriteString("side"u8, SnakeCase.Of(line.Side));
            json.WriteString("subject"u8, line.Subject);
            json.WriteString("amount"u8, line.Amount);
            json.WriteString("summary"u8, line.Summary);
        });
        json.WriteString("made_by"u8, stored.MadeBy);
        json.WriteTime("made_at"u8, stored.MadeAt);
        json.WriteString("approved_by"u8, stored.ApprovedBy);
        json.WriteTime("approved_at"u8, stored.ApprovedAt);
    }
}
