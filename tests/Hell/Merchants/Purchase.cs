using System.Globalization;

namespace PaymentEngine.Tests.Hell.Merchants;

/// <summary>A trade that a merchant wants paid, and what merchant and payer do about it.</summary>
/// <param name="PaysAgainAfter">The payer comes back and pays another way.</param>
/// <param name="ClosesAfter">The merchant has lost patience.</param>
internal sealed record Purchase(
    string OrderNo, long AmountMinor, string Method, string PayerAccount, TimeSpan? PaysAgainAfter, TimeSpan? ClosesAfter)
{
    private static readonly string[] Methods = ["quick", "online_banking", "wallet"];

    /// <summary>As it was told; null until a first answer was seen.</summary>
    public string? TradeNo { get; set; }

    public string Amount => (AmountMinor / 100m).ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>Seed and number decide everything.</summary>
    public static Purchase Of(int seed, int number)
    {
        var dice = new Random(unchecked((seed * 1_000_003) + number));
        return new Purchase(
            $"H-{number}",
            dice.Next(100, 50_000),
            Methods[dice.Next(Methods.Length)],
            PayerOf(dice.Next(1_000), number),
            dice.Next(100) < 10 ? TimeSpan.FromMilliseconds(dice.Next(300, 3_000)) : null,
            dice.Next(100) < 5 ? TimeSpan.FromMilliseconds(dice.Next(200, 3_000)) : null);
    }

    /// <summary>Most pay as people do; the bank's profile does the rest.</summary>
    private static string PayerOf(int perMille, int number) => perMille switch
    {
        < 40 => "sim-decline",
        < 42 => "sim-stuck",
        _ => $"6222{number:D12}",
    };
}
