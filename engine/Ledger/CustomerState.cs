using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;

namespace PaymentEngine.Ledger;

/// <summary>What a customer has used of the limit of his class (A12), as the committer holds his row.</summary>
public sealed class CustomerState
{
    public required long Id { get; init; }

    public required KycClass Class { get; init; }

    public required long UsedLife { get; set; }

    public required long UsedYear { get; set; }

    /// <summary>The year of <see cref="UsedYear"/>.</summary>
    public required int UseYear { get; set; }

    /// <summary>False when it does not fit; then nothing has changed.</summary>
    public bool TryUse(long amount, CustomerUse use, int year)
    {
        if (use == CustomerUse.None || (use == CustomerUse.OwnBankAccount && !Class.CountsOwn))
        {
            return true;
        }

        var usedYear = UseYear == year ? UsedYear : 0;
        var used = Class.Period == KycPeriod.Life ? UsedLife : usedYear;
        if ((Int128)used + amount > Class.LimitMinor)
        {
            return false;
        }

        UsedLife = checked(UsedLife + amount);
        (UsedYear, UseYear) = (usedYear + amount, year);
        return true;
    }
}

/// <summary>A class of accounts by what is known of their owner.</summary>
public sealed record KycClass(string Name, Currency Currency, long LimitMinor, KycPeriod Period, bool CountsOwn);

public enum KycPeriod
{
    Life,
    Year,
}
