using PaymentEngine.Core.Orders;
using PaymentEngine.Core.Units;
using PaymentEngine.Routing.Conditions;
using PaymentEngine.Runtime.Routing;

namespace PaymentEngine.Runtime.Conditions;

/// <summary>
/// Sees the outcome of every order that this node decides on. What is remembered of cards goes into the commit; the rest
/// is counted after it.
/// </summary>
public sealed class ResultWatch(ChannelHealth health, CardMemory cards, ChannelVolumes volumes, RoutingHolder routing, ConditionOptions options)
{
    public void AddTo(UnitOfWork unit)
    {
        foreach (var (order, signs) in unit.ChannelResults)
        {
            if (signs.HasFlag(ChannelSigns.KeepCardAway) && MemoryOf(CodeOf(unit, order)) is { Ticks: > 0 } time)
            {
                unit.CardFailures.Add(new CardFailure(CardMark.Of(order.PayerAccount), order.ChannelId, unit.Now + time));
            }

            if (signs.HasFlag(ChannelSigns.InsufficientFunds))
            {
                unit.CardsWithoutFunds.Add(new CardWithoutFunds(CardMark.Of(order.PayerAccount), unit.Now, options.MostInsufficientFunds));
            }
        }
    }

    /// <summary>The unit has committed.</summary>
    public void Learn(UnitOfWork unit)
    {
        foreach (var (order, signs) in unit.ChannelResults)
        {
            var channel = CodeOf(unit, order);
            if (signs.HasFlag(ChannelSigns.Carried))
            {
                volumes.Add(channel, order.Amount, unit.Now);
            }

            if ((signs & (ChannelSigns.Well | ChannelSigns.Ill)) is not ChannelSigns.None and var condition)
            {
                var step = condition == ChannelSigns.Well ? HealthSteps.Success : HealthSteps.Failure;
                health.Count(channel, unit.Family.Instruction(order.InstructionId).Elements.TargetInstitution, step);
            }
        }

        foreach (var failed in unit.CardFailures)
        {
            cards.KeepAway(failed.Card, unit.Context.Directory.Channel(failed.ChannelId).Code, failed.Until);
        }
    }

    /// <summary>How long the channel remembers a card on which it failed; one that the setup does not name is not chosen.</summary>
    private TimeSpan MemoryOf(string channel) => routing.Router.Table.Find(channel)?.Setup.CardMemory ?? TimeSpan.Zero;

    private static string CodeOf(UnitOfWork unit, InstitutionOrder order) => unit.Context.Directory.Channel(order.ChannelId).Code;
}
