namespace PaymentEngine.Scripting;

/// <summary>
/// The order of texts for people, which array.sort gives: signs, digits, letters; case matters only between texts that
/// are equal otherwise, and then small comes first.
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
        for (var i = 0; i < common; i++)
        {
            var order = RankOf(left[i]) - RankOf(right[i]);
            if (order != 0) return order;
        }

        return left.Length != right.Length ? left.Length - right.Length : CompareCase(left, right);
    }

    private static int CompareCase(string left, string right)
    {
        for (var i = 0; i < left.Length; i++)
        {
            if (left[i] != right[i]) return char.IsLower(left[i]) ? -1 : 1;
        }

        return 0;
    }
}
