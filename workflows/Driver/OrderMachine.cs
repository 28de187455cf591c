namespace PaymentEngine.Workflows.Driver;

/// <summary>
/// The lifecycle of one level of orders. It decides and does no I/O; everything it wants done is an effect in the unit
/// of work. An event that a state does not list is a bug.
/// </summary>
public abstract class OrderMachine<TOrder> : MassTransitStateMachine<Saga<TOrder>>
    where TOrder : Order
{
    protected OrderMachine() => InstanceState(saga => saga.CurrentState);
}
