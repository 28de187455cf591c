using PaymentEngine.Core;

namespace PaymentEngine.Tests.Unit;

/// <summary>Reads Chinese capital numerals as a person does, knowing nothing of how they are written.</summary>
internal static class ChineseWords
{
    private const string Digits = "零壹贰叁肆伍陆柒捌玖";
    private const string Decimals = "角分厘毫";

    public static Int128 Read(string words, Currency currency)
    {
        var negative = words.StartsWith('负');
        words = words.TrimStart('负');
        // The whole ends where the last sign of a number stands that is followed by the name of a currency.
        var end = words.LastIndexOfAny([.. Digits, .. "拾佰仟万亿"]) is var last && words.EndsWith('整') ? last + 1 : EndOfWhole(words);
        Int128 scale = 1;
        for (var i = 0; i < currency.Exponent; i++)
        {
            scale *= 10;
        }

        var minor = ReadWhole(words[..end].TrimStart('零')) * scale;
        var decimals = words.EndsWith('整') ? string.Empty : words[end..];
        for (var at = 0; at < decimals.Length; at++)
        {
            var place = Decimals.IndexOf(decimals[at], StringComparison.Ordinal);
            if (place < 0)
            {
                continue;
            }

            var weight = scale;
            for (var i = 0; i <= place; i++)
            {
                weight /= 10;
            }

            minor += Digits.IndexOf(decimals[at - 1], StringComparison.Ordinal) * weight;
        }

        return negative ? -minor : minor;
    }

    /// <summary>Where decimals follow, the whole is all before the first character that is no numeral and no decimal place.</summary>
    private static int EndOfWhole(string words)
    {
        for (var at = 0; at < words.Length; at++)
        {
            if (Decimals.Contains(words[at]))
            {
                return 0;
            }

            if (!Digits.Contains(words[at]) && !"拾佰仟万亿".Contains(words[at]))
            {
                return at;
            }
        }

        return words.Length;
    }

    private static Int128 ReadWhole(string words)
    {
        foreach (var (unit, value) in new[] { ('亿', 100_000_000), ('万', 10_000), ('仟', 1_000), ('佰', 100), ('拾', 10) })
        {
            if (words.LastIndexOf(unit) is >= 0 and var at)
            {
                return ReadWhole(words[..at]) * value + ReadWhole(words[(at + 1)..]);
            }
        }

        words = words.Trim('零');
        return words.Length == 0 ? 0 : Digits.IndexOf(words.Single(), StringComparison.Ordinal);
    }
}
