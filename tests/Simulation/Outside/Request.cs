using System.Text;
using PaymentEngine.Runtime.Submit;

namespace PaymentEngine.Tests.Simulation.Outside;

/// <summary>What a merchant asks of the engine, under a key of its own.</summary>
internal abstract record Request(Merchant Merchant, string Key)
{
    public byte[] BodyHash() => Encoding.UTF8.GetBytes(ToString());

    public sealed record Open(Merchant Merchant, string Key, OpenTrade Command) : Request(Merchant, Key);

    public sealed record Pay(Merchant Merchant, string Key, OrderId Trade, StartPayment Payment) : Request(Merchant, Key);

    public sealed record Refund(Merchant Merchant, string Key, OrderId Trade, RefundTrade Command) : Request(Merchant, Key);

    public sealed record Close(Merchant Merchant, string Key, OrderId Trade) : Request(Merchant, Key);
}

/// <param name="Trade">Null for a refusal.</param>
internal sealed record Reply(string Text, OrderId? Trade, bool IsFinal);
