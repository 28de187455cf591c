namespace PaymentEngine.Core;

/// <summary>
/// An active ISO 4217 currency: two bytes, compared as a number. The default value is no currency at all; it reads
/// "XXX", cannot be parsed, and money of it cannot be added, compared or charged.
/// </summary>
public readonly record struct Currency
{
    private readonly ushort _index;

    private Currency(int index) => _index = (ushort)index;

    /// <summary>Every currency in which an amount can be written.</summary>
    public static IEnumerable<Currency> All => Enumerable.Range(1, CurrencyTable.Count - 1).Select(index => new Currency(index));

    public bool IsNone => _index == 0;

    public string Code => CurrencyTable.Code(_index);

    /// <summary>How many decimals the minor unit has: 2 for CNY, 0 for JPY, 3 for KWD.</summary>
    public int Exponent => _index != 0
        ? CurrencyTable.Exponent(_index)
        : throw new InvalidOperationException("Without a currency there is no minor unit.");

    /// <summary>Reads a code in upper case; anything else is not a currency.</summary>
    public static bool TryParse(ReadOnlySpan<char> code, out Currency currency)
    {
        currency = new Currency(CurrencyTable.Find(code));
        return !currency.IsNone;
    }

    /// <summary>For codes that are known to be good: constants, and rows that were checked when they were written.</summary>
    public static Currency Parse(ReadOnlySpan<char> code) => TryParse(code, out var currency)
        ? currency
        : throw new FormatException($"'{code}' is not the code of an active ISO 4217 currency.");

    public override string ToString() => Code;
}
