namespace PaymentEngine.Core.Accounting;

/// <summary>How an account stands now, in minor units; what is buffered counts.</summary>
public sealed record AccountStanding(Currency Currency, long Balance, long Frozen, long Floor, bool IsFrozen, bool IsClosed);

/// <summary>A hold as a capture looks at it.</summary>
public sealed record HoldStanding(string Account, Money Left);

/// <summary>How an item stands now on the account with which it is named.</summary>
/// <param name="Open">In minor units; null on an account that has no items.</param>
/// <param name="IsUnderWay">Its order goes on by itself, or a person has it on a list.</param>
/// <param name="IsKnown">Something is open of it, or was posted for it, or its order is under way.</param>
public sealed record ItemStanding(long? Open, bool IsUnderWay, bool IsKnown);
