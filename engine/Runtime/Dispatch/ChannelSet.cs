using System.Collections.Frozen;
using PaymentEngine.Core.Channels;
using PaymentEngine.Core.Directory;
using PaymentEngine.Core.Orders;
using PaymentEngine.Runtime.Directory;

namespace PaymentEngine.Runtime.Dispatch;

/// <summary>The adapters that run in this process, by the name under which channels are configured.</summary>
public sealed class ChannelSet(IReadOnlyDictionary<string, IInstitutionChannel> adapters, DirectoryHolder directory)
{
    private readonly FrozenDictionary<string, StorableChannel> _adapters =
        adapters.ToFrozenDictionary(adapter => adapter.Key, adapter => new StorableChannel(adapter.Value));

    public IInstitutionChannel Of(TradeFamily family, InstitutionOrder order) =>
        _adapters.TryGetValue(directory.Current.Channel(order.ChannelId).Adapter, out var adapter)
            ? adapter
            : throw new InvalidOperationException($"no adapter for channel {order.ChannelId} of {family.Trade.Number}");

    public IInstitutionChannel Of(ChannelSettings channel) =>
        _adapters.TryGetValue(channel.Adapter, out var adapter)
            ? adapter
            : throw new InvalidOperationException($"no adapter for channel {channel.Code}");

    public static ChannelOrder Facts(TradeFamily family, InstitutionOrder order)
    {
        var original = family.OriginalOf(order);
        return new ChannelOrder(
            order.ChannelId,
            original is null ? ChannelInterface.Pay : ChannelInterface.Refund,
            order.InstitutionNumber,
            order.Amount,
            family.Instruction(order.InstructionId).Method,
            order.PayerAccount,
            // What a payer reads on the statement tells why the money came back.
            original is null ? family.Trade.Description : $"paid more than once: {family.Trade.MerchantOrderNo}",
            order.CreatedAt,
            original is null ? null : new OriginalOrder(original.InstitutionNumber, original.InstitutionRef));
    }
}
