namespace PaymentEngine.Core;

/// <summary>
/// An amount in minor units of its currency, the only type that money has. Arithmetic is exact or throws:
/// on overflow, between two currencies, and without a currency. Each of these is a bug of the caller, never an answer.
/// Equality alone never throws: amounts of different currencies are simply not equal.
/// </summary>
public readonly partial record struct Money(long Minor, Currency Currency) : IComparable<Money>, ISpanFormattable, IUtf8SpanFormattable
{
    public bool IsZero => Minor == 0;

    public bool IsPositive => Minor > 0;

    public bool IsNegative => Minor < 0;

    public static Money Zero(Currency currency) => new(0, currency);

    public static Money operator +(Money left, Money right) =>
        new(checked(left.Minor + right.Minor), Shared(left, right));

    public static Money operator -(Money left, Money right) =>
        new(checked(left.Minor - right.Minor), Shared(left, right));

    public static Money operator -(Money money) => new(checked(-money.Minor), Shared(money, money));

    public static bool operator <(Money left, Money right) => left.CompareTo(right) < 0;

    public static bool operator <=(Money left, Money right) => left.CompareTo(right) <= 0;

    public static bool operator >(Money left, Money right) => left.CompareTo(right) > 0;

    public static bool operator >=(Money left, Money right) => left.CompareTo(right) >= 0;

    public int CompareTo(Money other)
    {
        Shared(this, other);
        return Minor.CompareTo(other.Minor);
    }

    private static Currency Shared(Money left, Money right) => left.Currency == right.Currency && !left.Currency.IsNone
        ? left.Currency
        : throw new InvalidOperationException($"{left.Currency} and {right.Currency} cannot be reckoned together.");
}
