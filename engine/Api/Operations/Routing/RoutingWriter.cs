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
    public static byte[] Write(IEnumerable<RoutingActivation> history, DateTimeOffset now) =>
        JsonBytes.List("activations", history.Reverse(), (json, activation) => WriteActivation(json, activation, now));

    /// <param name="routing">As this node decides by it.</param>
    public static byte[] Write(CompiledRouting routing, DateTimeOffset now) => JsonBytes.Of((routing, now), static (json, state) =>
    {
        var (routing, now) = state;
        json.WriteStartObject("setup"u8);
        WriteStanding(json, routing.InForce.Setup);
        json.WriteNumber("decides"u8, routing.Table.Version);
        json.WriteEndObject();
        json.WriteObjects("scripts"u8, routing.InForce.Scripts.Values.OrderBy(script => script.Item.Name, StringComparer.Ordinal), static (json, script) =>
        {
            json.WriteString("name"u8, script.Item.Name);
            json.WriteString("purpose"u8, ScriptPurpose.OfScript(script.Item.Name).Name);
            WriteStanding(json, script);
        });
        WriteActivations(json, "scheduled"u8, routing.InForce.Scheduled, now);
        WriteActivations(json, "waiting"u8, routing.Heads.Activations.Where(it => it.IsWaiting), now);
        json.WriteObjects("faults"u8, routing.Faults, static (json, fault) =>
        {
            json.WriteString("name"u8, fault.Hook);
            json.WriteNumber("version"u8, fault.Version);
            json.WriteString("message"u8, fault.Message);
        });
    });

    public static byte[] Write((IReadOnlyList<SetupError> Errors, IReadOnlyList<SetupError> Warnings) check) => JsonBytes.Of(check, static (json, check) =>
    {
        json.WriteBoolean("fit"u8, check.Errors.Count == 0);
        WriteFindings(json, "errors"u8, check.Errors);
        WriteFindings(json, "warnings"u8, check.Warnings);
    });

    private static void WriteFindings(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<SetupError> findings) =>
        json.WriteObjects(name, findings, static (json, finding) =>
        {
            json.WriteString("path"u8, finding.Path);
            json.WriteNumber("line"u8, finding.Line);
            json.WriteString("message"u8, finding.Message);
        });

    public static byte[] WriteSetup(RoutingVersion version) => JsonBytes.Of(version, WriteVersion);

    /// <summary>The latest first.</summary>
    public static byte[] WriteSetups(IReadOnlyList<RoutingVersion> versions) => JsonBytes.List("setups", versions, WriteVersion);

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

    private static void WriteActivations(Utf8JsonWriter json, ReadOnlySpan<byte> name, IEnumerable<RoutingActivation> activations, DateTimeOffset now) =>
        json.WriteObjects(name, activations, (json, activation) => WriteActivation(json, activation, now));

    private static void WriteActivation(Utf8JsonWriter json, RoutingActivation activation, DateTimeOffset now)
    {
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
    }
}
