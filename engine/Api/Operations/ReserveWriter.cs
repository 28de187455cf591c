using System.Text.Json;
using PaymentEngine.Api.Writing;
using PaymentEngine.Store.Conditions;

namespace PaymentEngine.Api.Operations;

/// <summary>Reserves as operations read them.</summary>
internal static class ReserveWriter
{
    public static byte[] Write(ChannelReserve reserve) => JsonBytes.Of(reserve, WriteReserve);

    public static byte[] Write(IReadOnlyList<ChannelReserve> reserves) => JsonBytes.List("reserves", reserves, WriteReserve);

    private static void WriteReserve(Utf8JsonWriter json, ChannelReserve reserve)
    {
        json.WriteString("channel"u8, reserve.Channel);
        json.WriteString("currency"u8, reserve.Balance.Currency.Code);
        json.WriteMoney("balance"u8, reserve.Balance);
        json.WriteMoney("threshold"u8, reserve.Threshold);
        json.WriteMoney("missing"u8, reserve.Missing);
        json.WriteTime("as_of"u8, reserve.AsOf);
        json.WriteString("set_by"u8, reserve.SetBy);
    }
}
