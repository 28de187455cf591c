namespace PaymentEngine.Core.Units;

/// <summary>One step in an order's history. An event that changes no state is history too: from and to are equal.</summary>
public readonly record struct Transition(
    OrderLevel Level,
    OrderId Order,
    string Event,
    string From,
    string To,
    string? Reason);
