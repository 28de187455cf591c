using System.Text.Json;
using PaymentEngine.Api.Writing;
using PaymentEngine.Core;
using PaymentEngine.Routing.Book;
using PaymentEngine.Scripting;

namespace PaymentEngine.Api.Operations.Routing;

/// <summary>Scripts as operations read them.</summary>
internal static class ScriptWriter
{
    /// <param name="scripts">With the number of the latest version, 0 for none.</param>
    public static byte[] Write(IEnumerable<(RoutingStanding Standing, int Latest)> scripts) => JsonBytes.List("scripts", scripts, static (json, script) =>
    {
        WriteHead(json, script.Standing);
        json.WriteNumber("latest"u8, script.Latest);
    });

    /// <param name="standing">What it may see is told with it.</param>
    /// <param name="versions">The latest first.</param>
    public static byte[] Write(RoutingStanding standing, IReadOnlyList<RoutingVersion> versions) => JsonBytes.Of((standing, versions), static (json, state) =>
    {
        var purpose = ScriptPurpose.OfScript(state.standing.Item.Name);
        WriteHead(json, state.standing);
        json.WriteString("default"u8, purpose.DefaultText);
        json.WriteString("returns"u8, SnakeCase.Of(purpose.Schema.Result));
        json.WriteObjects("facts"u8, purpose.Schema.Inputs, static (json, fact) =>
        {
            json.WriteString("name"u8, fact.Name);
            json.WriteString("type"u8, SnakeCase.Of(fact.Type));
            json.WriteString("description"u8, fact.Description);
        });
        json.WriteObjects("versions"u8, state.versions, WriteVersion);
    });

    public static byte[] Write(RoutingVersion version) => JsonBytes.Of(version, WriteVersion);

    public static byte[] Write(IReadOnlyList<ScriptError> findings) => JsonBytes.Of(findings, static (json, findings) =>
    {
        json.WriteBoolean("fit"u8, findings.All(finding => finding.Severity != Severity.Error));
        WriteFindings(json, "findings"u8, findings);
    });

    public static byte[] Write(ScriptTry tried) => JsonBytes.Of(tried, static (json, tried) =>
    {
        json.WriteString("result"u8, tried.Result);
        json.WriteNumber("returned_at_line"u8, tried.Trace.ReturnedAt?.Line);
        json.WriteObjects("steps"u8, tried.Trace.Steps, static (json, step) =>
        {
            json.WriteNumber("line"u8, step.At.Line);
            json.WriteNumber("column"u8, step.At.Column);
            json.WriteString("text"u8, step.Text);
            json.WriteString("outcome"u8, step.Outcome);
            json.WriteStartObject("operands"u8);
            foreach (var operand in step.Operands)
            {
                json.WriteString(operand.Text, operand.Value);
            }

            json.WriteEndObject();
        });
        WriteFindings(json, "errors"u8, tried.Errors);
    });

    private static void WriteHead(Utf8JsonWriter json, RoutingStanding standing)
    {
        json.WriteString("name"u8, standing.Item.Name);
        json.WriteString("purpose"u8, ScriptPurpose.OfScript(standing.Item.Name).Name);
        RoutingWriter.WriteStanding(json, standing);
    }

    private static void WriteVersion(Utf8JsonWriter json, RoutingVersion version)
    {
        RoutingWriter.WriteVersion(json, version);
        json.WriteString("script"u8, version.Text);
    }

    private static void WriteFindings(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<ScriptError> findings) =>
        json.WriteObjects(name, findings, static (json, finding) =>
        {
            json.WriteString("severity"u8, SnakeCase.Of(finding.Severity));
            json.WriteNumber("line"u8, finding.At.Line);
            json.WriteNumber("column"u8, finding.At.Column);
            json.WriteString("message"u8, finding.Message);
        });
}
