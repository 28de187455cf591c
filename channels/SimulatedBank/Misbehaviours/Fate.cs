namespace PaymentEngine.Channels.Simulator;

/// <summary>Everything that the institution will do wrong with one number.</summary>
public readonly record struct Fate(uint Bits)
{
    public bool IsGood => Bits == 0;

    public bool Has(Misbehaviour what) => (Bits & Bit(what)) != 0;

    public Fate And(Misbehaviour what) => new(Bits | Bit(what));

    private static uint Bit(Misbehaviour what) => 1u << (int)what;
}

/// <summary>Draws fates: the same seed, profile and number always meet the same one, so that runs reproduce.</summary>
public sealed class Fates
{
    private readonly ulong _seed;
    private readonly (ulong Salt, (uint Below, Misbehaviour What)[] Ladder)[] _groups;

    public Fates(string profile, ulong seed)
    {
        _seed = seed;
        _groups = Rates.In(profile, real: 1) == 0 ? [] : [.. Rates.All.GroupBy(rate => rate.Group).Select(group => (Salt(group.Key), Ladder(group, profile)))];
    }

    public Fate Of(string number)
    {
        var fate = default(Fate);
        foreach (var (salt, ladder) in _groups)
        {
            var lot = (uint)(Chance.Of(number, _seed, salt) >> 32);
            foreach (var (below, what) in ladder)
            {
                if (lot < below)
                {
                    fate = fate.And(what);
                    break;
                }
            }
        }

        return fate;
    }

    private static ulong Salt(FateGroup group) => 0x4641_5445_0000_0000 + (ulong)group;

    private static (uint, Misbehaviour)[] Ladder(IEnumerable<Rate> group, string profile)
    {
        var sum = 0.0;
        return [.. group.Select(rate => ((uint)((sum += Rates.In(profile, rate.Real)) * uint.MaxValue), rate.What))];
    }
}

/// <summary>The dice of the institution: they fall the same for the same seed, number and question.</summary>
internal static class Chance
{
    public static ulong Of(string number, ulong seed, ulong question) =>
        Fingerprint.Mix((ulong)Fingerprint.Of(number) ^ Fingerprint.Mix(seed ^ Fingerprint.Mix(question)));
}
