using PaymentEngine.Core.Channels;
using PaymentEngine.Core.Orders;
using PaymentEngine.Runtime.Directory;

namespace PaymentEngine.Runtime.Dispatch;

/// <summary>The adapters that run in this process, by the name under which channels are configured.</summary>
public sealed class ChannelSet(IReadOnlyDictionary<string, IInstitutionChannel> adapters, DirectoryHolder directory)
{
    public IInstitutionChannel Of(TradeFamily family, InstitutionOrder order) =>
        adapters.TryGetValue(directory.Current.Channel(order.ChannelId).Adapter, out var adapter)
            ? adapter
            : throw new InvalidOperationException($"no adapter for channel {order.ChannelId} of {family.Trade.Number}");

    public static ChannelOrder Facts(TradeFamily family, InstitutionOrder order) => new(
        order.ChannelId,
        order.InstitutionNumber,
        order.Amount,
        family.Instruction(order.InstructionId).Method,
        order.PayerAccount,
        family.Trade.Description,
        order.CreatedAt);
}
