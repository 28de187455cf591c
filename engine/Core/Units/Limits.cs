namespace PaymentEngine.Core.Units;

/// <summary>A counter of a limit (C4): what an interface carries in a period, as a whole or for one card, member or merchant.</summary>
/// <param name="Limit">The name of the limit in the setup.</param>
/// <param name="Subject">To whom it belongs, prefixed by the kind: <c>merchant:M1001</c>; empty for the whole channel.</param>
/// <param name="Period">The first day of the period.</param>
public readonly record struct LimitCounter(int Channel, string Interface, string Limit, string Subject, DateOnly Period);

/// <summary>What an order takes of a counter, and what the counter may hold.</summary>
/// <param name="IsBusy">Many orders at once take of it, so it is kept in portions.</param>
/// <param name="MostAmount">In minor units; null where only orders are counted.</param>
public sealed record LimitClaim(LimitCounter Counter, bool IsBusy, long? MostAmount, long? MostCount);

/// <summary>An order that takes of a counter in the commit that makes it.</summary>
public readonly record struct LimitTaking(InstitutionOrder Order, LimitClaim Claim);
