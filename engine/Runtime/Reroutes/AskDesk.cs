using Microsoft.Extensions.Logging;
using PaymentEngine.Core;
using PaymentEngine.Core.Orders;
using PaymentEngine.Runtime.Directory;
using PaymentEngine.Store.Orders;
using PaymentEngine.Store.Timers;

namespace PaymentEngine.Runtime.Reroutes;

/// <summary>
/// A person wants an institution to be asked now. It is a question like any other: an order that the institution does not
/// know is sent again where C13 allows it.
/// </summary>
public sealed class AskDesk(FamilyLoader families, DirectoryHolder directory, TimerStore timers, ILogger<AskDesk> log)
{
    /// <returns>Why not, as a stable code; null when it is being asked.</returns>
    public async Task<string?> AskAsync(OrderId trade, OrderId order, string actor, CancellationToken ct)
    {
        if (await families.LoadAsync(trade) is not { } family)
        {
            return RerouteRefusals.TradeNotFound;
        }

        if (family.InstitutionOrders.Find(it => it.Id == order) is not { } asked)
        {
            return RerouteRefusals.OrderNotFound;
        }

        if (asked.State is InstitutionOrderStates.Ready or InstitutionOrderStates.Succeeded or InstitutionOrderStates.Failed)
        {
            return RerouteRefusals.OrderNotInProgress;
        }

        log.LogInformation(
            "{Actor} has order {Order} of request {RequestSerial} asked about", actor, asked.Number, family.PaymentOf(asked).RequestSerial);
        await timers.AskAsync(trade, order, directory.Current.Channel(asked.ChannelId).QuestionLane, ct);
        return null;
    }
}
