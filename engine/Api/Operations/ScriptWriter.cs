using System.Text.Json;
using PaymentEngine.Api.Writing;
using PaymentEngine.Routing.Scripts;

namespace PaymentEngine.Api.Operations;

/// <summary>Scripts as operations read them.</summary>
internal static class ScriptWriter
{
    /// <param name="hooks">With the latest version of each, if it has one.</param>
    public static byte[] Write(IEnumerable<(RouteHook Hook, ScriptVersion? Latest)> hooks) => JsonBytes.Of(hooks, static (json, hooks) =>
    {
        json.WriteStartObject();
        json.WriteStartArray("scripts"u8);
        foreach (var (hook, latest) in hooks)
        {
            json.WriteStartObject();
            WriteHook(json, hook, latest);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <param name="hook">What it may see is told with it.</param>
    /// <param name="versions">The latest first.</param>
    public static byte[] Write(RouteHook hook, IReadOnlyList<ScriptVersion> versions) => JsonBytes.Of((hook, versions), static (json, state) =>
    {
        json.WriteStartObject();
        WriteHook(json, state.hook, state.versions is [var latest, ..] ? latest : null);
        json.WriteString("default"u8, state.hook.DefaultText);
        json.WriteStartArray("facts"u8);
        foreach (var fact in state.hook.Schema.Inputs)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, fact.Name);
            json.WriteString("type"u8, StateNames.Snake(fact.Type.ToString()));
            json.WriteString("description"u8, fact.Description);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("versions"u8);
        foreach (var version in state.versions)
        {
            json.WriteStartObject();
            WriteVersion(json, version);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void WriteHook(Utf8JsonWriter json, RouteHook hook, ScriptVersion? latest)
    {
        json.WriteString("hook"u8, hook.Name);
        var hasErrors = latest is { Text: { } text } && hook.ErrorsOf(text).Count > 0;
        json.WriteString("decides"u8, latest?.Text is null || hasErrors ? "default"u8 : "stored"u8);
        if (latest is not null)
        {
            WriteVersion(json, latest);
        }
    }

    private static void WriteVersion(Utf8JsonWriter json, ScriptVersion version)
    {
        json.WriteNumber("version"u8, version.Version);
        json.WriteString("script"u8, version.Text);
        json.WriteString("changed_by"u8, version.ChangedBy);
        json.WriteTime("changed_at"u8, version.ChangedAt);
    }
}
