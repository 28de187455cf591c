namespace PaymentEngine.Core.Orders;

/// <summary>What must be written for an order when its unit of work commits.</summary>
public enum OrderChange
{
    None,
    New,
    Changed,
}

/// <summary>
/// One order of any of the four levels. Order state is the one mutable class of the engine: it is owned by one
/// unit of work at a time, changed by its state machine, and written by the group committer.
/// </summary>
public abstract class Order
{
    public const string Initial = "Initial";

    public required OrderId Id { get; init; }

    public required OrderId TradeId { get; init; }

    public string State { get; set; } = Initial;

    public required Money Amount { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public OrderChange Change { get; set; }

    public abstract OrderLevel Level { get; }

    public string Number => OrderNumber.Format(Level, Id);
}
