using System.Text;

namespace PaymentEngine.Core;

/// <summary>
/// Money in English words, as cheques carry it (A10): the whole units in words, the currency, and the rest as a fraction
/// of all its minor units: "Ten million Chinese yuan and 00/100", "One thousand two hundred thirty-four Kuwaiti dinars and
/// 567/1000". A currency without minor units has no fraction: "Ten Japanese yen".
/// </summary>
public static class EnglishAmount
{
    private const ulong Thousand = 1000;

    private static readonly string[] Small =
    [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
        "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ];

    private static readonly string[] Tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    private static readonly string[] Scales = ["", " thousand", " million", " billion", " trillion", " quadrillion", " quintillion"];

    public static string Of(Money money)
    {
        var (whole, fraction) = AmountParts.Of(money);
        var text = new StringBuilder(money.IsNegative ? "minus " : string.Empty);
        AppendWhole(text, whole);
        text.Append(' ').Append(CurrencyNames.English(money.Currency, isOne: whole == 1));
        if (money.Currency.Exponent is > 0 and var exponent)
        {
            text.Append(" and ").Append(fraction.ToString().PadLeft(exponent, '0')).Append('/').Append(AmountParts.Scale(exponent));
        }

        text[0] = char.ToUpperInvariant(text[0]);
        return text.ToString();
    }

    private static void AppendWhole(StringBuilder text, ulong whole)
    {
        if (whole == 0)
        {
            text.Append(Small[0]);
            return;
        }

        var begin = text.Length;
        var size = 1UL;
        var scale = 0;
        for (; whole / size >= Thousand; scale++)
        {
            size *= Thousand;
        }

        for (; scale >= 0; scale--, size /= Thousand)
        {
            var group = (int)(whole / size % Thousand);
            if (group == 0)
            {
                continue;
            }

            if (text.Length > begin)
            {
                text.Append(' ');
            }

            AppendHundreds(text, group);
            text.Append(Scales[scale]);
        }
    }

    private static void AppendHundreds(StringBuilder text, int number)
    {
        var (hundreds, rest) = Math.DivRem(number, 100);
        if (hundreds > 0)
        {
            text.Append(Small[hundreds]).Append(rest > 0 ? " hundred " : " hundred");
        }

        if (rest >= Small.Length)
        {
            text.Append(Tens[rest / 10]).Append(rest % 10 > 0 ? "-" + Small[rest % 10] : string.Empty);
        }
        else if (rest > 0)
        {
            text.Append(Small[rest]);
        }
    }
}
