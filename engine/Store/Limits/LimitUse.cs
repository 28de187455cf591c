using PaymentEngine.Core.Units;

namespace PaymentEngine.Store.Limits;

/// <summary>How much of a limit is used, in minor units and orders; null where there is no limit to it.</summary>
public sealed record LimitUse(LimitCounter Counter, long AmountUsed, long CountUsed, long? MostAmount, long? MostCount);
