namespace PaymentEngine.Scripting;

/// <summary>
/// The order of texts for people, for operators and array.sort alike: signs, digits, letters; case matters only between
/// texts that are equal otherwise, and then small comes first.
/// </summary>
internal static class TextOrder
{
    private const string Signs = "\t\n\v\f\r _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$0123456789";

    private static readonly int[] Ranks = MakeRanks();

    private static int[] MakeRanks()
    {
        var ranks = new int[128];
        for (var i = 0; i < Signs.Length; i++) ranks[Signs[i]] = i + 1;
        for (var letter = 'a'; letter <= 'z'; letter++) ranks[letter] = ranks[char.ToUpperInvariant(letter)] = letter;
        return ranks;
    }

    private static int RankOf(char c) => c < Ranks.Length ? Ranks[c] : char.ToLowerInvariant(c);

    public static int Compare(string left, string right)
    {
        var common = Math.Min(left.Length, right.Length);
        var byCase = 0;
        for (var i = left.AsSpan().CommonPrefixLength(right); i < common; i++)
        {
            var (a, b) = (left[i], right[i]);
            if (a == b) continue;
            var order = RankOf(a) - RankOf(b);
            if (order != 0) return order;
            if (byCase == 0) byCase = char.IsLower(a) ? -1 : 1;
        }

        return left.Length != right.Length ? left.Length - right.Length : byCase;
    }
}
