using PaymentEngine.Core.Directory;
using PaymentEngine.Core.Orders;
using PaymentEngine.Core.Units;

namespace PaymentEngine.Routing;

/// <summary>The enabled channel that carries the payment method, the highest priority first.</summary>
public sealed class PriorityChoice : IChannelChoice
{
    public ChannelSettings? Choose(EngineDirectory directory, PaymentInstruction instruction, IReadOnlyCollection<int> tried)
    {
        ChannelSettings? chosen = null;
        foreach (var channel in directory.Channels)
        {
            if (channel.Enabled && channel.Methods.Contains(instruction.Method) && !tried.Contains(channel.Id)
                && (chosen is null || channel.Priority > chosen.Priority))
            {
                chosen = channel;
            }
        }

        return chosen;
    }
}
