using System.Text;

namespace PaymentEngine.Core;

/// <summary>
/// Money in Chinese capital numerals, as vouchers carry it, so that nobody miscounts zeros (A10): 10,000,000.00 CNY is
/// 壹仟万元整. The rules are those for bills and vouchers (正确填写票据和结算凭证的基本规定); where they leave a choice:
/// 整 stands after whole units only, never after 角 or 分; one 零 stands for each run of zeros between two digits of the
/// whole part, and after the unit only when 角 is zero and something follows; an amount below one unit begins with its
/// first digit (壹分), and zero is 零元整. Above 亿 the reading goes on by 万亿 and 亿亿. Decimals are 角, 分, 厘, 毫 in every
/// currency: 壹仟零陆美元伍角.
/// </summary>
public static class ChineseAmount
{
    private const string Digits = "零壹贰叁肆伍陆柒捌玖";
    private const string Places = "\0拾佰仟";
    private const string Decimals = "角分厘毫";
    private const char Whole = '整';
    private const char Minus = '负';
    private const char Zero = '零';

    /// <summary>Numerals go by four digits: 万, 亿, 万亿.</summary>
    private const int SectionDigits = 4;

    public static string Of(Money money)
    {
        var (whole, fraction) = AmountParts.Of(money);
        var text = new StringBuilder();
        if (money.IsNegative)
        {
            text.Append(Minus);
        }

        if (whole > 0 || fraction == 0)
        {
            AppendWhole(text, whole);
            text.Append(CurrencyNames.Chinese(money.Currency));
        }

        return fraction == 0
            ? text.Append(Whole).ToString()
            : AppendFraction(text, fraction, money.Currency.Exponent, afterWhole: whole > 0).ToString();
    }

    private static void AppendWhole(StringBuilder text, ulong whole)
    {
        if (whole == 0)
        {
            text.Append(Zero);
            return;
        }

        var digits = whole.ToString();
        var (anySoFar, anyInSection, skipped) = (false, false, false);
        for (var at = 0; at < digits.Length; at++)
        {
            var place = digits.Length - 1 - at;
            if (digits[at] == '0')
            {
                skipped = true;
            }
            else
            {
                AppendDigit(text, digits[at] - '0', afterZeros: skipped);
                if (place % SectionDigits > 0)
                {
                    text.Append(Places[place % SectionDigits]);
                }

                (anySoFar, anyInSection, skipped) = (true, true, false);
            }

            if (place > 0 && place % SectionDigits == 0)
            {
                // 亿 counts all that stands before it, 万 only its own four digits.
                if (place % (2 * SectionDigits) == 0 ? anySoFar : anyInSection)
                {
                    text.Append(place % (2 * SectionDigits) == 0 ? '亿' : '万');
                }

                anyInSection = false;
            }
        }
    }

    private static StringBuilder AppendFraction(StringBuilder text, ulong fraction, int exponent, bool afterWhole)
    {
        var digits = fraction.ToString().PadLeft(exponent, '0');
        var (anySoFar, skipped) = (afterWhole, false);
        for (var at = 0; at < digits.Length; at++)
        {
            if (digits[at] == '0')
            {
                skipped = true;
                continue;
            }

            AppendDigit(text, digits[at] - '0', afterZeros: skipped && anySoFar);
            text.Append(Decimals[at]);
            (anySoFar, skipped) = (true, false);
        }

        return text;
    }

    private static void AppendDigit(StringBuilder text, int digit, bool afterZeros)
    {
        if (afterZeros)
        {
            text.Append(Zero);
        }

        text.Append(Digits[digit]);
    }
}
