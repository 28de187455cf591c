using PaymentEngine.Core;
using PaymentEngine.Core.Orders;

namespace PaymentEngine.Routing.Facts;

/// <summary>The elements of one transaction, as features, limits and scripts see them. Null is an element that it has not.</summary>
public sealed record RouteFacts
{
    public RouteFacts()
    {
    }

    /// <param name="said">What the merchant said of the payment.</param>
    public RouteFacts(PaymentElements said)
    {
        Product = said.Product;
        Terminal = said.Terminal;
        CardKind = said.CardKind;
        DebitCredit = said.DebitCredit;
        Ownership = said.Ownership;
        TargetInstitution = said.TargetInstitution;
        Agreement = said.Agreement;
    }

    public required string Operation { get; init; }

    public required string Merchant { get; init; }

    public required string Member { get; init; }

    public required string Mode { get; init; }

    public required Money Amount
    {
        get;
        init => (field, MajorAmount) = (value, InMajorUnits(value));
    }

    public required string OrderNo { get; init; }

    /// <summary>By the clocks of the business.</summary>
    public required DateTime LocalTime
    {
        get;
        init
        {
            field = value;
            Time = value.Hour * 100 + value.Minute;
            Day = value.Year * 10_000 + value.Month * 100 + value.Day;
            Weekday = value.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)value.DayOfWeek;
        }
    }

    public string? Product { get; init; }

    public string? Terminal { get; init; }

    public string? CardKind { get; init; }

    public string? DebitCredit { get; init; }

    public string? Ownership { get; init; }

    public string? TargetInstitution { get; init; }

    public string? Agreement { get; init; }

    /// <summary>What stands for the payer's card or wallet account; never shown.</summary>
    public required string Card { get; init; }

    // Rules ask for these again and again, so they are computed once.

    public decimal MajorAmount { get; private init; }

    /// <summary>HHmm as a number: 2350 is ten to midnight.</summary>
    public int Time { get; private init; }

    /// <summary>yyyyMMdd as a number.</summary>
    public int Day { get; private init; }

    /// <summary>1 is Monday, 7 is Sunday.</summary>
    public int Weekday { get; private init; }

    public static decimal InMajorUnits(Money money)
    {
        var minor = (ulong)Math.Abs(money.Minor);
        return new decimal((int)minor, (int)(minor >> 32), 0, money.IsNegative, (byte)money.Currency.Exponent);
    }
}
