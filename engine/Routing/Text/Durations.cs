using System.Globalization;
using System.Text;

namespace PaymentEngine.Routing.Text;

/// <summary>Durations as people write them: 30m, 1h30m, 2d.</summary>
internal static class Durations
{
    private static readonly (string Name, long Ms)[] Units = [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1)];

    private static readonly TimeSpan Longest = TimeSpan.FromDays(3_650);

    public static string Write(TimeSpan duration)
    {
        var (text, rest) = (new StringBuilder(), (long)duration.TotalMilliseconds);
        foreach (var (name, ms) in Units)
        {
            if (rest >= ms)
            {
                text.Append(CultureInfo.InvariantCulture, $"{rest / ms}{name}");
                rest %= ms;
            }
        }

        return text.Length > 0 ? text.ToString() : "0s";
    }

    /// <summary>Each unit once, the greater before the smaller.</summary>
    public static bool TryRead(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        var left = text.AsSpan();
        var unit = -1;
        while (left.Length > 0)
        {
            var digits = left.IndexOfAnyExceptInRange('0', '9');
            if (digits is < 1 or > 9)
            {
                return false;
            }

            var letters = left[digits..].IndexOfAnyInRange('0', '9');
            var name = letters < 0 ? left[digits..] : left.Slice(digits, letters);
            var next = Find(name);
            if (next <= unit)
            {
                return false;
            }

            var count = long.Parse(left[..digits], NumberStyles.None, CultureInfo.InvariantCulture);
            if (count > Longest.TotalMilliseconds / Units[next].Ms)
            {
                return false;
            }

            duration += TimeSpan.FromTicks(count * Units[next].Ms * TimeSpan.TicksPerMillisecond);
            unit = next;
            left = left[(digits + name.Length)..];
        }

        return unit >= 0 && duration <= Longest;
    }

    private static int Find(ReadOnlySpan<char> name)
    {
        for (var i = 0; i < Units.Length; i++)
        {
            if (name.SequenceEqual(Units[i].Name))
            {
                return i;
            }
        }

        return -1;
    }
}
