using System.Globalization;

namespace PaymentEngine.Bench.Machine;

/// <summary>The command lines of the benchmarks: options with a value each.</summary>
internal static class OptionWords
{
    public static IEnumerable<(string Name, string Value)> Pairs(string[] words)
    {
        for (var i = 0; i < words.Length; i += 2)
        {
            yield return (words[i], i + 1 < words.Length ? words[i + 1] : throw new FormatException($"{words[i]} needs a value"));
        }
    }

    public static int Positive(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0
            ? value
            : throw new FormatException($"'{text}' is not a positive whole number");
}
