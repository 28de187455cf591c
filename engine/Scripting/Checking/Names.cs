namespace PaymentEngine.Scripting;

/// <summary>The variables that have a value at a place of the script, with their types.</summary>
internal sealed class Names
{
    private readonly Dictionary<string, Inferred> _known;

    public Names() => _known = new Dictionary<string, Inferred>(StringComparer.Ordinal);
    private Names(Names from) => _known = new Dictionary<string, Inferred>(from._known, StringComparer.Ordinal);

    public IEnumerable<string> All => _known.Keys;
    public Names Copy() => new(this);
    public Inferred? Find(string name) => _known.GetValueOrDefault(name);
    public void Set(string name, Inferred type) => _known[name] = type;

    /// <summary>After a branch: what has a value whichever way was taken.</summary>
    public void BecomeMeetOf(Names left, Names right)
    {
        var (a, b) = (left._known, right._known);
        var met = a.Where(entry => b.ContainsKey(entry.Key)).Select(entry => (entry.Key, Type: Inferred.Join(entry.Value, b[entry.Key]))).ToList();
        _known.Clear();
        foreach (var (name, type) in met) _known[name] = type;
    }
}

/// <summary>"Did you mean": the nearest of the names that would be right.</summary>
internal static class Suggestion
{
    public static string For(string name, IEnumerable<string> candidates)
    {
        var best = candidates
            .Select(candidate => (candidate, distance: Distance(name, candidate)))
            .Where(found => found.distance <= Math.Max(1, Math.Min(3, name.Length / 3)))
            .OrderBy(found => found.distance)
            .ThenBy(found => found.candidate, StringComparer.Ordinal)
            .FirstOrDefault();
        return best.candidate is null ? "" : $"; did you mean `{best.candidate}`?";
    }

    private static bool AreAlike(char a, char b) => char.ToLowerInvariant(a) == char.ToLowerInvariant(b);

    private static int Distance(string a, string b)
    {
        if (a.Length > 64 || b.Length > 64) return int.MaxValue;
        var steps = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) steps[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) steps[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var change = AreAlike(a[i - 1], b[j - 1]) ? 0 : 1;
                steps[i, j] = Math.Min(Math.Min(steps[i - 1, j], steps[i, j - 1]) + 1, steps[i - 1, j - 1] + change);
                // Two neighbours in the wrong order are one mistake.
                var isSwapped = i > 1 && j > 1 && AreAlike(a[i - 1], b[j - 2]) && AreAlike(a[i - 2], b[j - 1]);
                if (isSwapped) steps[i, j] = Math.Min(steps[i, j], steps[i - 2, j - 2] + 1);
            }
        }

        return steps[a.Length, b.Length];
    }
}
