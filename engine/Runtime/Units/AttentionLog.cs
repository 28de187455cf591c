using Microsoft.Extensions.Logging;
using PaymentEngine.Core;
using PaymentEngine.Core.Units;

namespace PaymentEngine.Runtime.Units;

/// <summary>What a commit put before people is also said aloud: nobody looks into a table that has been empty for weeks.</summary>
internal static class AttentionLog
{
    public static void Tell(ILogger log, UnitOfWork unit)
    {
        foreach (var item in unit.WorkItems)
        {
            if (item.Reason is { } reason)
            {
                log.LogWarning(
                    "order {Order} of request {RequestSerial} is on the work list: {Reason}",
                    NumberOf(unit, item.Order), unit.Context.RequestSerial, reason);
            }
        }

        foreach (var fault in unit.ScriptFaults)
        {
            log.LogWarning(
                "version {Version} of the script {Hook} failed for request {RequestSerial}, the default decided: {Reason}",
                fault.Version, fault.Hook, unit.Context.RequestSerial, fault.Message);
        }

        foreach (var difference in unit.Differences)
        {
            if (difference.Detail is { } detail)
            {
                log.LogWarning(
                    "order {Order} of request {RequestSerial} has an open difference, {Kind}: {Reason}",
                    NumberOf(unit, difference.Order), unit.Context.RequestSerial, difference.Kind, detail);
            }
        }
    }

    private static string NumberOf(UnitOfWork unit, OrderId id) => unit.Family.Find(id)?.Number ?? id.ToString();
}
