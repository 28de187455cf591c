using PaymentEngine.Core.Directory;

namespace PaymentEngine.Workflows.Driver;

/// <summary>What a machine may look at, in the words of the domain.</summary>
public static class SagaContext
{
    extension<TOrder>(BehaviorContext<Saga<TOrder>> context)
        where TOrder : Order
    {
        public TOrder Order => context.Saga.Order;

        public UnitOfWork Unit => context.Saga.Unit;

        public TradeFamily Family => context.Saga.Unit.Family;

        public TradeOrder Trade => context.Saga.Unit.Family.Trade;

        public DateTimeOffset Now => context.Saga.Unit.Now;

        public EngineDirectory Directory => context.Saga.Unit.Context.Directory;

        public IRouteHooks Hooks => context.Saga.Unit.Context.Hooks;

        /// <summary>When the script that should have decided could not, somebody is told with the commit.</summary>
        public HookVerdict Heed(HookVerdict verdict)
        {
            if (verdict.Fault is { } fault)
            {
                context.Unit.Report(fault);
            }

            return verdict;
        }

        /// <summary>An id for a new order of this trade.</summary>
        public OrderId NewId() => context.Unit.Context.Numbers.NextId(context.Trade.Id.Day);
    }
}
