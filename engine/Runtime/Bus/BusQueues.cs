namespace PaymentEngine.Runtime.Bus;

/// <summary>The names on the broker. A queue, the exchange that feeds it and its parking queue go by one name.</summary>
public static class BusQueues
{
    /// <summary>Notifications are delivered in so many lanes, so that a slow merchant delays few others.</summary>
    public const int Lanes = 8;

    public const string Callbacks = "payment-engine.callbacks";

    public static string Notifications(int lane) => $"payment-engine.notifications.{lane}";

    public static string Orders(string application) => $"payment-engine.orders.{application}";

    /// <summary>Where messages end that no attempt could handle.</summary>
    public static string Parking(string queue) => queue + ".parked";
}
