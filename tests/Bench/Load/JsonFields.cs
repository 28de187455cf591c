using System.Buffers.Text;

namespace PaymentEngine.Bench.Load;

/// <summary>Fields of compact JSON, found by their names: the first of that name counts, and values have no escapes.</summary>
internal static class JsonFields
{
    /// <summary>Empty when there is none.</summary>
    public static ReadOnlySpan<byte> Text(ReadOnlySpan<byte> json, ReadOnlySpan<byte> quotedName)
    {
        var value = After(json, quotedName);
        if (value.IsEmpty)
            return default;
        value = value[(value.IndexOf((byte)'"') + 1)..];
        return value[..value.IndexOf((byte)'"')];
    }

    /// <summary>0 when there is none.</summary>
    public static long Number(ReadOnlySpan<byte> json, ReadOnlySpan<byte> quotedName) =>
        Utf8Parser.TryParse(After(json, quotedName), out long number, out _) ? number : 0;

    private static ReadOnlySpan<byte> After(ReadOnlySpan<byte> json, ReadOnlySpan<byte> quotedName)
    {
        var at = json.IndexOf(quotedName);
        return at < 0 ? default : json[(at + quotedName.Length)..];
    }
}
