using System.Text.Json;
using PaymentEngine.Api.Writing;
using PaymentEngine.Core;
using PaymentEngine.Store.Codes;

namespace PaymentEngine.Api.Operations;

/// <summary>Codes as operations read them.</summary>
internal static class ResultCodeWriter
{
    public static byte[] Write(StoredCode code) => JsonBytes.Of(code, WriteCode);

    public static byte[] Write(IReadOnlyList<StoredCode> codes) => JsonBytes.List("codes", codes, WriteCode);

    public static byte[] Write(IReadOnlyList<UnmappedRecord> unmapped) => JsonBytes.List("unmapped", unmapped, static (json, code) =>
    {
        json.WriteString("channel"u8, code.Channel);
        json.WriteString("interface"u8, SnakeCase.Of(code.AnsweredBy));
        json.WriteString("code"u8, code.Code);
        json.WriteString("sub_code"u8, code.SubCode);
        json.WriteTime("first_seen"u8, code.FirstSeen);
        json.WriteTime("last_seen"u8, code.LastSeen);
        json.WriteNumber("times"u8, code.Times);
        json.WriteNumber("waiting"u8, code.Waiting);
        json.WriteString("sample"u8, code.Sample);
    });

    private static void WriteCode(Utf8JsonWriter json, StoredCode stored)
    {
        var code = stored.Code;
        json.WriteString("channel"u8, stored.Channel);
        json.WriteString("interface"u8, SnakeCase.Of(code.AnsweredBy));
        json.WriteString("code"u8, code.Code);
        json.WriteString("sub_code"u8, code.SubCode);
        json.WriteString("outcome"u8, SnakeCase.Of(code.Meaning.Outcome));
        json.WriteString("unified_code"u8, code.Meaning.UnifiedCode);
        json.WriteBoolean("counts_against_health"u8, code.Meaning.CountsAgainstHealth);
        json.WriteNumber("version"u8, stored.Version);
        json.WriteString("changed_by"u8, stored.ChangedBy);
        json.WriteTime("changed_at"u8, stored.ChangedAt);
    }
}
