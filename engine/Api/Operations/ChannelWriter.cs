using System.Text.Json;
using PaymentEngine.Api.Writing;
using PaymentEngine.Runtime.Conditions;
using PaymentEngine.Store.Limits;

namespace PaymentEngine.Api.Operations;

/// <summary>Channels and limits as operations read them.</summary>
internal static class ChannelWriter
{
    public static byte[] Write(IReadOnlyList<ChannelState> channels) => JsonBytes.List("channels", channels, WriteChannel);

    public static byte[] Write(IReadOnlyList<LimitUse> uses) => JsonBytes.List("limits", uses, static (json, use) =>
    {
        json.WriteString("interface"u8, use.Counter.Interface);
        json.WriteString("limit"u8, use.Counter.Limit);
        json.WriteString("subject"u8, use.Counter.Subject);
        json.WriteString("from"u8, use.Counter.Period.ToString("O"));
        json.WriteNumber("amount_used_minor"u8, use.AmountUsed);
        json.WriteNumber("amount_minor"u8, use.MostAmount);
        json.WriteNumber("count_used"u8, use.CountUsed);
        json.WriteNumber("count"u8, use.MostCount);
    });

    private static void WriteChannel(Utf8JsonWriter json, ChannelState state)
    {
        json.WriteString("channel"u8, state.Channel.Code);
        json.WriteString("name"u8, state.Channel.Name);
        json.WriteString("application"u8, state.Channel.Application);
        json.WriteBoolean("enabled"u8, state.Channel.Enabled);
        json.WriteBoolean("routed"u8, state.IsRouted);
        json.WriteNumber("health"u8, state.Health);
        json.WriteStartObject("health_with"u8);
        foreach (var (institution, health) in state.Institutions)
        {
            json.WriteNumber(institution, health);
        }

        json.WriteEndObject();
        json.WriteNumber("waiting"u8, state.Waiting);
        json.WriteNumber("volume_of_month"u8, state.Volume);
    }
}
