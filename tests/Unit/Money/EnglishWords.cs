using PaymentEngine.Core;

namespace PaymentEngine.Tests.Unit;

/// <summary>Reads English words of an amount, knowing nothing of how they are written.</summary>
internal static class EnglishWords
{
    private static readonly Dictionary<string, long> Numbers = new()
    {
        ["zero"] = 0, ["one"] = 1, ["two"] = 2, ["three"] = 3, ["four"] = 4, ["five"] = 5, ["six"] = 6, ["seven"] = 7, ["eight"] = 8, ["nine"] = 9,
        ["ten"] = 10, ["eleven"] = 11, ["twelve"] = 12, ["thirteen"] = 13, ["fourteen"] = 14, ["fifteen"] = 15, ["sixteen"] = 16,
        ["seventeen"] = 17, ["eighteen"] = 18, ["nineteen"] = 19, ["twenty"] = 20, ["thirty"] = 30, ["forty"] = 40, ["fifty"] = 50,
        ["sixty"] = 60, ["seventy"] = 70, ["eighty"] = 80, ["ninety"] = 90,
    };

    private static readonly Dictionary<string, long> Scales = new()
    {
        ["thousand"] = 1_000, ["million"] = 1_000_000, ["billion"] = 1_000_000_000, ["trillion"] = 1_000_000_000_000,
        ["quadrillion"] = 1_000_000_000_000_000, ["quintillion"] = 1_000_000_000_000_000_000,
    };

    public static Int128 Read(string text, Currency currency)
    {
        var words = text.ToLowerInvariant().Split(' ', '-');
        var negative = words[0] == "minus";
        Int128 whole = 0, group = 0;
        foreach (var word in words.Skip(negative ? 1 : 0))
        {
            if (Numbers.TryGetValue(word, out var number))
            {
                group += number;
            }
            else if (word == "hundred")
            {
                group *= 100;
            }
            else if (Scales.TryGetValue(word, out var scale))
            {
                (whole, group) = (whole + group * scale, 0);
            }
            else
            {
                break;
            }
        }

        whole += group;
        if (currency.Exponent > 0)
        {
            var fraction = words[^1].Split('/');
            whole = whole * Int128.Parse(fraction[1]) + Int128.Parse(fraction[0]);
        }

        return negative ? -whole : whole;
    }
}
