namespace PaymentEngine.Workflows.Driver;

/// <summary>
/// An order as MassTransit wants to see it, for the length of one event. The state stays in the order, as text.
/// </summary>
public sealed class Saga<TOrder>(TOrder order, UnitOfWork unit) : SagaStateMachineInstance
    where TOrder : Order
{
    public TOrder Order { get; } = order;

    public UnitOfWork Unit { get; } = unit;

    /// <summary>The machine does not want this event in the history.</summary>
    public bool LeavesNoTrace { get; set; }

    /// <summary>What the machine adds to the reason in the history: who decided.</summary>
    public string? Note { get; set; }

    public string CurrentState
    {
        get => Order.State;
        set => Order.State = value;
    }

    /// <summary>MassTransit correlates by it on a bus; here the driver has found the order already.</summary>
    Guid ISaga.CorrelationId { get; set; }
}
