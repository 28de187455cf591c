using System.Text;
using System.Text.Json;
using PaymentEngine.Scripting;

namespace PaymentEngine.ScribanCli;

/// <summary>One question of a corpus and its answer.</summary>
internal static class Answering
{
    public static string Answer(string line)
    {
        JsonDocument question;
        try
        {
            question = JsonDocument.Parse(line);
        }
        catch (JsonException invalid)
        {
            return Write(default, writer => WriteFailure(writer, "parse", [new ScriptError(new Position(1, 1), $"The line is not JSON: {invalid.Message}")], "<input>"));
        }

        using (question) return Answer(question.RootElement);
    }

    private static string Answer(JsonElement question)
    {
        var id = Find(question, "id");
        var name = "<input>";
        try
        {
            name = Text(question, "name") ?? name;
            var mode = Text(question, "mode") == "script" ? ScriptMode.Script : ScriptMode.Template;
            var script = Script.Parse(Text(question, "src") ?? "", mode);
            var model = Models.Read(Find(question, "model"));
            var options = new EvaluationOptions { HasStrictVariables = IsTrue(question, "strict"), Clock = TimeProvider.System, Random = new Random() };
            if (!IsTrue(question, "eval"))
            {
                var printed = script.Render(model, options);
                return Write(id, writer => WriteSuccess(writer, printed, null));
            }

            var value = script.Evaluate(model, options);
            return Write(id, writer => WriteSuccess(writer, value.ToString(), Models.TypeOf(value)));
        }
        catch (ScriptException fault)
        {
            var stage = fault.Stage == ScriptStage.Run ? "run" : "parse";
            return Write(id, writer => WriteFailure(writer, stage, fault.Errors, name));
        }
        catch (Exception bug) when (bug is not OutOfMemoryException)
        {
            // A corpus wants to hear of a bug of ours, and the answers to all its other lines.
            return Write(id, writer => WriteFailure(writer, "run", [new ScriptError(new Position(1, 1), $"internal error: {bug}")], name));
        }
    }

    private static JsonElement Find(JsonElement holder, string name) =>
        holder.ValueKind == JsonValueKind.Object && holder.TryGetProperty(name, out var found) ? found : default;

    private static string? Text(JsonElement holder, string name)
    {
        if (Find(holder, name) is not { ValueKind: JsonValueKind.String } text) return null;
        try
        {
            return text.GetString();
        }
        catch (InvalidOperationException)
        {
            throw new ScriptException(ScriptStage.Parse, [new ScriptError(new Position(1, 1), $"`{name}` is not a text: it has halves of characters")]);
        }
    }

    private static bool IsTrue(JsonElement holder, string name) => Find(holder, name).ValueKind == JsonValueKind.True;

    private static string Write(JsonElement id, Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WritePropertyName("id");
            if (id.ValueKind == JsonValueKind.Undefined) writer.WriteNullValue();
            else id.WriteTo(writer);
            write(writer);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void WriteSuccess(Utf8JsonWriter writer, string text, string? type)
    {
        writer.WriteBoolean("ok", true);
        writer.WriteString("out", text);
        if (type is not null) writer.WriteString("type", type);
    }

    private static void WriteFailure(Utf8JsonWriter writer, string stage, IReadOnlyList<ScriptError> errors, string name)
    {
        writer.WriteBoolean("ok", false);
        writer.WriteString("stage", stage);
        writer.WriteStartArray("errors");
        foreach (var error in errors)
        {
            writer.WriteStartObject();
            writer.WriteNumber("line", error.At.Line);
            writer.WriteNumber("col", error.At.Column);
            writer.WriteString("msg", error.Message);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteString("text", string.Join('\n', errors.Select(error => name + error)));
    }
}
