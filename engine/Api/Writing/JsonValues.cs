using System.Buffers.Text;
using System.Text.Json;
using PaymentEngine.Core;

namespace PaymentEngine.Api.Writing;

/// <summary>Money and time as the interface spells them, without a string in between.</summary>
internal static class JsonValues
{
    private const int MoneyLength = 32;
    private const int RoundTripLength = 33;
    private const int ToTheMillisecond = 23;

    /// <summary>In major units: "88.00". The currency stands beside it or is the trade's.</summary>
    public static void WriteMoney(this Utf8JsonWriter json, ReadOnlySpan<byte> name, Money money)
    {
        Span<byte> text = stackalloc byte[MoneyLength];
        money.TryFormat(text, out var written);
        json.WriteString(name, text[..written]);
    }

    /// <summary>In UTC, to the millisecond: "2026-11-20T10:00:00.123Z".</summary>
    public static void WriteTime(this Utf8JsonWriter json, ReadOnlySpan<byte> name, DateTimeOffset time)
    {
        Span<byte> text = stackalloc byte[RoundTripLength];
        Utf8Formatter.TryFormat(time.UtcDateTime, text, out _, 'O');
        text[ToTheMillisecond] = (byte)'Z';
        json.WriteString(name, text[..(ToTheMillisecond + 1)]);
    }

    public static void WriteTime(this Utf8JsonWriter json, ReadOnlySpan<byte> name, DateTimeOffset? time)
    {
        if (time is { } known)
        {
            json.WriteTime(name, known);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    public static void WriteNumber(this Utf8JsonWriter json, ReadOnlySpan<byte> name, long? number)
    {
        if (number is { } known)
        {
            json.WriteNumber(name, known);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    public static void WriteState(this Utf8JsonWriter json, ReadOnlySpan<byte> name, string state) =>
        json.WriteString(name, StateNames.Of(state));
}
