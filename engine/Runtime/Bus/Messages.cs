namespace PaymentEngine.Runtime.Bus;

// A message names rows that wait for somebody. It carries no fact: the rows do. It may be lost, doubled or late, and a
// sweep over the database finds whatever it should have woken somebody for.

/// <summary>Callbacks of institutions were stored and wait for any node.</summary>
public sealed record CallbacksArrived(long[] Callbacks);

/// <summary>Notifications wait for the delivery lane of their merchant.</summary>
public sealed record NotificationsWaiting(int Lane, long[] Notifications);

/// <summary>Institution orders wait for the channel application that speaks to their institution; trade and order in pairs.</summary>
public sealed record OrdersWaiting(string Application, long[] Trades, long[] Orders);
