using System.Text.Json;
using PaymentEngine.Api.Writing;
using PaymentEngine.Routing.Book;
using PaymentEngine.Routing.Setup;

namespace PaymentEngine.Api.Operations.Routing;

/// <summary>Routing as operations read it: what is in force, what will be, and who said so.</summary>
internal static class RoutingWriter
{
    public static byte[] Write(RoutingActivation activation, DateTimeOffset now) => JsonBytes.Of(
        (activation, now), static (json, state) => WriteActivation(json, state.activation, state.now));

    /// <summary>The latest first.</summary>
    public static byte[] Write(IEnumerable<RoutingActivation> history, DateTimeOffset now) => JsonBytes.Of((history, now), static (json, state) =>
    {
        json.WriteStartObject();
        WriteActivations(json, "activations"u8, state.history.Reverse(), state.now);
        json.WriteEndObject();
    });

    /// <param name="routing">As this node decides by it.</param>
    public static byte[] Write(CompiledRouting routing, DateTimeOffset now) => JsonBytes.Of((routing, now), static (json, state) =>
    {
        var (routing, now) = state;
        json.WriteStartObject();
        json.WriteStartObject("setup"u8);
        WriteStanding(json, routing.InForce.Setup);
        json.WriteNumber("decides"u8, routing.Table.Version);
        json.WriteEndObject();
        json.WriteStartArray("scripts"u8);
        foreach (var script in routing.InForce.Scripts.Values.OrderBy(script => script.Item.Name, StringComparer.Ordinal))
        {
            json.WriteStartObject();
            json.WriteString("name"u8, script.Item.Name);
            json.WriteString("purpose"u8, ScriptPurpose.OfScript(script.Item.Name).Name);
            WriteStanding(json, script);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteActivations(json, "scheduled"u8, routing.InForce.Scheduled, now);
        WriteActivations(json, "waiting"u8, routing.Heads.Activations.Where(it => it.IsWaiting), now);
        json.WriteStartArray("faults"u8);
        foreach (var fault in routing.Faults)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, fault.Hook);
            json.WriteNumber("version"u8, fault.Version);
            json.WriteString("message"u8, fault.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    public static byte[] Write((IReadOnlyList<SetupError> Errors, IReadOnlyList<SetupError> Warnings) check) => JsonBytes.Of(check, static (json, check) =>
    {
        json.WriteStartObject();
        json.WriteBoolean("fit"u8, check.Errors.Count == 0);
        WriteFindings(json, "errors"u8, check.Errors);
        WriteFindings(json, "warnings"u8, check.Warnings);
        json.WriteEndObject();
    });

    private static void WriteFindings(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<SetupError> findings)
    {
        json.WriteStartArray(name);
        foreach (var finding in findings)
        {
            json.WriteStartObject();
            json.WriteString("path"u8, finding.Path);
            json.WriteStatus("line"u8, finding.Line);
            json.WriteString("message"u8, finding.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static byte[] WriteSetup(RoutingVersion version) => JsonBytes.Of(version, static (json, version) =>
    {
        json.WriteStartObject();
        WriteVersion(json, version);
        json.WriteEndObject();
    });

    /// <summary>The latest first.</summary>
    public static byte[] WriteSetups(IReadOnlyList<RoutingVersion> versions) => JsonBytes.Of(versions, static (json, versions) =>
    {
        json.WriteStartObject();
        json.WriteStartArray("setups"u8);
        foreach (var version in versions)
        {
            json.WriteStartObject();
            WriteVersion(json, version);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    public static void WriteVersion(Utf8JsonWriter json, RoutingVersion version)
    {
        json.WriteNumber("version"u8, version.Version);
        json.WriteString("comment"u8, version.Comment);
        json.WriteString("made_by"u8, version.MadeBy);
        json.WriteTime("made_at"u8, version.MadeAt);
    }

    /// <summary>0 is none.</summary>
    public static void WriteStanding(Utf8JsonWriter json, RoutingStanding standing)
    {
        json.WriteNumber("version"u8, standing.Active);
        json.WriteTime("since"u8, standing.Since);
        json.WriteNumber("last_good"u8, standing.LastGood);
        if (standing.OnTrial == 0)
        {
            json.WriteNull("trial"u8);
            return;
        }

        json.WriteStartObject("trial"u8);
        json.WriteNumber("version"u8, standing.OnTrial);
        json.WriteNumber("share"u8, standing.TrialPercent);
        json.WriteEndObject();
    }

    private static void WriteActivations(Utf8JsonWriter json, ReadOnlySpan<byte> name, IEnumerable<RoutingActivation> activations, DateTimeOffset now)
    {
        json.WriteStartArray(name);
        foreach (var activation in activations)
        {
            WriteActivation(json, activation, now);
        }

        json.WriteEndArray();
    }

    private static void WriteActivation(Utf8JsonWriter json, RoutingActivation activation, DateTimeOffset now)
    {
        json.WriteStartObject();
        json.WriteNumber("activation"u8, activation.Id);
        json.WriteString("state"u8, activation switch
        {
            { Withdrawal: not null } => "withdrawn"u8,
            { EffectiveAt: null } => "waiting"u8,
            { EffectiveAt: { } at } when at > now => "scheduled"u8,
            _ => "effective"u8,
        });
        json.WriteString("kind"u8, activation.Item.Kind);
        json.WriteString("name"u8, activation.Item.Name);
        json.WriteNumber("version"u8, activation.Version);
        json.WriteNumber("share"u8, activation.Share);
        json.WriteTime("from"u8, activation.From);
        json.WriteBoolean("rollback"u8, activation.IsRollback);
        json.WriteString("comment"u8, activation.Comment);
        json.WriteString("requested_by"u8, activation.RequestedBy);
        json.WriteTime("requested_at"u8, activation.RequestedAt);
        json.WriteString("approved_by"u8, activation.Approval?.By);
        json.WriteTime("approved_at"u8, activation.Approval?.At);
        json.WriteString("withdrawn_by"u8, activation.Withdrawal?.By);
        json.WriteTime("withdrawn_at"u8, activation.Withdrawal?.At);
        json.WriteEndObject();
    }
}
