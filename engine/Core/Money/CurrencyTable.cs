namespace PaymentEngine.Core;

/// <summary>
/// The active codes of ISO 4217 (list one with amendments to 180: XCG for ANG, ZWG for ZWL, EUR for BGN, XAD new)
/// that have a minor unit. Metals, bond units, drawing rights, the test code and "no currency" have none,
/// so no amount can be written in them and they are left out.
/// </summary>
internal static class CurrencyTable
{
    private const string NoDecimals =
        "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF";

    private const string TwoDecimals =
        "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW " +
        "CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF " +
        "IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK " +
        "MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP " +
        "SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG " +
        "YER ZAR ZMW ZWG";

    private const string ThreeDecimals = "BHD IQD JOD KWD LYD OMR TND";

    private const string FourDecimals = "CLF UYW";

    private const int Letters = 26;

    private static readonly Entry[] Entries =
    [
        new("XXX", 0),
        .. ListOf(NoDecimals, 0), .. ListOf(TwoDecimals, 2), .. ListOf(ThreeDecimals, 3), .. ListOf(FourDecimals, 4),
    ];

    /// <summary>One byte per possible code, so that finding a currency is one read: 0 where there is none.</summary>
    private static readonly byte[] IndexByCode = IndexOfAll();

    public static int Count => Entries.Length;

    public static string Code(int index) => Entries[index].Code;

    public static int Exponent(int index) => Entries[index].Exponent;

    public static byte Find(ReadOnlySpan<char> code) => TrySlot(code, out var slot) ? IndexByCode[slot] : (byte)0;

    private static IEnumerable<Entry> ListOf(string codes, int exponent) =>
        codes.Split(' ').Select(code => new Entry(code, exponent));

    private static byte[] IndexOfAll()
    {
        var index = new byte[Letters * Letters * Letters];
        for (byte at = 1; at < Entries.Length; at++)
        {
            TrySlot(Entries[at].Code, out var slot);
            index[slot] = at;
        }

        return index;
    }

    private static bool TrySlot(ReadOnlySpan<char> code, out int slot)
    {
        slot = 0;
        if (code.Length != 3)
        {
            return false;
        }

        foreach (var letter in code)
        {
            if (!char.IsAsciiLetterUpper(letter))
            {
                return false;
            }

            slot = slot * Letters + (letter - 'A');
        }

        return true;
    }

    private readonly record struct Entry(string Code, int Exponent);
}
